package dev.zhiku.app.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zhiku status}. */
@Command(
    name = "status",
    description = "Says what the running service has indexed, what waits, what failed.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  private static final int MOST_FAILURES = 20;
  private static final long REDRAW_MILLIS = 1_000;
  private static final int PLAIN_EVERY = 10;

  @Mixin private final ConfigOptions options = new ConfigOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "Prints what GET /status says and nothing else")
  private boolean json;

  @Option(names = "--follow", description = "Shows the progress until every file is read")
  private boolean follow;

  @Override
  public Integer call() throws InterruptedException {
    ConsoleWriter out = ConsoleWriter.of(spec);
    try (LocalService service = LocalService.of(options.load())) {
      Map<String, @Nullable Object> status = service.get("/status");
      if (json) {
        out.println(service.json(status));
        return ExitCode.OK;
      }
      print(status);
      printFailures(service.get("/documents?state=failed&limit=" + MOST_FAILURES));
      showProgress(out, service, ProgressLine.of(status));
    }
    return ExitCode.OK;
  }

  private void showProgress(ConsoleWriter out, LocalService service, ProgressLine first)
      throws InterruptedException {
    boolean terminal = Ansi.AUTO.enabled();
    if (!follow) {
      if (terminal && !first.atRest()) {
        out.println(first.bar());
      }
      out.flush();
      return;
    }
    ProgressLine now = first;
    for (int looks = 0; !now.atRest(); looks++) {
      if (terminal) {
        out.redraw(now.bar());
      } else if (looks % PLAIN_EVERY == 0) {
        out.println(now.words());
      }
      out.flush();
      Thread.sleep(REDRAW_MILLIS);
      now = ProgressLine.of(service.get("/status"));
    }
    if (terminal) {
      out.redraw("");
    }
    out.println(now.words());
    out.flush();
  }

  private void print(Map<String, @Nullable Object> status) {
    PrintWriter out = spec.commandLine().getOut();
    Map<String, @Nullable Object> files = JsonObject.object(status, "files");
    out.printf(
        "files      %s: %s indexed, %s failed, %s skipped, %s pending%n",
        files.get("total"),
        files.get("indexed"),
        files.get("failed"),
        files.get("skipped"),
        files.get("pending"));
    out.printf("passages   %s%n", status.get("passages"));
    printQueue(out, JsonObject.object(status, "queue"));
    Map<String, @Nullable Object> generator = JsonObject.object(status, "generator");
    out.printf(
        "answers    by %s%s%s%n",
        JsonObject.text(generator, "backend"),
        JsonObject.text(generator, "model").isEmpty()
            ? ""
            : " (" + JsonObject.text(generator, "model") + ")",
        Boolean.TRUE.equals(generator.get("ready"))
            ? ""
            : ", not ready: " + JsonObject.text(generator, "detail"));
    for (Map<String, @Nullable Object> source : JsonObject.objects(status, "sources")) {
      SourceLine.print(out, source);
    }
    out.flush();
  }

  private static void printQueue(PrintWriter out, Map<String, @Nullable Object> queue) {
    String eta =
        queue.get("eta_seconds") instanceof Number seconds && seconds.longValue() > 0
            ? ", about " + ProgressLine.spoken(Duration.ofSeconds(seconds.longValue())) + " left"
            : "";
    String paused = Boolean.TRUE.equals(queue.get("paused")) ? ", paused" : "";
    out.printf("queue      %s waiting%s%s%n", queue.get("depth"), eta, paused);
  }

  private void printFailures(Map<String, @Nullable Object> page) {
    PrintWriter out = spec.commandLine().getOut();
    for (Map<String, @Nullable Object> document : JsonObject.objects(page, "items")) {
      out.printf(
          "failed     %s: %s %s (%s%s)%n",
          JsonObject.text(document, "path"),
          JsonObject.text(document, "reason"),
          JsonObject.text(document, "remedy"),
          attempts(document),
          JsonObject.text(document, "next_retry_at").isEmpty()
              ? ""
              : ", tried again at " + JsonObject.text(document, "next_retry_at"));
    }
    out.flush();
  }

  private static String attempts(Map<String, @Nullable Object> document) {
    String attempts = JsonObject.text(document, "attempts");
    return attempts.equals("1") ? "1 attempt" : attempts + " attempts";
  }
}
