package dev.zhiku.generators.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * llama.cpp's own server as a program: the one that {@code ZHIKU_TEST_LLAMA_SERVER} names, or the
 * one inside the Python package {@code xllamacpp}.
 */
public final class RealLlamaServer {
  private static final String VARIABLE = "ZHIKU_TEST_LLAMA_SERVER";

  /** Python's own path, then where it has the package. */
  private static final String LOOK =
      "import sys, pathlib, xllamacpp;"
          + "print(sys.executable); print(pathlib.Path(xllamacpp.__file__).parent.parent)";

  private RealLlamaServer() {}

  /**
   * The program; without one the test is skipped.
   *
   * @param folder where it is put if Python runs it
   */
  public static Path program(Path folder) throws IOException, InterruptedException {
    String named = System.getenv(VARIABLE);
    if (named != null) {
      return Path.of(named).toAbsolutePath();
    }
    Optional<String> found = Python.says(LOOK);
    assumeTrue(
        found.isPresent(), "skipped: pip install xllamacpp, or name a llama-server in " + VARIABLE);
    String[] lines = found.orElseThrow().split("\\R", -1);
    String head = "#!%s%nimport sys%nsys.path.insert(0, r\"%s\")%n".formatted(lines[0], lines[1]);
    Files.createDirectories(folder);
    Path program = folder.resolve("llama-server").toAbsolutePath();
    Files.writeString(program, head + script());
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return program;
  }

  /**
   * The words that start it at a port of this machine, on one thread, with its model named {@code
   * tiny}.
   *
   * @param contextTokens of all slots together
   */
  public static List<String> command(
      Path program, Path model, int port, int contextTokens, int slots) {
    return List.of(
        program.toString(),
        "--offline",
        "--host",
        "127.0.0.1",
        "--port",
        Integer.toString(port),
        "--model",
        model.toString(),
        "--alias",
        "tiny",
        "--ctx-size",
        Integer.toString(contextTokens),
        "--parallel",
        Integer.toString(slots),
        "--threads",
        "1");
  }

  private static String script() throws IOException {
    try (InputStream in = RealLlamaServer.class.getResourceAsStream("llama-server.py")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
