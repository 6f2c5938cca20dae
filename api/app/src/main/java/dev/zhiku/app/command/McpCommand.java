package dev.zhiku.app.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** {@code zhiku mcp}. */
@Command(
    name = "mcp",
    description =
        "Speaks the Model Context Protocol on standard input and output with the running service,"
            + " for clients that start a program.",
    mixinStandardHelpOptions = true)
final class McpCommand implements Callable<Integer> {
  private static final String SESSION = "Mcp-Session-Id";

  @Mixin private final ConfigOptions options = new ConfigOptions();
  private final InputStream in;
  private final OutputStream out;

  /**
   * @param in lines of the client
   * @param out takes nothing but lines of the protocol
   */
  McpCommand(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    try (LocalService service = LocalService.of(options.load())) {
      new McpBridge((message, session) -> post(service, message, session), out).run(in);
    }
    return ExitCode.OK;
  }

  private static McpBridge.Reply post(
      LocalService service, byte[] message, Optional<String> session)
      throws IOException, InterruptedException {
    Map<String, String> headers = new HashMap<>();
    headers.put("Accept", "application/json, text/event-stream");
    session.ifPresent(name -> headers.put(SESSION, name));
    HttpResponse<InputStream> response = service.exchange("/mcp", message, headers);
    return new McpBridge.Reply(
        response.statusCode(),
        response.headers().firstValue(SESSION),
        response
            .headers()
            .firstValue("Content-Type")
            .filter(type -> type.startsWith("text/event-stream"))
            .isPresent(),
        response.body());
  }
}
