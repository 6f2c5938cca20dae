package dev.zhiku.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.Answer;
import dev.zhiku.answering.answer.Question;
import dev.zhiku.answering.answer.Warning;
import dev.zhiku.answering.answer.WarningCode;
import dev.zhiku.answering.chat.GenerationResult.Finish;
import dev.zhiku.answering.grounding.Citation;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.PassageId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FooterTest {
  private static final String BASE = "http://kb:8650";
  private static final DocumentId DOCUMENT = new DocumentId("d_" + "1".repeat(22));
  private static final String ORIGINAL = BASE + "/documents/" + DOCUMENT + "/content";
  private static final Location PAGE = Location.page(12, List.of());

  /** A place with nothing to call it by. */
  private static final Location UNNAMED = Location.whole(List.of(""));

  private static Citation citation(int number, String path, Location location) {
    DocumentMeta document =
        new DocumentMeta(
            DOCUMENT, "hr", path, "application/pdf", 1, Instant.EPOCH, "0", "0", Set.of());
    Passage passage = new Passage(new PassageId(DOCUMENT, 0), "a quote", location);
    return new Citation(
        number, new ScoredPassage(passage, document, 1, 1, 1), "a quote", true, Citation.By.MODEL);
  }

  private static Answer answer(
      String question, Locale locale, List<Citation> citations, List<Warning> warnings) {
    return new Answer(
        "q_1",
        Answer.Status.ANSWERED,
        new Question(question, 6, Question.Mode.ANSWER, false, new Filter.All(), List.of(), locale),
        question,
        Optional.of("Fifteen [1]."),
        Optional.empty(),
        Optional.empty(),
        Optional.of(Finish.STOP),
        List.of(),
        new Answer.Generator("ollama", Optional.empty(), true),
        citations,
        List.of(),
        1,
        new Answer.Budget(1, 1, 1, 1, 1, List.of(), List.of()),
        warnings,
        new Answer.Timings(
            Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO));
  }

  @Test
  void each_cited_passage_is_listed_once_with_its_place_and_link() {
    String footer =
        Footer.of(
            answer(
                "How many days?",
                Locale.ENGLISH,
                List.of(
                    citation(2, "b.pdf", UNNAMED),
                    citation(1, "hr/a.pdf", PAGE),
                    citation(1, "hr/a.pdf", PAGE)),
                List.of()),
            BASE);

    assertThat(footer)
        .isEqualTo(
            "\n\n---\n**Sources**\n- [1] [hr/a.pdf, p. 12]("
                + ORIGINAL
                + "#page=12)\n- [2] [b.pdf]("
                + ORIGINAL
                + ")");
  }

  @Test
  void a_chinese_question_has_its_sources_in_chinese_and_warnings_below() {
    String footer =
        Footer.of(
            answer(
                "年假有几天？",
                Locale.CHINESE,
                List.of(citation(1, "员工手册.pdf", PAGE)),
                List.of(Warning.of(WarningCode.INDEXING, 3))),
            BASE);

    assertThat(footer)
        .startsWith("\n\n---\n**来源**\n- [1] [员工手册.pdf")
        .endsWith("\n\n> 仍在读取文件夹：还有 3 个文件未纳入回答。");
  }

  @Test
  void the_name_of_a_file_is_no_markup() {
    String footer =
        Footer.of(
            answer(
                "q",
                Locale.ENGLISH,
                List.of(citation(1, "a](http://evil)\n![x](y)<b>*.pdf", UNNAMED)),
                List.of()),
            BASE);

    assertThat(footer)
        .contains("- [1] [a&#93;(http://evil) !&#91;x&#93;(y)\\<b\\>\\*.pdf](http://kb:8650/");
  }

  @ParameterizedTest
  @CsvSource({
    "报告[终稿].pdf, 报告[终稿].pdf",
    "a[1](x).pdf, a&#91;1&#93;(x).pdf",
    "a][b.pdf, a&#93;&#91;b.pdf",
    "a![b].pdf, a!&#91;b&#93;.pdf",
    "a[[b]].pdf, a&#91;&#91;b&#93;&#93;.pdf",
    "a[^1].pdf, a&#91;^1&#93;.pdf",
  })
  void brackets_of_a_name_are_neither_a_link_nor_a_formula(String name, String shown) {
    String footer =
        Footer.of(
            answer("q", Locale.ENGLISH, List.of(citation(1, name, UNNAMED)), List.of()), BASE);

    assertThat(footer).contains("- [1] [" + shown + "](http://kb:8650/");
  }

  @Test
  void what_stands_under_an_answer_goes_when_it_comes_back_and_other_rules_stay() {
    String footer =
        Footer.of(
            answer("q", Locale.ENGLISH, List.of(citation(1, "a.pdf", UNNAMED)), List.of()), BASE);

    assertThat(Footer.without("Fifteen [1]." + footer)).isEqualTo("Fifteen [1].");
    assertThat(Footer.without("A\n\n---\nB")).isEqualTo("A\n\n---\nB");
    assertThat(Footer.of(answer("q", Locale.ENGLISH, List.of(), List.of()), BASE)).isEmpty();
  }
}
