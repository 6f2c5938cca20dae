package dev.zhiku.server.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.generators.testing.Proxies;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A script beside a test that tries a service with a Python package and prints what it saw. */
public final class PythonScript {
  private PythonScript() {}

  /**
   * What a script printed, as JSON; the test is skipped where the package is not installed.
   *
   * @param test beside whose class the script lies
   */
  public static JsonNode run(
      Path folder, String needed, Class<?> test, String name, String... arguments)
      throws IOException, InterruptedException {
    assumeTrue(
        run(folder, List.of("python3", "-c", "import " + needed)).exitCode() == 0,
        "the Python package " + needed + " is not installed, so its client was not tried");
    Path script = folder.resolve(name);
    try (InputStream in = Objects.requireNonNull(test.getResourceAsStream(name))) {
      Files.copy(in, script);
    }
    List<String> command = new ArrayList<>(List.of("python3", script.toString()));
    command.addAll(List.of(arguments));
    Ended ended = run(folder, command);
    assertThat(ended.exitCode()).as(ended.errors()).isZero();
    return new ObjectMapper().readTree(ended.output());
  }

  record Ended(int exitCode, String output, String errors) {}

  static Ended run(Path folder, List<String> command) throws InterruptedException {
    Path errors = folder.resolve("errors.txt");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
      Proxies.unset(builder);
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), output, Files.readString(errors));
    } catch (IOException e) {
      return new Ended(-1, "", String.valueOf(e.getMessage()));
    }
  }
}
