package dev.zhiku.app.command;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;

/**
 * Has the service fetch a model and shows how far it is. Ctrl+C stops the service's download too;
 * what has come stays.
 */
final class ModelPull {
  private static final long REDRAW_MILLIS = 500;
  private static final int PLAIN_EVERY = 20;

  private final LocalService service;
  private final ConsoleWriter out;

  ModelPull(LocalService service, ConsoleWriter out) {
    this.service = service;
    this.out = out;
  }

  /**
   * @return exit code
   */
  int run(Map<String, Object> order) throws InterruptedException {
    Map<String, @Nullable Object> pull = service.post("/models/pull", order);
    Thread stopping = Thread.ofPlatform().unstarted(this::stop);
    Runtime.getRuntime().addShutdownHook(stopping);
    try {
      pull = follow(pull);
    } finally {
      forget(stopping);
    }
    return end(pull);
  }

  private static void forget(Thread stopping) {
    try {
      Runtime.getRuntime().removeShutdownHook(stopping);
    } catch (IllegalStateException e) {
      // Ctrl+C: it runs already.
    }
  }

  private void stop() {
    try {
      service.delete("/models/pull");
      out.println();
      out.println("Stopped. The same command goes on where it ended.");
      out.flush();
    } catch (ServiceRefused | InterruptedException e) {
      // The service is gone and fetches nothing either.
    }
  }

  private Map<String, @Nullable Object> follow(Map<String, @Nullable Object> first)
      throws InterruptedException {
    boolean terminal = Ansi.AUTO.enabled();
    Map<String, @Nullable Object> pull = first;
    PullLine before = PullLine.of(pull);
    for (int looks = 0; "running".equals(pull.get("state")); looks++) {
      PullLine now = PullLine.of(pull).since(before, Duration.ofMillis(REDRAW_MILLIS));
      if (terminal) {
        out.redraw(now.bar());
      } else if (looks % PLAIN_EVERY == 0) {
        out.println(now.words());
      }
      out.flush();
      before = now;
      Thread.sleep(REDRAW_MILLIS);
      pull = service.get("/models/pull");
    }
    if (terminal) {
      out.redraw("");
    }
    return pull;
  }

  private int end(Map<String, @Nullable Object> pull) {
    String name = JsonObject.text(pull, "name");
    switch (JsonObject.text(pull, "state")) {
      case "done" -> {
        out.println(
            name + " is there. Use it with ./zhiku model use; ./zhiku model list names it.");
        out.flush();
        return ExitCode.OK;
      }
      case "failed" ->
          throw new ServiceRefused(
              JsonObject.text(pull, "code"),
              JsonObject.text(pull, "detail"),
              JsonObject.text(pull, "remedy"));
      default -> {
        out.println("Somebody stopped it. The same command goes on where it ended.");
        out.flush();
        return ExitCode.SOFTWARE;
      }
    }
  }
}
