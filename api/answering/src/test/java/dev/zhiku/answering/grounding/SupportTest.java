package dev.zhiku.answering.grounding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.Library;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.PassageId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What of an answer has ground, beyond the words of one passage. */
class SupportTest {
  private static final DocumentMeta DOCUMENT = new Library().add("a.txt", "a");
  private static final String FASTING = "胃镜检查前须禁食 8 小时、禁水 4 小时。";
  private static final String ASKED = "胃镜检查前要禁食几个小时？";
  private static final String PASSWORDS =
      "A password has at least 14 characters. It is changed only when somebody else knows it.";
  private static final double LEAST = 0.3;

  @Test
  void a_statement_in_other_words_has_ground_where_figures_and_meaning_agree() {
    String answer = "做胃镜前 8 小时不能吃东西，4 小时不能喝水。";

    assertThat(supported(answer, ASKED, FASTING, at(0.82))).isTrue();
    assertThat(supported(answer, ASKED, FASTING, at(0.78))).isFalse();
    assertThat(supported(answer, ASKED, FASTING, Likeness.NONE)).isFalse();
  }

  @Test
  void meaning_lifts_nothing_with_a_figure_that_is_not_there() {
    assertThat(supported("做胃镜前 9 小时不能吃东西，4 小时不能喝水。", ASKED, FASTING, at(0.99))).isFalse();
  }

  @Test
  void meaning_lifts_nothing_that_the_passage_speaks_against() {
    String passage = "Guests may not stay longer than 3 nights.";

    assertThat(
            supported(
                "Visitors may sleep over for 3 weeks.", "May guests stay?", passage, at(0.99)))
        .isFalse();
  }

  @Test
  void meaning_is_not_asked_about_a_statement_without_figures_or_names() {
    Likeness never =
        (statement, places) -> {
          throw new AssertionError(statement);
        };

    assertThat(supported("吃东西以前做检查比较好。", ASKED, FASTING, never)).isFalse();
  }

  @Test
  void a_translated_statement_has_ground_where_its_figures_answer_the_question() {
    String passage = "每年累计病假在 20 天以内的，按基本工资的 80% 发放病假工资；超过的部分按 60% 发放。";
    String asked = "病假工资按基本工资的百分之几发放？";

    assertThat(
            supported(
                "Up to 20 days of sick leave are paid at 80%, beyond that 60%.",
                asked, passage, Likeness.NONE))
        .isTrue();
    assertThat(
            supported("Sick leave is paid at 70%, beyond that 60%.", asked, passage, Likeness.NONE))
        .isFalse();
    assertThat(supported("The bonus is 80%.", "年终奖是多少？", passage, Likeness.NONE)).isFalse();
  }

  @Test
  void clauses_with_figures_of_their_own_may_have_ground_in_different_places() {
    String passage = "China 61 percent of revenue\n\nEuropean Union 19 percent of revenue";
    String asked = "What share of revenue comes from the European Union?";

    assertThat(
            supported(
                "Nineteen percent of the revenue is earned in the European Union, compared with 61"
                    + " percent in China.",
                asked,
                passage,
                Likeness.NONE))
        .isTrue();
  }

  @Test
  void a_true_statement_about_something_else_answers_nothing() {
    String passage =
        "Temporary housing is provided for 45 nights.\n\nThe limit may be exceeded by up to 25"
            + " percent with a note from the organiser.";

    Support support =
        support(
            "The limit may be exceeded by up to 25 percent with a note from the organiser.",
            "For how many nights is temporary housing provided?",
            passage,
            Likeness.NONE);

    assertThat(support.supportedLetters()).isPositive();
    assertThat(support.isBelow(LEAST)).isTrue();
  }

  @Test
  void behind_an_invented_figure_half_of_the_text_needs_ground() {
    String asked = "How many characters must a password have?";
    String rest = " Passwords should be hard to guess for machines. A password has 14 characters.";

    assertThat(support("It is 14." + rest, asked, PASSWORDS, Likeness.NONE).isBelow(LEAST))
        .isFalse();
    assertThat(support("It is 16." + rest, asked, PASSWORDS, Likeness.NONE).isBelow(LEAST))
        .isTrue();
  }

  private static Likeness at(double cosine) {
    return (statement, places) -> cosine;
  }

  private static boolean supported(String answer, String question, String text, Likeness likeness) {
    return !support(answer, question, text, likeness).isBelow(LEAST);
  }

  private static Support support(String answer, String question, String text, Likeness likeness) {
    Passage passage = new Passage(new PassageId(DOCUMENT.id(), 0), text, Location.whole(List.of()));
    return CitationCheck.written(
            answer, List.of(new ScoredPassage(passage, DOCUMENT, 1, 1, 1)), question, likeness)
        .support();
  }
}
