package dev.zhiku.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HttpDocumentationTest {
  private static final Path PAGE = Path.of("README.md");

  @ParameterizedTest
  @EnumSource(ProblemCode.class)
  void every_error_code_is_documented_with_its_status(ProblemCode code) throws IOException {
    assertThat(Files.readString(PAGE))
        .contains("| `" + code.wireName() + "` | " + code.status() + " |");
  }

  @Test
  void the_limits_named_are_the_limits_kept() throws IOException {
    assertThat(Files.readString(PAGE))
        .contains(
            "| silence in the middle of a request | " + SlowClientGuard.IN_REQUEST.toSeconds())
        .contains("| rest between requests | " + SlowClientGuard.BETWEEN.toSeconds() + " s |");
  }
}
