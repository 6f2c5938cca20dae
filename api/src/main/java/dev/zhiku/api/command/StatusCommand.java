package dev.zhiku.api.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code zhiku status}. */
@Command(
    name = "status",
    description = "Says what the running service has indexed, what waits, what failed.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  private static final int MOST_FAILURES = 20;

  @Mixin private final ConfigOptions options = new ConfigOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    try (LocalService service = LocalService.of(options.load())) {
      print(service.get("/status"));
      printFailures(service.get("/documents?state=failed&limit=" + MOST_FAILURES));
      return 0;
    }
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
        "answers    by %s%s%n",
        JsonObject.text(generator, "backend"),
        Boolean.TRUE.equals(generator.get("ready"))
            ? ""
            : ", not ready: " + JsonObject.text(generator, "detail"));
    for (Map<String, @Nullable Object> source : JsonObject.objects(status, "sources")) {
      printSource(out, source);
    }
    out.flush();
  }

  private static void printQueue(PrintWriter out, Map<String, @Nullable Object> queue) {
    String eta =
        queue.get("eta_seconds") instanceof Number seconds && seconds.longValue() > 0
            ? ", about " + spoken(Duration.ofSeconds(seconds.longValue())) + " left"
            : "";
    String paused = Boolean.TRUE.equals(queue.get("paused")) ? ", paused" : "";
    out.printf("queue      %s waiting%s%s%n", queue.get("depth"), eta, paused);
  }

  private static String spoken(Duration duration) {
    return duration.toMinutes() >= 2 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
  }

  private static void printSource(PrintWriter out, Map<String, @Nullable Object> source) {
    String state =
        Boolean.TRUE.equals(source.get("held"))
            ? " (held)"
            : Boolean.TRUE.equals(source.get("online")) ? "" : " (offline)";
    String detail = JsonObject.text(source, "detail");
    out.printf(
        "source     %s%s: %s%s%n",
        JsonObject.text(source, "name"),
        state,
        JsonObject.text(source, "root"),
        detail.isEmpty() ? "" : "\n           " + detail);
  }

  private void printFailures(Map<String, @Nullable Object> page) {
    PrintWriter out = spec.commandLine().getOut();
    for (Map<String, @Nullable Object> document : JsonObject.objects(page, "items")) {
      out.printf(
          "failed     %s: %s %s%n",
          JsonObject.text(document, "path"),
          JsonObject.text(document, "reason"),
          JsonObject.text(document, "remedy"));
    }
    out.flush();
  }
}
