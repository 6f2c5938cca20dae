package dev.zhiku.app.command;

import dev.zhiku.app.config.ZhikuConfig;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/** What {@code zhiku doctor --egress} shows of a running service. */
final class EgressReport {
  private static final String LINE = "%-40s %-12s %10s %10s%n";

  private EgressReport() {}

  static int print(ZhikuConfig config, boolean json, PrintWriter out)
      throws InterruptedException, IOException {
    Map<String, @Nullable Object> sent;
    try (LocalService service = LocalService.of(config)) {
      sent = service.get("/egress");
    }
    List<Map<String, @Nullable Object>> hosts = JsonObject.objects(sent, "items");
    if (json) {
      out.println(JsonMapper.createDefault().writeValueAsString(sent));
    } else if (hosts.isEmpty()) {
      out.println("Nothing was sent to any host since " + JsonObject.text(sent, "since") + ".");
    } else {
      out.println("Since " + JsonObject.text(sent, "since"));
      out.printf(LINE, "HOST", "PURPOSE", "ATTEMPTS", "REFUSED");
      hosts.forEach(
          host ->
              out.printf(
                  LINE,
                  JsonObject.text(host, "host"),
                  JsonObject.text(host, "purpose"),
                  JsonObject.text(host, "attempts"),
                  JsonObject.text(host, "refused")));
    }
    out.flush();
    return ExitCode.OK;
  }
}
