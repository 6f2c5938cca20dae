package dev.zhiku.app.start;

import java.time.Duration;

/**
 * Ends this process with the script that started it and starts it again when it fails: were the
 * script killed alone, nobody could stop the service by the process that was started.
 */
public final class LauncherWatch {
  /** The script's process id; absent where the service was started without it. */
  static final String PROPERTY = "zhiku.launcher";

  /** As of a process that was killed. */
  private static final int KILLED = 137;

  private static final Duration EVERY = Duration.ofMillis(500);

  private LauncherWatch() {}

  /** Watches from now on, where there is a script. */
  public static void start() {
    Long id = Long.getLong(PROPERTY);
    if (id != null) {
      ProcessHandle.of(id)
          .ifPresent(
              script ->
                  Thread.ofPlatform()
                      .daemon()
                      .name("zhiku-launcher-watch")
                      .start(() -> endWith(script)));
    }
  }

  private static void endWith(ProcessHandle script) {
    try {
      while (script.isAlive()) {
        Thread.sleep(EVERY);
      }
      Runtime.getRuntime().halt(KILLED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
