package dev.zhiku.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import dev.zhiku.app.testing.Axe;
import dev.zhiku.app.testing.ServedPage;
import dev.zhiku.app.testing.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Answers with their evidence on a sheet, and questions kept to chosen documents, in a browser. */
class EvidenceSheetIT {
  private static final String QUESTION = "工龄满一年的员工带薪年假有几天？";

  private static final String HANDBOOK = URLEncoder.encode("员工手册.pdf", StandardCharsets.UTF_8);

  @RegisterExtension static final ServedPage PAGE = new ServedPage();

  @BeforeAll
  static void await() {
    PAGE.service().awaitRest(ServiceProcess.PATIENCE);
  }

  private static Page sheet(String locale) {
    Page page = PAGE.visit("/", locale);
    page.locator("#question").fill(QUESTION);
    page.locator("#ask").click();
    assertThat(page.locator("article.answer")).hasAttribute("data-phase", "answered");
    page.locator("[data-action=sheet]").click();
    assertThat(page.locator(".sheet-quote").first()).isVisible();
    return page;
  }

  @Test
  void each_quote_stands_there_with_its_file_and_marked_on_the_page_and_outlives_a_reload() {
    Page page = sheet("zh-CN");
    Locator quote =
        page.locator(".sheet-quote")
            .filter(new Locator.FilterOptions().setHasText("员工手册.pdf"))
            .first();
    assertThat(quote).containsText("第 5 页");
    assertThat(quote.locator(".sheet-hash")).containsText(Pattern.compile("[0-9a-f]{64}"));
    assertThat(quote.locator(".pdf-words mark").first()).isAttached();
    assertThat(quote.locator(".pdf-words mark").first().boundingBox().height).isPositive();
    page.reload();
    assertThat(page.locator(".sheet-answer h2")).hasText(QUESTION);
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    assertThat(page.locator(".sheet-tools")).not().isVisible();
    assertThat(page.locator(".sheet-answer")).isVisible();
  }

  @Test
  void a_link_to_it_has_no_word_of_the_answer_and_shows_another_the_places() {
    Page page = sheet("en-US");
    page.evaluate(
        "() => Object.defineProperty(navigator, 'clipboard',"
            + " {value: {writeText: async (text) => { window.copied = text; }}})");
    page.locator("#sheet-link").click();
    page.waitForFunction("() => window.copied");
    String link = (String) page.evaluate("() => window.copied");
    assertThat(link).contains("view=sheet").contains("places=d_").doesNotContain("#c=");

    Page other = PAGE.visit(link.substring(PAGE.url().length()), "en-US");
    assertThat(other.locator("#sheet-places .sheet-name").first()).not().hasText("Place");
    assertThat(other.locator("#sheet-places canvas, #sheet-places .view").first()).isVisible();
    assertThat(other.locator(".sheet-answer")).hasCount(0);
    other.locator("#sheet-ask").click();
    assertThat(other.locator("article.answer")).hasAttribute("data-phase", "answered");
  }

  @Test
  void who_may_not_see_a_document_sees_no_word_of_it_by_the_link()
      throws IOException, InterruptedException {
    String id = PAGE.service().get("/documents?q=" + HANDBOOK).body().at("/items/0/id").asText();
    String invitation =
        PAGE.service().post("/invitations", "{\"name\":\"Vera\"}").body().at("/links/0").asText();
    Page page = PAGE.visit(invitation.substring(invitation.indexOf("/invite")), "en-US");
    assertThat(page.locator("#account-name")).hasText("Vera");
    rules("[{\"subject\":\"Vera\",\"path\":\"it/**\"}]");
    try {
      page.navigate(PAGE.url() + "/?view=sheet&q=Leave&places=" + id + ":10");
      assertThat(page.locator("#sheet-places .notice")).containsText("no longer there");
      assertThat(page.locator("#sheet-places")).not().containsText("员工手册");
    } finally {
      rules("[]");
    }
  }

  private static void rules(String items) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(PAGE.url() + "/access/rules"))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"items\":" + items + "}"))
            .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void a_question_is_kept_to_the_documents_that_were_chosen() {
    Page page = PAGE.visit("/?view=documents&find=hr/", "en-US");
    Locator row = page.locator("tr[data-path='hr/员工手册.pdf']");
    row.locator("input").check();
    page.locator("#choose-all").check();
    assertThat(page.locator("#documents-chosen")).not().containsText("1 chosen");
    page.locator("#clear-chosen").click();
    assertThat(page.locator("#documents-chosen")).hasCount(0);
    row.locator("input").check();
    page.locator("#ask-chosen").click();
    assertThat(page.locator("#ask-within")).containsText("员工手册.pdf");
    page.locator("#question").fill(QUESTION);
    page.locator("#ask").click();
    assertThat(page.locator("article.answer")).hasAttribute("data-phase", "answered");
    assertThat(page.locator(".passage-card").first()).containsText("员工手册.pdf");
    assertThat(
            page.locator(".passage-card")
                .filter(new Locator.FilterOptions().setHasNotText("员工手册.pdf")))
        .hasCount(0);
    assertThat(page.url()).contains("documents=d_");
    page.locator("#ask-within a").click();
    assertThat(page.locator("#ask-within")).hasCount(0);
  }

  @Test
  void axe_finds_nothing_and_nothing_is_cut_off() {
    for (int width : List.of(1440, 320)) {
      Page page = sheet(width == 320 ? "zh-CN" : "en-US");
      page.setViewportSize(width, 800);
      Axe.checkInBothThemes(page, "sheet at " + width);
      page.locator("#nav-documents").click();
      page.locator(".cell-chosen input").first().check();
      assertThat(page.locator("#documents-chosen")).isVisible();
      Axe.checkInBothThemes(page, "chosen documents at " + width);
      page.context().close();
    }
  }
}
