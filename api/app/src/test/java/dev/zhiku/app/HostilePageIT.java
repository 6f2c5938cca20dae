package dev.zhiku.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.zhiku.app.testing.PageAnswers;
import dev.zhiku.app.testing.ServedPage;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Scripts, pictures, links and styles at every place of the page where a text of a model or of a
 * document is shown, given to the page as if the service had let all of it through.
 */
@Tag("long")
class HostilePageIT {
  /** Each calls {@code alert}, loads from elsewhere, leads elsewhere or has a style. */
  static final List<String> PAYLOADS =
      List.of(
          "<script>alert(1)</script>",
          "<img src=x onerror=alert(1)>",
          "<img src=https://elsewhere.example/p.png>",
          "<svg onload=alert(1)>",
          "<svg><script href=https://elsewhere.example/s.js></script></svg>",
          "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
          "<iframe src=javascript:alert(1)></iframe>",
          "<object data=https://elsewhere.example/o></object>",
          "<embed src=https://elsewhere.example/e>",
          "<link rel=stylesheet href=https://elsewhere.example/c.css>",
          "<style>body{background:url(https://elsewhere.example/b)}</style>",
          "<p style=\"background:url(https://elsewhere.example/b)\">x</p>",
          "<base href=https://elsewhere.example/>",
          "<meta http-equiv=refresh content=\"0;url=https://elsewhere.example/\">",
          "<form action=https://elsewhere.example/><input autofocus onfocus=alert(1)></form>",
          "<details open ontoggle=alert(1)>x</details>",
          "<video src=https://elsewhere.example/v onerror=alert(1)></video>",
          "<math><a xlink:href=javascript:alert(1)>x</a></math>",
          "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
          "<template><script>alert(1)</script></template>",
          "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
          "<!--><script>alert(1)</script-->",
          "<scr<script>ipt>alert(1)</script>",
          "&lt;script&gt;alert(1)&lt;/script&gt;",
          "![p](https://elsewhere.example/p.png)",
          "![p][r]\n\n[r]: https://elsewhere.example/p.png",
          "[l](https://elsewhere.example/)",
          "[l](//elsewhere.example/documents/x)",
          "[l](javascript:alert(1))",
          "[l](JaVaScRiPt:alert(1))",
          "[l](java\tscript:alert(1))",
          "[l](data:text/html,<script>alert(1)</script>)",
          "[l](vbscript:alert(1))",
          "[l](/documents/../session)",
          "[l](/documents/../../session \"t\" onclick=alert(1))",
          "<https://elsewhere.example/>",
          "<javascript:alert(1)>",
          "https://elsewhere.example/bare",
          "[1](https://elsewhere.example/)",
          "[1]: https://elsewhere.example/",
          "\"><script>alert(1)</script>",
          "' onmouseover='alert(1)",
          "\\href{javascript:alert(1)}{x}",
          "\\url{https://elsewhere.example/}",
          "\\includegraphics{https://elsewhere.example/p.png}",
          "\\htmlStyle{background:url(https://elsewhere.example/b)}{x}",
          "\\htmlData{a=b}{x}\\htmlClass{c}{x}\\htmlId{app}{x}",
          "\\text{<img src=x onerror=alert(1)>}",
          "\\color{red;background:url(https://elsewhere.example/b)}x",
          "\\textcolor{red}{x}\\colorbox{red}{y}",
          "\\def\\a{\\a\\a}\\a",
          "${alert(1)}{{alert(1)}}");

  /** Also what the security policy had to refuse is a complaint: nothing may get that far. */
  @RegisterExtension static final ServedPage PAGE = new ServedPage();

  private static Page visit(String path) {
    Page page = PAGE.visit(path, "en-US");
    page.onDialog(
        dialog -> {
          PAGE.complain("dialog " + dialog.message());
          dialog.dismiss();
        });
    page.onPopup(popup -> PAGE.complain("popup " + popup.url()));
    page.onFrameNavigated(
        frame -> {
          if (frame.parentFrame() != null || !frame.url().startsWith(PAGE.url())) {
            PAGE.complain("navigation to " + frame.url());
          }
        });
    return page;
  }

  private static void ask(Page page, String events) {
    PageAnswers.give(page, events);
    page.locator("#question").fill("What is it?");
    page.locator("#ask").click();
    assertThat(page.locator("article.answer")).hasAttribute("aria-busy", "false");
  }

  private static String everywhere(String payload) {
    String flat = payload.replaceAll("\\s+", " ");
    return String.join(
        "\n\n",
        payload,
        "## " + flat,
        "- " + flat + "\n- **" + flat + "**",
        "> " + flat,
        "| "
            + flat.replace("|", "\\|")
            + " | b |\n|---|---|\n| "
            + flat.replace("|", "\\|")
            + " | `"
            + flat
            + "` |",
        "$" + flat + "$ and \\(" + flat + "\\)",
        "$$\n" + flat + "\n$$",
        "```html\n" + payload + "\n```",
        "```" + flat + "\ncode\n```");
  }

  /** Nothing on the page acts, loads or leads elsewhere; its own forms have no action. */
  static void check(Page page) {
    assertThat(
            page.evaluate(
                """
                () => [...document.querySelectorAll('main *, dialog *')].filter((element) =>
                    ['SCRIPT', 'IMG', 'IFRAME', 'OBJECT', 'EMBED', 'LINK', 'STYLE', 'BASE', 'META', 'VIDEO', 'AUDIO', 'FORM']
                      .includes(element.tagName.toUpperCase()) && !element.matches('#ask-form, form:not([action])')
                    || [...element.attributes].some(({name}) => name.startsWith('on') || name === 'style' || name === 'src' || name === 'xlink:href')
                    || element.tagName === 'A' && !new URL(element.href).href.startsWith(location.origin)
                    || element.tagName === 'A' && element.closest('#answer-text') && !/^.documents.[^/]|^.$/.test(new URL(element.href).pathname))
                  .map((element) => element.outerHTML)
                """))
        .isEqualTo(List.of());
  }

  /** Nine places in the text for each, besides reasoning, file name, heading, quote and model. */
  @Test
  void nothing_in_an_answer_its_reasoning_its_citations_and_their_passages_acts() {
    assertThat(PAYLOADS.size() * 9).isGreaterThan(200);
    Page page = visit("/");
    for (int from = 0; from < PAYLOADS.size(); from += 13) {
      List<String> some = PAYLOADS.subList(from, Math.min(from + 13, PAYLOADS.size()));
      String all = String.join(" ", some);
      ask(
          page,
          PageAnswers.written(
              some.stream().map(HostilePageIT::everywhere).collect(Collectors.joining("\n\n"))
                  + "\n\nCited [1].",
              all,
              all,
              all));
      page.locator("a.citation").last().click();
      assertThat(page.locator("#passage-panel")).isVisible();
      check(page);
      page.locator("#panel-close").click();
    }
  }

  /** Every kind of block, counted in every unit, with each payload wherever a text goes. */
  @Test
  void nothing_in_the_view_of_a_document_acts() {
    Page page = visit("/");
    String all = String.join(" ", PAYLOADS);
    for (String unit : List.of("page", "slide", "row", "line", "none")) {
      PageAnswers.giveView(page, unit, PAYLOADS);
      ask(page, PageAnswers.written("Cited [1].", "", all, PAYLOADS.getFirst()));
      page.locator("a.citation").last().click();
      assertThat(page.locator("#passage-panel .view")).isVisible();
      assertThat(page.locator("#passage-panel .view tbody tr")).hasCount(PAYLOADS.size());
      check(page);
      page.locator("#panel-close").click();
    }
    page.locator("a.citation").last().click();
    String place = page.locator("#panel-place").getAttribute("href");
    page.navigate(PAGE.url() + place);
    assertThat(page.locator("zk-place .view")).isVisible();
    check(page);
  }

  @Test
  void nothing_in_a_failure_acts() {
    Page page = visit("/");
    ask(page, PageAnswers.failed("later", String.join(" ", PAYLOADS)));

    assertThat(page.locator("#answer-problem")).containsText("<script>alert(1)</script>");
    check(page);
  }

  @Test
  void nothing_in_a_conversation_with_the_model_alone_acts() {
    Page page = visit("/?mode=chat");
    String text =
        PAYLOADS.stream().map(HostilePageIT::everywhere).collect(Collectors.joining("\n\n"));
    ask(page, PageAnswers.written(text, text, "model", ""));
    page.locator("#question").fill("And now?");
    page.locator("#ask").click();

    assertThat(page.locator("#conversation article")).hasCount(2);
    check(page);
  }

  @Test
  void nothing_in_the_list_of_documents_acts() throws Exception {
    Page page = visit("/");
    List<Map<String, Object>> items =
        PAYLOADS.stream()
            .<Map<String, Object>>map(
                payload ->
                    Map.of(
                        "id",
                        payload,
                        "name",
                        payload,
                        "path",
                        payload + "/",
                        "source",
                        payload,
                        "state",
                        "failed",
                        "reason",
                        payload,
                        "remedy",
                        payload,
                        "notes",
                        List.of(payload)))
            .toList();
    String body =
        new com.fasterxml.jackson.databind.ObjectMapper()
            .writeValueAsString(Map.of("items", items));
    page.route(
        url -> url.contains("/documents?"),
        route ->
            route.fulfill(
                new Route.FulfillOptions().setContentType("application/json").setBody(body)));
    page.locator("#nav-documents").click();

    assertThat(page.locator("#documents-table tbody tr")).hasCount(PAYLOADS.size());
    check(page);
  }
}
