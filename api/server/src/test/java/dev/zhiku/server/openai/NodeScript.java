package dev.zhiku.server.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A script beside a test that tries a service with packages of Node and prints what it saw. They
 * are found where {@code NODE_PATH} says.
 */
public final class NodeScript {
  private NodeScript() {}

  /**
   * What a script printed, as JSON; the test is skipped where a package is not installed.
   *
   * @param test beside whose class the script lies
   */
  public static JsonNode run(
      Path folder, List<String> needed, Class<?> test, String name, String... arguments)
      throws IOException, InterruptedException {
    for (String one : needed) {
      assumeTrue(
          PythonScript.run(folder, List.of("node", "-e", "require('" + one + "')")).exitCode() == 0,
          "the package " + one + " of Node is not installed, so its client was not tried");
    }
    Path script = folder.resolve(name);
    try (InputStream in = Objects.requireNonNull(test.getResourceAsStream(name))) {
      Files.copy(in, script);
    }
    List<String> command = new ArrayList<>(List.of("node", script.toString()));
    command.addAll(List.of(arguments));
    PythonScript.Ended ended = PythonScript.run(folder, command);
    assertThat(ended.exitCode()).as(ended.errors()).isZero();
    return new ObjectMapper().readTree(ended.output());
  }
}
