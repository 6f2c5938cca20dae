package dev.zhiku.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import dev.zhiku.app.testing.Axe;
import dev.zhiku.app.testing.ServedPage;
import dev.zhiku.app.testing.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Finding words in all documents, on the page, in a real browser against the real service. */
class WordSearchIT {
  private static final int FILES = 25;
  private static final String PAYLOAD = "<img src=x onerror=alert(1)>";

  @RegisterExtension static final ServedPage PAGE = new ServedPage(WordSearchIT::prepare);

  private static void prepare(Path home) throws IOException {
    Path folder = home.resolve("knowledge");
    for (String part : List.of("legal", "sales")) {
      Files.createDirectories(folder.resolve(part));
    }
    for (int i = 0; i < FILES; i++) {
      String part = i % 5 == 0 ? "legal" : "sales";
      Files.writeString(
          folder.resolve(part + "/contract-%02d.%s".formatted(i, i == FILES - 1 ? "md" : "txt")),
          "Contract " + i + ".\nThe warranty period is three years. 保修期为三年。" + PAYLOAD);
    }
    Files.writeString(folder.resolve("broken.pdf"), "%PDF-1.7\nthe rest is missing");
  }

  @BeforeAll
  static void await() {
    PAGE.service().awaitRest(ServiceProcess.PATIENCE);
  }

  private static Page find(String words, String locale) {
    Page page = PAGE.visit("/?view=search", locale);
    page.onDialog(dialog -> PAGE.complain("dialog " + dialog.message()));
    page.locator("#search-words").fill(words);
    page.locator("#search-words").press("Enter");
    return page;
  }

  @Test
  void every_document_is_counted_and_shown_part_by_part_with_the_words_marked() {
    Page page = find("\"warranty period\" contracts", "en-US");

    assertThat(page.locator("#search-said")).containsText("25 documents and 25 passages");
    assertThat(page.locator("#search-said")).containsText("20 of 25 documents shown");
    assertThat(page.locator(".search-item mark").first()).hasText("Contract");
    assertThat(page.locator(".search-item mark").nth(1)).hasText("warranty period");
    page.locator("#search-more").click();
    assertThat(page.locator(".search-item")).hasCount(FILES);
    assertThat(page.locator("#search-said")).containsText("25 of 25 documents shown");
    assertThat(page.locator(".search-item img")).hasCount(0);
  }

  @Test
  void a_folder_narrows_what_is_found_and_the_back_button_widens_it_again() {
    Page page = find("保修期", "zh-CN");

    assertThat(page.locator("#search-said")).containsText("共 25 个文档、25 处段落");
    page.locator(".search-groups a").getByText("legal/").click();
    assertThat(page.locator("#search-said")).containsText("共 5 个文档、5 处段落");
    assertThat(page.locator(".search-item").first())
        .hasAttribute("data-path", "legal/contract-00.txt");
    assertThat(page.locator(".search-item mark").first()).hasText("保修期");
    page.goBack();
    assertThat(page.locator("#search-said")).containsText("共 25 个文档");
  }

  @Test
  void a_type_of_files_is_named_as_people_call_it_and_narrows_what_is_found() {
    Page page = find("warranty", "en-US");

    assertThat(page.locator(".search-groups a").getByText("Plain text (TXT)")).isVisible();
    page.locator(".search-groups a").getByText("Plain text (MD)").click();
    assertThat(page.locator("#search-said")).containsText("1 document and 1 passage");
    page.locator("#language").selectOption("zh-CN");
    assertThat(page.locator(".search-groups")).containsText("纯文本（MD）");
  }

  @Test
  void a_passage_opens_its_place_with_the_words_marked() {
    Page page = find("warranty", "en-US");

    Page place = page.waitForPopup(() -> page.locator(".search-passage").first().click());
    assertThat(place.locator(".view mark[data-testid=quote]").first()).containsText("warranty");
  }

  @Test
  void the_table_has_every_passage() throws IOException {
    Page page = find("warranty", "en-US");

    Download table = page.waitForDownload(() -> page.locator("#search-table").click());
    assertThat(table.suggestedFilename()).isEqualTo("zhiku-search.csv");
    assertThat(Files.readString(table.path())).contains("legal/contract-00.txt");
    assertThat(Files.readString(table.path()).split("\r\n")).hasSize(FILES + 1);
  }

  @Test
  void what_is_nowhere_is_said_with_the_files_that_could_not_be_read() {
    Page page = find("giraffe", "en-US");

    assertThat(page.locator("#search-said")).containsText("No document has all these words.");
    assertThat(page.locator("#search-said")).containsText("1 file has not been read");
    page.locator("#search-words").fill("\",\"");
    page.locator("#search-words").press("Enter");
    assertThat(page.locator("#search-problem")).isVisible();
  }

  @Test
  void axe_finds_nothing_and_nothing_is_cut_off_in_both_themes_and_widths() {
    for (String words : List.of("warranty", "giraffe")) {
      Page page = find(words, "en-US");
      assertThat(page.locator("#search-said")).containsText(words.equals("giraffe") ? "No" : "25");
      for (int width : List.of(1440, 390, 320)) {
        page.setViewportSize(width, 800);
        page.locator("#language").selectOption(width == 390 ? "zh-CN" : "en");
        Axe.checkInBothThemes(page, words + " at " + width);
      }
      page.context().close();
    }
  }
}
