package dev.zhiku.samples;

import dev.zhiku.generators.testing.Proxies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a finished program left behind. */
record Outcome(int exitCode, String out, String err) {
  private static final long LONGEST_RUN_SECONDS = 600;

  /**
   * Runs a program to its end; output goes through files in the folder, so that a full pipe cannot
   * block it.
   */
  static Outcome of(List<String> command, Path folder) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().remove("ZHIKU_KEY");
    // Java would say on the error output that it has picked it up.
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Proxies.unset(builder);
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    if (!process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " did not end within " + LONGEST_RUN_SECONDS + " s");
    }
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
