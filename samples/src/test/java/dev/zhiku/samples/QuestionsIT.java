package dev.zhiku.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.app.testing.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks a new installation, which has nothing but the sample source, every labelled question. Prints
 * what came out.
 */
@Tag("long")
class QuestionsIT {
  private static final Duration FIRST_ANSWER_WITHIN = Duration.ofSeconds(60);
  private static final long BETWEEN_QUESTIONS_MS = 200;
  private static final double RANK_1 = 0.90;
  private static final double RIGHT_PAGE = 0.90;
  private static final double ANSWERED = 0.95;
  private static final double WITH_THE_EXPECTED_WORDS = 0.95;

  private static Duration firstAnswer;
  private static List<AskedQuestion> asked;
  private static List<IndexedFile> files;

  @BeforeAll
  static void ask_everything(@TempDir Path home) {
    List<LabelledQuestion> questions = LabelledQuestion.readAll(Path.of("questions.tsv"));
    try (ServiceProcess service = ServiceProcess.start(home)) {
      firstAnswer = untilAnswered(questions.get(0), service);
      service.awaitRest(ServiceProcess.PATIENCE);
      files = IndexedFile.allOf(service);
      asked = questions.stream().map(question -> AskedQuestion.ask(question, service)).toList();
    }
    System.out.printf("first right answer %.1f s after the start%n", firstAnswer.toMillis() / 1e3);
    System.out.print(new ResultTable(asked));
  }

  private static Duration untilAnswered(LabelledQuestion question, ServiceProcess service) {
    long begun = System.nanoTime();
    Duration passed = Duration.ZERO;
    while (!AskedQuestion.ask(question, service).isExpectedFileCited()) {
      assertThat(passed).as("no answer to %s", question).isLessThan(ServiceProcess.PATIENCE);
      ServiceProcess.pause(BETWEEN_QUESTIONS_MS);
      passed = Duration.ofNanos(System.nanoTime() - begun);
    }
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  @Test
  @Tag("figures")
  void a_first_right_answer_comes_within_a_minute_of_the_start() {
    assertThat(firstAnswer).isLessThan(FIRST_ANSWER_WITHIN);
  }

  @Test
  void the_words_that_answer_stand_in_the_text_of_one_file_and_of_no_other() {
    assertThat(files).hasSizeGreaterThan(25);
    assertThat(answerable())
        .extracting(AskedQuestion::labelled)
        .allSatisfy(
            question ->
                assertThat(files)
                    .filteredOn(file -> question.answerStandsIn(file.text()))
                    .extracting(IndexedFile::path)
                    .as(question.id())
                    .containsExactly(question.file()));
  }

  @Test
  void every_answer_is_looked_for_in_the_right_file_and_nearly_always_there_first() {
    assertThat(answerable()).allMatch(question -> question.rank() > 0);
    assertThat(share(answerable(), question -> question.rank() == 1))
        .isGreaterThanOrEqualTo(RANK_1);
  }

  @Test
  void the_page_of_a_pdf_is_the_right_one() {
    List<AskedQuestion> paged =
        asked.stream().filter(question -> !question.labelled().page().isEmpty()).toList();
    assertThat(share(paged, AskedQuestion::isPageFound)).isGreaterThanOrEqualTo(RIGHT_PAGE);
  }

  @Test
  void what_the_files_do_not_say_is_never_answered() {
    assertThat(asked)
        .filteredOn(question -> !question.labelled().answerable())
        .isNotEmpty()
        .allMatch(AskedQuestion::isRefused);
  }

  @Test
  void what_the_files_say_is_nearly_always_answered_with_the_words_that_answer() {
    assertThat(share(answerable(), AskedQuestion::isAnswered)).isGreaterThanOrEqualTo(ANSWERED);
    assertThat(share(answerable(), AskedQuestion::holdsExpectedWords))
        .isGreaterThanOrEqualTo(WITH_THE_EXPECTED_WORDS);
  }

  @Test
  void every_quote_is_verified_and_stands_word_for_word_in_the_passage_of_its_number() {
    assertThat(asked)
        .filteredOn(AskedQuestion::isAnswered)
        .isNotEmpty()
        .allMatch(AskedQuestion::isCitedWordForWord);
  }

  private static List<AskedQuestion> answerable() {
    return asked.stream().filter(question -> question.labelled().answerable()).toList();
  }

  private static double share(List<AskedQuestion> questions, Predicate<AskedQuestion> condition) {
    return (double) questions.stream().filter(condition).count() / questions.size();
  }
}
