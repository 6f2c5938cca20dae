package dev.zhiku.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HttpDocumentationTest {
  private static final Path PAGES = pages();

  /** The folder {@code docs} beside the README that is nearest above this module's folder. */
  private static Path pages() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("README.md"))) {
      folder = Objects.requireNonNull(folder.getParent());
    }
    return folder.resolve("docs");
  }

  @ParameterizedTest
  @EnumSource(ProblemCode.class)
  void every_error_code_is_documented_with_its_status(ProblemCode code) throws IOException {
    assertThat(Files.readString(PAGES.resolve("errors.md")))
        .contains("| `" + code.wireName() + "` | " + code.status() + " |");
  }

  @Test
  void the_limits_named_are_the_limits_kept() throws IOException {
    assertThat(Files.readString(PAGES.resolve("limits.md")))
        .contains(
            "| silence in the middle of a request | " + SlowClientGuard.IN_REQUEST.toSeconds())
        .contains("| rest between requests | " + SlowClientGuard.BETWEEN.toSeconds() + " s |");
  }
}
