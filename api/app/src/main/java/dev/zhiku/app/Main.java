package dev.zhiku.app;

import dev.zhiku.app.command.ZhikuCommand;
import dev.zhiku.app.wiring.RestingKeys;
import dev.zhiku.app.wiring.Service;
import dev.zhiku.app.wiring.TrialIngest;
import java.io.PrintStream;
import java.time.Duration;

/** The main class of {@code ./zhiku}. */
public final class Main {
  private static final Duration MEMORY_MEASURED = Duration.ofSeconds(10);

  private Main() {}

  /** Exit codes: 0 done, 1 failed, 2 used wrongly or cannot start. */
  public static void main(String[] arguments) {
    System.exit(run(System.out, System.err, arguments));
  }

  /**
   * Runs a command to its end, without ending the process.
   *
   * @return its exit code
   */
  public static int run(PrintStream out, PrintStream err, String... arguments) {
    return new ZhikuCommand(
            Service::start, TrialIngest::open, RestingKeys::open, MEMORY_MEASURED, out, err)
        .run(arguments);
  }
}
