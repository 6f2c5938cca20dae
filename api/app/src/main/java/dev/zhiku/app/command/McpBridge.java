package dev.zhiku.app.command;

import io.micronaut.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The Model Context Protocol between the lines of a client and a service: each line is a message
 * for the service, and each message of the service becomes a line. Several are under way at once.
 * Thread-safe.
 */
final class McpBridge {
  /** The number that JSON-RPC gives to what failed inside a server. */
  private static final int INTERNAL = -32_603;

  private static final String DATA = "data: ";

  private final Service service;
  private final OutputStream out;
  private final JsonMapper json = JsonMapper.createDefault();
  private volatile Optional<String> session = Optional.empty();

  McpBridge(Service service, OutputStream out) {
    this.service = service;
    this.out = out;
  }

  /** The service that messages are sent to. Thread-safe. */
  interface Service {
    Reply post(byte[] message, Optional<String> session) throws IOException, InterruptedException;
  }

  /**
   * The response of the service.
   *
   * @param session that it begins, if it does
   * @param stream whether the body is a stream of events
   */
  record Reply(int status, Optional<String> session, boolean stream, InputStream body) {}

  /** Hands over every line until there are no more, and waits for what is under way then. */
  void run(InputStream in) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    try (ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String message = line;
        if (!message.isBlank()) {
          calls.execute(() -> handOver(message));
        }
      }
    }
  }

  private void handOver(String message) {
    try {
      Reply reply = service.post(message.getBytes(StandardCharsets.UTF_8), session);
      if (reply.session().isPresent()) {
        session = reply.session();
      }
      try (InputStream body = reply.body()) {
        if (reply.stream()) {
          writeEvents(body);
        } else {
          writeWhole(message, reply.status(), body.readAllBytes());
        }
      }
    } catch (IOException e) {
      refuse(message, "The service cannot be reached. Start it with ./zhiku serve.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void writeEvents(InputStream body) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(DATA) && line.length() > DATA.length()) {
        write(line.substring(DATA.length()));
      }
    }
  }

  private void writeWhole(String message, int status, byte[] body) throws IOException {
    if (body.length == 0) {
      return;
    }
    Map<String, @Nullable Object> answer = JsonObject.read(json, body);
    if (status < 400 || answer.containsKey("jsonrpc")) {
      write(new String(body, StandardCharsets.UTF_8));
    } else {
      refuse(message, JsonObject.text(answer, "detail") + " " + JsonObject.text(answer, "remedy"));
    }
  }

  /** Tells a client that waits for an answer why there is none. */
  private void refuse(String message, String why) {
    try {
      Object id = JsonObject.read(json, message.getBytes(StandardCharsets.UTF_8)).get("id");
      if (id != null) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("jsonrpc", "2.0");
        answer.put("id", id);
        answer.put("error", Map.of("code", INTERNAL, "message", why));
        write(json.writeValueAsString(answer));
      }
    } catch (IOException e) {
      // What is no message has nobody who waits for an answer, and a client that has gone neither.
      return;
    }
  }

  private void write(String line) throws IOException {
    synchronized (out) {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }
}
