package dev.zhiku.api.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DoctorCommandTest {
  @TempDir private Path home;

  @Test
  void the_report_comes_as_json_too_and_leaves_nothing_behind() throws Exception {
    Path config =
        Files.writeString(
            home.resolve("zhiku.yml"),
            "zhiku: {generator: {backend: ollama, ollama: {base-url: \"http://127.0.0.1:1\"}}}");
    StringWriter out = new StringWriter();
    CommandLine doctor =
        new CommandLine(new DoctorCommand(Duration.ofSeconds(1))).setOut(new PrintWriter(out));

    int exitCode = doctor.execute("--json", "--config", config.toString());

    assertThat(exitCode).isZero();
    assertThat(out.toString())
        .contains("\"memory_bytes_per_second\":", "\"recommended\":{\"backend\":");
    assertThat(home.resolve("data")).doesNotExist();
  }
}
