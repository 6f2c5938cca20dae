package dev.zhiku.api.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DoctorCommandTest {
  @TempDir private Path home;

  private record Ended(int exitCode, String output) {}

  /** With a model server at which nobody listens, and the memory measured for a second. */
  private Ended run(String... options) throws IOException {
    Path config =
        Files.writeString(
            home.resolve("zhiku.yml"),
            "zhiku: {generator: {backend: ollama, ollama: {base-url: \"http://127.0.0.1:1\"}}}");
    StringWriter out = new StringWriter();
    CommandLine doctor =
        new CommandLine(new DoctorCommand(Duration.ofSeconds(1))).setOut(new PrintWriter(out));
    int exitCode =
        doctor.execute(
            Stream.concat(Stream.of("--config", config.toString()), Stream.of(options))
                .toArray(String[]::new));
    return new Ended(exitCode, out.toString());
  }

  @Test
  void it_needs_no_service_and_ends_well_whatever_is_wrong() throws IOException {
    Ended ended = run();

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.output())
        .contains("cores; memory reads ", "cannot be reached", "ollama serve")
        .containsPattern("(?m)^use  (extractive|native with deepseek|ollama with deepseek)");
    assertThat(home.resolve("data")).doesNotExist();
  }

  @Test
  void the_report_comes_as_json_too_and_leaves_nothing_behind() throws IOException {
    Ended ended = run("--json");

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.output())
        .contains("\"memory_bytes_per_second\":", "\"recommended\":{\"backend\":");
    assertThat(home.resolve("data")).doesNotExist();
  }
}
