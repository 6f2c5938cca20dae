package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.app.evaluation.Outcome;
import dev.zhiku.app.evaluation.OutcomeFile;
import dev.zhiku.app.testing.ServiceProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Questions in another language than the document that answers, with a real model of both
 * languages, which the configuration that {@code ZHIKU_TEST_MULTILINGUAL} names puts in.
 */
@Timeout(1_800)
@EnabledIfEnvironmentVariable(named = "ZHIKU_TEST_MULTILINGUAL", matches = ".+")
class CrossLanguageIT {
  private static final String COLLECTION =
      "api/app/src/test/resources/dev/zhiku/app/evaluation/cross-language";

  @TempDir Path home;

  @Test
  void the_right_document_is_among_ten_for_eight_of_ten_questions_both_ways() throws Exception {
    Path saved = home.resolve("run.jsonl");
    ServiceProcess.run(
        home,
        "eval",
        ServiceProcess.repository().resolve(COLLECTION).toString(),
        "--config",
        Path.of(System.getenv("ZHIKU_TEST_MULTILINGUAL")).toAbsolutePath().toString(),
        "--save",
        saved.toString());

    List<Outcome> outcomes = OutcomeFile.read(saved);
    assertThat(outcomes).hasSize(100);
    assertThat(recall(outcomes, "chinese-on-english")).isGreaterThanOrEqualTo(0.8);
    assertThat(recall(outcomes, "english-on-chinese")).isGreaterThanOrEqualTo(0.8);
  }

  private static double recall(List<Outcome> outcomes, String kind) {
    return outcomes.stream()
        .filter(outcome -> outcome.kind().equals(kind))
        .mapToInt(outcome -> outcome.rank() >= 1 && outcome.rank() <= 10 ? 1 : 0)
        .average()
        .orElseThrow();
  }
}
