package dev.zhiku.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Programs of this machine. */
final class Run {
  private Run() {}

  /** What a program prints; an exception where it ends with another code than 0. */
  static String output(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output);
    }
    return output;
  }

  /** Whether a program is there and content. */
  static boolean works(String... command) throws InterruptedException {
    try {
      output(command);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
