package dev.zhiku.generators.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The machine's own Python 3. */
final class Python {
  private static final int LONGEST_SECONDS = 60;

  private Python() {}

  /** What a program prints; empty where there is no Python, or where the program fails. */
  static Optional<String> says(String program) throws IOException, InterruptedException {
    Process python;
    try {
      python = new ProcessBuilder("python3", "-c", program).redirectErrorStream(true).start();
    } catch (IOException e) {
      return Optional.empty();
    }
    String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    boolean done = python.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) && python.exitValue() == 0;
    return Optional.of(said.strip()).filter(text -> done);
  }
}
