package dev.zhiku.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.Media;
import dev.zhiku.app.testing.Axe;
import dev.zhiku.app.testing.PageAnswers;
import dev.zhiku.app.testing.ServedPage;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.generators.testing.PromisedTime;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page for everybody: accessibility, keys, small windows, paper, and how little is loaded. */
@Tag("long")
class PageMannersIT {
  private static final int FIRST_LOAD_BYTES = 300_000;

  private static final String ANSWER =
      """
      ### Leave

      **Five days** [1]. And a trip to Mars[?].

      # Pay

      | Years | Days of leave in each of them | A third column |
      |---|--:|---|
      | 1 | 5 | AVeryLongWordThatDoesNotFitIntoAnySmallWindowAtAllAndGoesOnAndOn |

      ```python
      def pay(x):  # a comment that is longer than a small window is wide, on purpose
          return "text" + 1
      ```

      $$ \\frac{a}{b} + \\frac{c}{d} + \\frac{e}{f} + \\frac{g}{h} + \\frac{i}{j} + \\frac{k}{l} $$
      """;

  @RegisterExtension static final ServedPage PAGE = new ServedPage();

  @BeforeAll
  static void await() {
    PAGE.service().awaitRest(ServiceProcess.PATIENCE);
  }

  private static void ask(Page page) {
    PageAnswers.give(
        page, PageAnswers.written(ANSWER, "Let me think.", "员工手册.pdf", "five days of leave"));
    page.locator("#question").fill("How much leave is there?");
    page.locator("#ask").click();
    assertThat(page.locator("article.answer")).hasAttribute("aria-busy", "false");
    assertThat(page.locator("[data-code=keyword]").first()).isVisible();
    assertThat(page.locator("math")).hasCount(1);
  }

  private static String idOf(String path) {
    String encoded = URLEncoder.encode(path, StandardCharsets.UTF_8);
    return PAGE.service().get("/documents?path=" + encoded).body().at("/items/0/id").asText();
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void no_view_has_a_violation_that_axe_finds(ColorScheme scheme) {
    Page page = PAGE.visit("/", "zh-CN");
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    assertThat(page.locator("#suggestions a")).hasCount(3);
    Axe.check(page, "first visit");
    ask(page);
    page.locator(".unproved-mark").click();
    Axe.check(page, "answer");
    page.locator("a.citation").click();
    Axe.check(page, "passage");
    page.keyboard().press("Escape");
    page.keyboard().press("Control+/");
    assertThat(page.locator("#shortcuts")).isVisible();
    Axe.check(page, "keys");
    page.keyboard().press("Escape");
    page.locator("#nav-documents").click();
    assertThat(page.locator("#documents-table tbody tr").first()).isVisible();
    Axe.check(page, "documents");
    page.navigate(PAGE.url() + "/?mode=chat");
    ask(page);
    Axe.check(page, "conversation");
    for (String path :
        List.of(
            "hr/员工手册.pdf", "sales/2026年产品报价单.xlsx", "it/机房巡检规程.md", "lab/memo-freezer-alarm.rtf")) {
      page.navigate(PAGE.url() + "/?view=place&passage=1&document=" + idOf(path));
      assertThat(page.locator("zk-place :is(.view, canvas):visible").first()).isVisible();
      Axe.check(page, "place in " + path);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void evidence_beside_the_answer_and_over_it_has_no_violation_that_axe_finds(ColorScheme scheme) {
    Page page = PAGE.visit("/?q=" + "年假有几天？", "zh-CN");
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    for (int width : List.of(1440, 390)) {
      page.setViewportSize(width, 800);
      page.locator("#answer-text a.citation").first().click();
      assertThat(page.locator("#passage-panel mark").first()).isVisible();
      Axe.check(page, "evidence at " + width);
      page.locator("#panel-close").click();
    }
  }

  @Test
  void nothing_found_and_a_failure_have_no_violation_that_axe_finds() {
    for (String locale : List.of("en-US", "zh-CN", "zh-TW")) {
      Page page = PAGE.visit("/?q=Which+giraffe+won+the+regatta+of+1871%3F", locale);
      assertThat(page.locator("article.answer")).hasAttribute("data-phase", "no_evidence");
      Axe.checkInBothThemes(page, locale + " nothing found");
      PageAnswers.give(page, PageAnswers.failed("later", "It did not work."));
      page.locator("#question").fill("And now?");
      page.locator("#ask").click();
      assertThat(page.locator("#answer-problem")).isVisible();
      Axe.checkInBothThemes(page, locale + " failure");
      page.context().close();
    }
  }

  @Test
  void nothing_is_wider_than_a_window_of_320_pixels_in_any_language() {
    for (String locale : List.of("en-US", "zh-CN", "zh-TW")) {
      Page page = PAGE.visit("/", locale);
      page.setViewportSize(320, 640);
      assertThat(page.locator("#suggestions a")).hasCount(3);
      checkWidth(page, locale + " first visit");
      ask(page);
      checkWidth(page, locale + " answer");
      page.navigate(PAGE.url() + "/?view=place&document=" + idOf("sales/2026年产品报价单.xlsx"));
      assertThat(page.locator("zk-place table").first()).isVisible();
      checkWidth(page, locale + " place");
      page.locator("#nav-documents").click();
      assertThat(page.locator("#documents-table tbody tr").first()).isVisible();
      checkWidth(page, locale + " documents");
      page.context().close();
    }
  }

  private static void checkWidth(Page page, String view) {
    assertThat(page.evaluate("document.documentElement.scrollWidth")).as(view).isEqualTo(320);
  }

  @Test
  void the_question_the_list_of_keys_and_the_neighbours_of_a_quote_are_reached_by_keys() {
    Page page = PAGE.visit("/?view=documents", "en-US");
    page.keyboard().press("Control+k");
    assertThat(page.locator("#question")).isFocused();
    page.keyboard().press("Control+/");
    assertThat(page.locator("#shortcuts")).containsText("Stop the answer");
    page.keyboard().press("Escape");
    assertThat(page.locator("#shortcuts")).hasCount(0);

    page.locator("#question").fill("How many days of paid leave are there?");
    page.keyboard().press("Enter");
    assertThat(page.locator("article.answer")).hasAttribute("data-phase", "answered");
    page.locator(".passage-card").first().click();
    assertThat(page.locator("#panel-title")).containsText("Passage 1 · quote 1 of 2");
    page.keyboard().press("ArrowRight");
    assertThat(page.locator("#panel-title")).containsText("Passage 1 · quote 2 of 2");
    page.keyboard().press("ArrowRight");
    assertThat(page.locator("#panel-title")).containsText("Passage 2");
    page.keyboard().press("ArrowLeft");
    page.keyboard().press("ArrowLeft");
    assertThat(page.locator("#panel-title")).containsText("Passage 1 · quote 1 of 2");
    assertThat(page.locator("[data-step='-1']")).isDisabled();
  }

  @Test
  void paper_has_the_answer_and_its_passages_and_forced_colours_keep_the_marks() {
    Page page = PAGE.visit("/", "en-US");
    ask(page);
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    assertThat(page.locator("#answer-text")).isVisible();
    assertThat(page.locator(".passage-card")).isVisible();
    assertThat(page.locator(".answer-actions")).isHidden();
    assertThat(page.locator("#question")).isHidden();
    page.emulateMedia(
        new Page.EmulateMediaOptions().setMedia(Media.SCREEN).setForcedColors(ForcedColors.ACTIVE));
    assertThat(
            page.evaluate(
                "getComputedStyle(document.querySelector('.unproved')).textDecorationLine"))
        .isEqualTo("underline");
  }

  @Test
  @Tag("promise")
  void the_first_visit_is_small_on_the_line_and_one_can_write_at_once() {
    Page page = PAGE.visit("/", "en-US");
    assertThat(page.locator("#suggestions a")).hasCount(3);
    int bytes = transferred(page);
    Object millis =
        page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd");
    System.out.println("first visit: " + bytes + " bytes, interactive after " + millis + " ms");
    assertThat(bytes).isLessThan(FIRST_LOAD_BYTES);
    PromisedTime.require(
        "page to write on",
        Duration.ofSeconds(1),
        Duration.ofMillis(((Number) millis).longValue()));
  }

  @Test
  void a_second_visit_loads_the_page_alone_and_takes_the_rest_from_what_was_kept() {
    Page page = PAGE.visit("/", "en-US");
    assertThat(page.locator("#suggestions a")).hasCount(3);
    page.navigate(PAGE.url() + "/?view=documents");
    assertThat(page.locator("#documents-table")).isVisible();
    assertThat(
            page.evaluate(
                """
                performance.getEntriesByType('resource')
                  .filter(e => e.transferSize > 0 && /[.](js|css|svg)$/.test(new URL(e.name).pathname)).map(e => e.name)
                """))
        .isEqualTo(List.of());
  }

  /** Bytes of bodies as they crossed the line, and of headers as Chromium counts them. */
  private static int transferred(Page page) {
    return ((Number)
            page.evaluate(
                """
                ['navigation', 'resource'].flatMap(type => performance.getEntriesByType(type))
                  .reduce((sum, e) => sum + e.transferSize, 0)
                """))
        .intValue();
  }
}
