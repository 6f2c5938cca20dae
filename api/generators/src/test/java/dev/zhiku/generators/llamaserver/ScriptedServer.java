package dev.zhiku.generators.llamaserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;

/**
 * A program that is called like {@code llama-server}, and says the same to every question: for
 * tests of its keeper where the real one is not at hand.
 */
public final class ScriptedServer {
  private ScriptedServer() {}

  /** A script that starts it, and writes down how it was called. */
  static Path program(Path folder) throws IOException {
    Path script = folder.resolve("llama-server");
    Files.writeString(
        script,
        """
        #!/bin/sh
        printf '%%s\\n' "$@" > '%s'
        env > '%s'
        exec '%s' -cp '%s' %s "$@"
        """
            .formatted(
                folder.resolve("arguments"),
                folder.resolve("environment"),
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                ScriptedServer.class.getName()));
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  public static void main(String[] arguments) throws IOException {
    List<String> given = Arrays.asList(arguments);
    String key = Files.readString(Path.of(after(given, "--api-key-file"))).strip();
    String name = after(given, "--alias");
    int port = Integer.parseInt(after(given, "--port"));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/health", exchange -> say(exchange, 200, "{\"status\":\"ok\"}"));
    server.createContext(
        "/v1/models",
        exchange ->
            sayWithKey(
                exchange, key, "{\"data\":[{\"id\":\"" + name + "\",\"meta\":{\"n_ctx\":1024}}]}"));
    server.createContext(
        "/v1/chat/completions",
        exchange ->
            sayWithKey(
                exchange,
                key,
                """
                data: {"choices":[{"delta":{"content":"Yes."}}]}

                data: {"choices":[{"delta":{},"finish_reason":"stop"}],\
                "usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}}

                data: [DONE]

                """));
    server.start();
  }

  private static String after(List<String> arguments, String option) {
    return arguments.get(arguments.indexOf(option) + 1);
  }

  private static void sayWithKey(HttpExchange exchange, String key, String body)
      throws IOException {
    String shown = exchange.getRequestHeaders().getFirst("Authorization");
    boolean known = ("Bearer " + key).equals(shown);
    say(exchange, known ? 200 : 401, known ? body : "{\"error\":{\"message\":\"no key\"}}");
  }

  private static void say(HttpExchange exchange, int status, String body) throws IOException {
    boolean stream = body.startsWith("data:");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange
        .getResponseHeaders()
        .set("Content-Type", stream ? "text/event-stream" : "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
