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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Small files and questions whose right answers were fixed before they were tried: beside the
 * checkout, rebuilt from what users of comparable products reported, and collections of our own,
 * written before anything was done for them. Prints those that do not hold.
 */
@Tag("long")
class RealCasesIT {
  private static final Path CASES =
      ServiceProcess.repository().resolve("../shared/cases").normalize();

  /** One fewer than held of 62 when it was last raised; raise it with each kind that is mended. */
  private static final int HOLD = 61;

  @TempDir Path home;

  @Test
  void answers_hold_the_right_values_and_none_of_the_wrong_ones() throws IOException {
    assumeTrue(Files.isDirectory(CASES), "no cases at " + CASES);

    FixedAnswers answers = FixedAnswers.ask(CASES, home);

    System.out.println(answers);
    assertThat(answers.held()).as("%s", answers).isGreaterThanOrEqualTo(HOLD);
  }

  /**
   * @param collection beside this class, with a text about where it comes from
   * @param least that has to hold: one to two fewer than held when it was last raised
   */
  @ParameterizedTest
  @CsvSource({
    "kinds, 118",
    "everyday, 32",
    "breadth, 137",
    "guests, 18",
    "strangers, 172",
    "newcomers, 25",
    "colleagues, 194",
  })
  void questions_of_a_collection_are_answered_or_refused_as_was_fixed_beforehand(
      String collection, int least) throws IOException, URISyntaxException {
    FixedAnswers answers = FixedAnswers.ask(collection(collection), home);

    System.out.println(answers);
    assertThat(answers.held()).as("%s", answers).isGreaterThanOrEqualTo(least);
  }

  private static Path collection(String name) throws URISyntaxException {
    return Path.of(Objects.requireNonNull(RealCasesIT.class.getResource(name)).toURI());
  }
}
