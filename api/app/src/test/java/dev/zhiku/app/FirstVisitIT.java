package dev.zhiku.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.zhiku.app.testing.Axe;
import dev.zhiku.app.testing.ServedPage;
import dev.zhiku.app.testing.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What somebody sees who comes for the first time, and how own files get in. */
@Tag("long")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FirstVisitIT {
  /** A drop of one file somewhere on the page. */
  private static final String DROP =
      """
      ([type, name, text]) => {
        const data = new DataTransfer();
        data.items.add(new File([text], name));
        document.body.dispatchEvent(new DragEvent(type, {dataTransfer: data, bubbles: true, cancelable: true}));
      }
      """;

  @RegisterExtension static final ServedPage PAGE = new ServedPage();

  @BeforeAll
  static void await() {
    PAGE.service().awaitRest(ServiceProcess.PATIENCE);
  }

  @Test
  @Order(1)
  void one_can_write_at_once_and_three_questions_of_the_collection_are_answered_by_a_click() {
    for (String locale : List.of("en-US", "zh-CN")) {
      Page page = PAGE.visit("/", locale);
      assertThat(page.locator("#question")).isFocused();
      assertThat(page.locator("#samples-notice")).isVisible();
      Locator questions = page.locator("#suggestions a");
      assertThat(questions).hasCount(3);
      assertThat(questions.first())
          .containsText(locale.equals("zh-CN") ? "文档里怎么说" : "What do the documents say");
      for (int i = 0; i < 3; i++) {
        questions.nth(i).click();
        assertThat(page.locator("article.answer")).hasAttribute("data-phase", "answered");
        page.locator(".brand").click();
        assertThat(questions).hasCount(3);
      }
      page.context().close();
    }
  }

  @Test
  @Order(2)
  void headings_suggest_questions_without_their_numbers_and_titles() {
    Page page = PAGE.visit("/", "en-US");
    List<List<Object>> cases =
        List.of(
            List.of(List.of(List.of("手册", "第四章 假期", "年假")), "年假"),
            List.of(List.of(List.of("手册"), List.of("第四章 假期")), "假期"),
            List.of(List.of(List.of("Manual"), List.of("1.1 Intended use")), "Intended use"),
            List.of(List.of(List.of("FAQ", "How do I reset it?")), "How do I reset it?"),
            List.of(List.of(List.of("问答", "密码多长？")), "密码多长？"),
            List.of(List.of(List.of("Title"), List.of("12")), ""),
            List.of(List.of(List.of("Title")), ""),
            List.of(List.of(List.of()), ""));
    for (List<Object> each : cases) {
      assertThat(
              page.evaluate(
                  """
                  async headings => {
                    const { suggestedBy } = await import('/suggestions.js');
                    const found = suggestedBy(headings.map(heading => ({ heading })));
                    return found ? found.question ?? found.heading : '';
                  }
                  """,
                  each.getFirst()))
          .as("%s", each.getFirst())
          .isEqualTo(each.getLast());
    }
  }

  @Test
  @Order(3)
  void a_file_dropped_on_the_view_of_questions_is_uploaded_and_answers() {
    Page page = PAGE.visit("/", "en-US");
    page.evaluate(DROP, List.of("dragover", "kettle.txt", ""));
    assertThat(page.locator("html")).hasAttribute("data-drop", "Drop the files to upload them");
    page.evaluate(DROP, List.of("drop", "kettle.txt", "The kettle of floor 3 is green."));
    assertThat(page.locator("html[data-drop]")).hasCount(0);
    assertThat(page.locator("tr[data-path='kettle.txt']")).hasAttribute("data-state", "indexed");

    page.locator("#nav-ask").click();
    page.locator("#question").fill("Which colour has the kettle of floor 3?");
    page.locator("#ask").click();
    assertThat(page.locator("#answer-text")).containsText("green");
  }

  @Test
  @Order(4)
  void a_folder_is_uploaded_with_its_folders_and_the_list_is_narrowed_to_one_of_them()
      throws IOException {
    Path team = Files.createDirectories(PAGE.home().resolve("team"));
    Files.createDirectories(team.resolve("计划"));
    Files.writeString(team.resolve("people.txt"), "The team has five people.");
    Files.writeString(team.resolve("计划/may.txt"), "五月开始试点。");
    Files.writeString(team.resolve(".DS_Store"), "x");
    Files.writeString(team.resolve("~$may.docx"), "x");
    Page page = PAGE.visit("/?view=documents", "en-US");
    page.locator("#upload-folder").setInputFiles(team);
    Locator rows = page.locator("#documents-table tbody tr");
    assertThat(page.locator("tr[data-path='team/计划/may.txt']"))
        .hasAttribute("data-state", "indexed");
    assertThat(page.locator("tr[data-path='team/people.txt']"))
        .hasAttribute("data-state", "indexed");
    assertThat(rows).hasCount(3);

    page.locator("tr[data-path='team/计划/may.txt'] a.cell-path").click();
    assertThat(rows).hasCount(1);
    page.reload();
    assertThat(rows).hasCount(1);
    page.locator("#documents-folder").click();
    assertThat(rows).hasCount(3);
  }

  @Test
  @Order(5)
  void the_list_is_sorted_and_narrowed_by_the_address_and_stays_so_on_reload() throws IOException {
    Path folder = PAGE.home().resolve("knowledge");
    Files.setLastModifiedTime(
        folder.resolve("kettle.txt"), FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
    PAGE.service()
        .awaitStatus(
            ServiceProcess.PATIENCE,
            s ->
                PAGE.service()
                        .get("/documents?modified_before=2002-01-01T00:00:00Z")
                        .body()
                        .at("/items")
                        .size()
                    == 1);
    Page page = PAGE.visit("/?view=documents", "en-US");
    Locator rows = page.locator("#documents-table tbody tr");
    assertThat(rows.first()).hasAttribute("data-path", "kettle.txt");
    page.locator("#documents-sort").selectOption("modified-desc");
    assertThat(rows.last()).hasAttribute("data-path", "kettle.txt");
    page.locator("#documents-since").selectOption("30");
    assertThat(rows).hasCount(2);
    page.reload();
    assertThat(page.locator("#documents-sort")).hasValue("modified-desc");
    assertThat(rows).hasCount(2);
    page.locator("#documents-type").selectOption("plain");
    assertThat(rows).hasCount(2);
    page.locator("#documents-type").selectOption("slides");
    assertThat(page.locator("#documents-empty")).containsText("No document");
    Axe.checkInBothThemes(page, "documents that nothing fits");
  }

  @Test
  @Order(6)
  void an_empty_folder_says_how_to_fill_it() throws IOException {
    for (String path : List.of("team/计划/may.txt", "team/people.txt", "kettle.txt")) {
      Files.delete(PAGE.home().resolve("knowledge").resolve(path));
    }
    PAGE.service().awaitStatus(ServiceProcess.PATIENCE, s -> s.at("/files/total").asInt() == 0);
    Page page = PAGE.visit("/", "zh-CN");
    assertThat(page.locator("#nothing-indexed")).containsText("拖到本页任意位置");
    Axe.checkInBothThemes(page, "first visit with an empty folder");
    page.locator("#nothing-indexed a").click();
    assertThat(page.locator("#upload-file")).isAttached();
    assertThat(page.locator("#documents-empty")).isVisible();
    Axe.checkInBothThemes(page, "documents of an empty folder");
  }
}
