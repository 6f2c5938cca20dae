package dev.zhiku.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.zhiku.app.testing.PageAnswers;
import dev.zhiku.app.testing.ServedPage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a model wrote, as the page shows it: Markdown as nodes, and nothing of it acts. */
class WrittenAnswerIT {
  private static final String ANSWER =
      """
      # Leave

      **年假：**五天 [1]。第二句没有依据[?]。第三句。

      | Years | Days |
      |---|--:|
      | 1 | 5 [1] |

      1. first
         - inner
      2. second

      > quoted

      Pay is $\\frac{M}{21.75}$, not $5 or $10, \\(x^2\\) and `a[1]`.

      $$
      \\sum_{i=1}^{n} \\sqrt{x_i}
      $$

      ```python
      def pay(x):  # [1] stays
          return "<b>"
      ```

      See [the manual](/documents/d_1/content) and [more](https://elsewhere.example/a) [9].
      """;

  @RegisterExtension static final ServedPage PAGE = new ServedPage();

  private static Page answered(String locale, String events) {
    Page page = PAGE.visit("/", locale);
    page.onDialog(
        dialog -> {
          PAGE.complain("dialog " + dialog.message());
          dialog.dismiss();
        });
    PageAnswers.give(page, events);
    page.locator("#question").fill("How much leave?");
    page.locator("#ask").click();
    assertThat(page.locator("article.answer")).hasAttribute("aria-busy", "false");
    return page;
  }

  @Test
  void markdown_becomes_headings_lists_tables_code_and_formulas() {
    Page page = answered("en-US", PageAnswers.written(ANSWER, "", "手册.pdf", "five days"));
    Locator text = page.locator("#answer-text");

    assertThat(text.locator("h3")).hasText("Leave");
    assertThat(text.locator("strong").first()).hasText("年假：");
    assertThat(text.locator("table td[data-align=right]")).containsText("5");
    assertThat(text.locator("ol > li")).hasCount(2);
    assertThat(text.locator("ol ul li")).hasText("inner");
    assertThat(text.locator("blockquote")).hasText("quoted");
    assertThat(text.locator("math mfrac")).hasCount(1);
    assertThat(text.locator("math[display=block] msqrt")).hasCount(1);
    assertThat(text.locator("math")).hasCount(3);
    assertThat(text.locator("pre [data-code=keyword]").first()).hasText("def");
    assertThat(text.locator("pre")).containsText("# [1] stays");
    assertThat(text).containsText("not $5 or $10");
    assertThat(text.locator(":not(pre) > code")).hasText("a[1]");
    assertThat(text).not().containsText("**");
  }

  @Test
  void citations_and_documents_are_the_only_links_and_what_has_no_evidence_is_underlined() {
    Page page = answered("zh-CN", PageAnswers.written(ANSWER, "", "手册.pdf", "五天"));
    Locator text = page.locator("#answer-text");

    assertThat(text.locator("a.citation")).hasCount(2);
    assertThat(text.locator("a:not(.citation)")).hasCount(1);
    assertThat(text.locator("a:not(.citation)")).hasText("the manual");
    assertThat(text).containsText("more (https://elsewhere.example/a) [9]");
    assertThat(text.locator(".unproved")).hasText("第二句没有依据");
    text.locator(".unproved-mark").click();
    assertThat(text.locator(".unproved-note")).containsText("没有找到");
    text.locator("a.citation").first().click();
    assertThat(page.locator("#passage-panel mark")).hasText("五天");
  }

  @Test
  void an_answer_is_copied_as_words_and_with_its_sources_asked_again_and_its_question_changed() {
    Page page = answered("en-US", PageAnswers.written(ANSWER, "", "手册.pdf", "five days"));
    page.context()
        .grantPermissions(
            List.of("clipboard-read", "clipboard-write"),
            new BrowserContext.GrantPermissionsOptions().setOrigin(PAGE.url()));

    page.locator("[data-action=copy]").click();
    assertThat(page.locator(".answer-said")).hasText("Copied");
    assertThat(clipboard(page)).contains("年假：五天", "1\t5").doesNotContain("**", "[1] 。", "[?]");
    page.locator("[data-action=copy-markdown]").click();
    page.waitForFunction(
        "navigator.clipboard.readText().then(text => text.includes('[1] 手册.pdf'))");
    assertThat(clipboard(page)).contains("**年假：**", "> five days", "AI-generated");

    page.locator("[data-action=regenerate]").click();
    assertThat(page.locator("#answer-text h3")).hasText("Leave");
    page.locator("#question").fill("");
    page.locator("[data-action=edit-question]").click();
    assertThat(page.locator("#question")).hasValue("How much leave?");
    assertThat(page.locator("#question")).isFocused();
  }

  private static String clipboard(Page page) {
    return (String) page.evaluate("navigator.clipboard.readText()");
  }

  @Test
  void what_arrived_of_an_answer_that_breaks_off_is_shown_and_can_be_asked_again() {
    Page page = PAGE.visit("/?mode=chat", "en-US");
    PageAnswers.give(page, PageAnswers.brokenOff(List.of("Some **bo", "ld** words [", "1")));
    page.locator("#question").fill("Go on");
    page.locator("#ask").click();

    assertThat(page.locator("#answer-problem")).hasAttribute("data-code", "broken-off");
    assertThat(page.locator("#answer-text strong")).hasText("bold");
    assertThat(page.locator("[data-action=regenerate]")).isVisible();
  }

  @Test
  void what_is_withdrawn_gives_way_to_quotes_that_stay_as_they_stand_and_is_kept_folded() {
    String events =
        """
        event: text
        data: {"text": "**Wrong**"}

        event: withdrawn
        data: {}

        event: text
        data: {"text": "__init__ is 2*3*4. [1]"}

        event: answered
        data: {"answer": "__init__ is 2*3*4. [1]", "unsupported_answer": "**Wrong**", "passages": [], "warnings": [{"code": "model-unsupported", "detail": "x"}], "generator": {"backend": "extractive", "ai_generated": false}, "citations": [{"number": 1, "name": "a.py", "cited_by": "service", "quote": "__init__"}]}

        """;
    Page page = answered("en-US", events);

    assertThat(page.locator("#answer-text")).containsText("__init__ is 2*3*4.");
    assertThat(page.locator("#answer-text strong")).hasCount(0);
    assertThat(page.locator("#unsupported-answer .pre")).isHidden();
    page.locator("#unsupported-answer summary").click();
    assertThat(page.locator("#unsupported-answer .pre")).hasText("**Wrong**");
    assertThat(page.locator("li[data-code=model-unsupported]")).containsText("quoted instead");
  }

  /** The text so far, and what is shown of it until more arrives. */
  @Test
  void a_growing_text_shows_no_mark_that_the_next_piece_takes_back() {
    Page page = PAGE.visit("/", "en-US");
    List<List<String>> cases =
        List.of(
            List.of("a **bo", "a **bo**"),
            List.of("a **", "a "),
            List.of("年假：**五天*", "年假：**五天**"),
            List.of("see `co", "see `co`"),
            List.of("| a | b |", ""),
            List.of("text\n\n| a | b |\n|--", "text\n"),
            List.of("| a | b |\n|---|---|\n| 1", "| a | b |\n|---|---|\n| 1"),
            List.of("so [", "so "),
            List.of("so [1", "so "),
            List.of("so [1]", "so [1]"),
            List.of("so [?", "so "),
            List.of("sum $$x +", "sum "),
            List.of("sum \\[x +", "sum "),
            List.of("```py\na = `b` **c", "```py\na = `b` **c"),
            List.of("plain", "plain"));
    for (List<String> each : cases) {
      assertThat(
              page.evaluate("async s => (await import('/markdown.js')).soFar(s)", each.getFirst()))
          .as(each.getFirst())
          .isEqualTo(each.getLast());
    }
  }

  /** Amounts are no formulas, formulas are no Markdown, and addresses defined are no citations. */
  @Test
  void words_are_read_out_of_markdown_without_its_marks() {
    Page page = PAGE.visit("/", "en-US");
    List<List<String>> cases =
        List.of(
            List.of("**重要：**先断电。", "重要：先断电。"),
            List.of("**“引号”**后面", "“引号”后面"),
            List.of("from $5 to $10, US$3/kg, $7", "from $5 to $10, US$3/kg, $7"),
            List.of("$a*b*c$ and $x_1$", "a*b*c and x_1"),
            List.of("\\(y_1 * y_2\\)", "y_1 * y_2"),
            List.of(
                "[1]\n\n[1]: https://elsewhere.example", "[1]\n\n[1]: https://elsewhere.example"),
            List.of("- a\n- b", "- a\n- b"),
            List.of("3. c\n4. d", "3. c\n4. d"),
            List.of("| a | b |\n|--|--|\n| 1 | 2 |", "a\tb\n1\t2"),
            List.of("a &lt; b &amp; c", "a < b & c"),
            List.of("# 标题\n\n正文[2, 3]", "标题\n\n正文[2, 3]"),
            List.of("snake_case_name 2*3*4", "snake_case_name 234"),
            List.of("[".repeat(5_000), "[".repeat(5_000)));
    for (List<String> each : cases) {
      assertThat(
              page.evaluate(
                  "async s => { const m = await import('/markdown.js'); return"
                      + " m.plainText(m.read(s)); }",
                  each.getFirst()))
          .as(each.getFirst())
          .isEqualTo(each.getLast());
    }
  }
}
