package dev.zhiku.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import dev.zhiku.app.testing.ServedPage;
import dev.zhiku.app.testing.ServiceProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page in a real browser against the real service, under its own security policy. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PageIT {
  @RegisterExtension static final ServedPage PAGE = new ServedPage();

  @BeforeAll
  static void await() {
    PAGE.service().awaitRest(ServiceProcess.PATIENCE);
  }

  @Test
  @Order(1)
  void a_chinese_question_is_answered_with_a_citation_that_opens_passage_and_original() {
    Page page = PAGE.visit("/", "zh-CN");
    assertThat(page.locator("html")).hasAttribute("lang", "zh-CN");

    page.locator("#question").fill("带薪年假有几天？");
    page.locator("#ask").click();

    Locator answer = page.locator("article.answer");
    assertThat(answer).hasAttribute("data-phase", "answered");
    Locator citation = page.locator("#answer-text a.citation[data-number='1']").first();
    citation.click();
    assertThat(page.locator("dialog#passage-panel")).isVisible();
    assertThat(page.locator("mark[data-testid=quote]").first()).not().isEmpty();
    assertThat(page.locator("dialog#passage-panel .badge-sample")).isVisible();
    String original = page.locator("#panel-original").getAttribute("href");
    assertThat(original).startsWith(PAGE.url() + "/documents/d_").contains("/content");
    assertThat(page.request().get(original).status()).isEqualTo(200);
    assertThat(page.url()).contains("?q=");
  }

  @Test
  @Order(2)
  void what_the_documents_do_not_say_is_said_so() {
    Page page =
        PAGE.visit(
            "/?q=" + "Who%20won%20the%20chess%20world%20championship%20in%201972%3F", "en-US");

    assertThat(page.locator("article.answer")).hasAttribute("data-phase", "no_evidence");
    assertThat(page.locator("a.citation")).hasCount(0);
  }

  @Test
  @Order(3)
  void a_file_is_uploaded_listed_asked_and_deleted() {
    Page page = PAGE.visit("/?view=documents", "en-US");
    page.locator("#upload-file")
        .setInputFiles(
            new FilePayload(
                "boiler.txt",
                "text/plain",
                "The boiler in building K is serviced by Norma Quist every October."
                    .getBytes(StandardCharsets.UTF_8)));
    Locator row = page.locator("#documents-table tbody tr[data-path='boiler.txt']");
    assertThat(row).hasAttribute("data-state", "indexed");

    page.locator("#nav-ask").click();
    page.locator("#question").fill("Who services the boiler in building K?");
    page.locator("#ask").click();
    assertThat(page.locator("#answer-text")).containsText("Norma Quist");

    page.locator("#nav-documents").click();
    row.locator("[data-action=delete]").click();
    page.locator("#delete-confirm").click();
    assertThat(row).hasCount(0);
  }

  @Test
  @Order(4)
  void hostile_text_in_a_document_stays_text() {
    Page page = PAGE.visit("/?view=documents", "en-US");
    page.locator("#upload-file")
        .setInputFiles(
            new FilePayload(
                "hostile.txt",
                "text/plain",
                "The zebrafish tank code is <img src=x onerror=alert(1)><script>alert(2)</script> 4471."
                    .getBytes(StandardCharsets.UTF_8)));
    assertThat(page.locator("tr[data-path='hostile.txt']")).hasAttribute("data-state", "indexed");
    page.onDialog(
        dialog -> {
          PAGE.complain("dialog " + dialog.message());
          dialog.dismiss();
        });

    page.locator("#nav-ask").click();
    page.locator("#question").fill("What is the zebrafish tank code?");
    page.locator("#ask").click();

    assertThat(page.locator("#answer-text")).containsText("‹img src=x onerror=alert(1)>");
    assertThat(page.locator("#answer-text img, #answer-text script")).hasCount(0);
  }

  @Test
  @Order(5)
  void language_and_theme_are_switched_and_remembered() {
    Page page = PAGE.visit("/", "en-US");
    page.locator("#language").selectOption("zh-CN");
    page.locator("#theme").selectOption("dark");
    page.reload();

    assertThat(page.locator("html")).hasAttribute("lang", "zh-CN");
    assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
  }

  @Test
  @Order(6)
  void indexing_is_paused_and_resumed_on_the_page_in_both_languages() {
    assertThat(PAGE.service().post("/ingest/pause", "{}").status()).isEqualTo(200);
    Page page = PAGE.visit("/?view=documents", "zh-CN");
    page.locator("#upload-file")
        .setInputFiles(
            new FilePayload(
                "later.txt", "text/plain", "Read later.".getBytes(StandardCharsets.UTF_8)));
    Locator row = page.locator("#documents-table tbody tr[data-path='later.txt']");

    assertThat(row).hasAttribute("data-state", "pending");
    assertThat(row.locator("[data-stage=waiting]")).containsText("等待处理");
    assertThat(page.locator(".notices")).containsText("索引已暂停");
    page.locator("#language").selectOption("en");
    assertThat(page.locator(".notices")).containsText("Indexing is paused");
    page.locator("[data-action=resume]").click();
    assertThat(row).hasAttribute("data-state", "indexed");
    assertThat(page.locator("[data-action=resume]")).hasCount(0);
  }

  @Test
  @Order(7)
  void a_held_source_is_shown_in_both_languages_and_confirmed_with_a_second_click()
      throws IOException {
    Path knowledge = PAGE.home().resolve("knowledge");
    Files.move(knowledge, PAGE.home().resolve("away"));
    Page page = PAGE.visit("/", "en-US");
    assertThat(page.locator(".notices")).containsText("is not there");
    page.locator("#language").selectOption("zh-CN");
    assertThat(page.locator(".notices")).containsText("不存在");
    Files.createDirectory(knowledge);
    page.locator("[data-action=confirm-source]").click();
    assertThat(page.locator(".notices")).containsText("不再用于回答");
    page.locator("[data-action=confirm-source-really]").click();

    assertThat(page.locator("[data-source]")).hasCount(0);
    assertThat(page.locator(".tile[data-state=all] .tile-count")).hasText("0");
  }

  @Test
  @Order(8)
  void all_languages_say_the_same_things_and_none_of_them_in_the_words_of_programmers() {
    Page page = PAGE.visit("/", "en-US");
    Object missing =
        page.evaluate(
            """
            async () => {
              const messages = await import('/messages.js');
              messages.learn((await import('/messages-manage.js')).MANAGE);
              const all = ['en', 'zh-CN', 'zh-Hant'].map(l => messages.MESSAGES[l]);
              const names = all.map(m => JSON.stringify(Object.keys(m).sort()));
              const technical = all.flatMap(m => Object.values(m)).map(String)
                  .filter(s => /Bearer|zhiku\\.\\w|\\.\\/zhiku|READ_ONLY|access\\.key|Retry-After|POST |GET /.test(s));
              return names.every(n => n === names[0]) && Object.keys(all[0]).length > 50
                  ? technical.join() : 'names differ';
            }
            """);
    assertThat(missing).isEqualTo("");
  }

  @Test
  @Order(10)
  void traditional_chinese_is_chosen_by_script_or_region() {
    Page page = PAGE.visit("/", "zh-TW");
    assertThat(page.locator("html")).hasAttribute("lang", "zh-Hant");
    assertThat(page.locator("zk-ask h1")).hasText("向您的文件提問");
    assertThat(
            page.evaluate(
                """
                async () => {
                  const { spoken } = await import('/language.js');
                  return ['zh', 'zh-CN', 'zh-SG', 'zh-Hans-HK', 'zh-TW', 'zh-HK', 'zh-mo', 'zh-Hant', 'en-GB', 'fr'].map(spoken).join();
                }
                """))
        .isEqualTo("zh-CN,zh-CN,zh-CN,zh-CN,zh-Hant,zh-Hant,zh-Hant,zh-Hant,en,");
  }

  @Test
  @Order(9)
  void where_no_model_is_configured_a_chat_says_so_with_the_way_out_in_both_languages() {
    Page page = PAGE.visit("/?mode=chat", "en-US");
    assertThat(page.locator("#model-state")).containsText("No language model");
    assertThat(page.locator("#reasoning")).hasCount(0);
    page.locator("#question").fill("Say hello.");
    page.locator("#ask").click();

    Locator problem = page.locator("#answer-problem");
    assertThat(problem).hasAttribute("data-code", "no-model");
    assertThat(problem).containsText("none is configured");
    assertThat(problem).containsText("zhiku.generator.backend");
    assertThat(problem.locator("code")).hasText("no-model");
    assertThat(page.locator(".chat-label")).containsText("Without your documents");

    page.locator("#language").selectOption("zh-CN");
    page.locator("#question").fill("你好。");
    page.locator("#ask").click();
    assertThat(problem).containsText("目前没有配置");
    assertThat(problem).containsText("请设置 zhiku.generator.backend");
    assertThat(page.locator(".chat-label").last()).containsText("不使用文档");
  }
}
