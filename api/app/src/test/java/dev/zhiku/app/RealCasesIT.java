package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zhiku.app.testing.FixedAnswers;
import dev.zhiku.app.testing.ServiceProcess;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small files and questions whose right answers were fixed before they were tried: beside the
 * checkout, rebuilt from what users of comparable products reported, and in {@code kinds}, written
 * for kinds of questions, in {@code everyday} for questions in other words than the text's, and in
 * {@code breadth} for both, before anything was done for them. Prints those that do not hold.
 */
@Tag("long")
class RealCasesIT {
  private static final Path CASES =
      ServiceProcess.repository().resolve("../shared/cases").normalize();

  /** One fewer than held of 62 when it was last raised; raise it with each kind that is mended. */
  private static final int HOLD = 61;

  /** The same for the questions of each kind, of 121. */
  private static final int KINDS_HOLD = 118;

  /** The same of 38 in everyday words, a third of them about what the files do not tell. */
  private static final int EVERYDAY_HOLD = 32;

  /**
   * The same of 141 of fifteen kinds over twenty files, of which 121 held before anything was done
   * for them.
   */
  private static final int BREADTH_HOLD = 137;

  /** The same of 32, written last and with nothing done for them: 20 held at the first run. */
  private static final int GUESTS_HOLD = 18;

  /**
   * The same of 225 over 38 files of many formats, 27 of them about what the files do not tell,
   * written by someone who had read neither code nor other collections: 149 held at the first run.
   */
  private static final int STRANGERS_HOLD = 168;

  /** The same of 34 over eight files, written after all of it and with nothing done for them. */
  private static final int NEWCOMERS_HOLD = 25;

  @TempDir Path home;

  @Test
  void answers_hold_the_right_values_and_none_of_the_wrong_ones() throws IOException {
    assumeTrue(Files.isDirectory(CASES), "no cases at " + CASES);

    FixedAnswers answers = FixedAnswers.ask(CASES, home);

    System.out.println(answers);
    assertThat(answers.held()).as("%s", answers).isGreaterThanOrEqualTo(HOLD);
  }

  @Test
  void questions_of_each_kind_are_answered_as_was_fixed_beforehand()
      throws IOException, URISyntaxException {
    FixedAnswers answers = FixedAnswers.ask(collection("kinds"), home);

    System.out.println(answers);
    assertThat(answers.held()).as("%s", answers).isGreaterThanOrEqualTo(KINDS_HOLD);
  }

  @Test
  void questions_in_everyday_words_are_answered_and_absent_facts_are_noticed()
      throws IOException, URISyntaxException {
    FixedAnswers answers = FixedAnswers.ask(collection("everyday"), home);

    System.out.println(answers);
    assertThat(answers.held()).as("%s", answers).isGreaterThanOrEqualTo(EVERYDAY_HOLD);
  }

  @Test
  void questions_of_many_kinds_over_twenty_files_are_answered_as_was_fixed_beforehand()
      throws IOException, URISyntaxException {
    FixedAnswers answers = FixedAnswers.ask(collection("breadth"), home);

    System.out.println(answers);
    assertThat(answers.held()).as("%s", answers).isGreaterThanOrEqualTo(BREADTH_HOLD);
  }

  @Test
  void questions_that_nothing_was_done_for_are_answered_no_worse_than_at_first()
      throws IOException, URISyntaxException {
    FixedAnswers answers = FixedAnswers.ask(collection("guests"), home);

    System.out.println(answers);
    assertThat(answers.held()).as("%s", answers).isGreaterThanOrEqualTo(GUESTS_HOLD);
  }

  @Test
  void questions_of_strangers_are_answered_or_refused_as_was_fixed_beforehand()
      throws IOException, URISyntaxException {
    FixedAnswers answers = FixedAnswers.ask(collection("strangers"), home);

    System.out.println(answers);
    assertThat(answers.held()).as("%s", answers).isGreaterThanOrEqualTo(STRANGERS_HOLD);
  }

  @Test
  void questions_of_newcomers_are_answered_no_worse_than_at_first()
      throws IOException, URISyntaxException {
    FixedAnswers answers = FixedAnswers.ask(collection("newcomers"), home);

    System.out.println(answers);
    assertThat(answers.held()).as("%s", answers).isGreaterThanOrEqualTo(NEWCOMERS_HOLD);
  }

  private static Path collection(String name) throws URISyntaxException {
    return Path.of(Objects.requireNonNull(RealCasesIT.class.getResource(name)).toURI());
  }
}
