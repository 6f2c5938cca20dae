package dev.zhiku.samples;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Speaks as much of the HTTP contract as the examples use, and knows the answers to two questions
 * of the corpus.
 */
final class ScriptedService implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<Known> KNOWN =
      List.of(
          new Known("手卫生依从率目标", "hospital/手卫生管理规定.html", "监测", "依从率目标：全院不低于 85%，重症监护病房不低于 92%。"),
          new Known(
              "TB-507",
              "it/remote-access-guide.html",
              "Error messages",
              "TB-507 no free address at the gateway choose the other gateway"));

  private final HttpServer server;

  private ScriptedService(HttpServer server) {
    this.server = server;
  }

  private record Known(String keyword, String path, String location, String quote) {}

  static ScriptedService start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/query", ScriptedService::query);
    server.createContext("/documents", ScriptedService::documents);
    server.start();
    return new ScriptedService(server);
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static void query(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String question;
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      question = JSON.readTree(text).path("question").asText();
    } catch (CharacterCodingException e) {
      refuse(exchange, "body-not-utf-8", "The body is not UTF-8.", "Send the bytes as UTF-8.");
      return;
    } catch (IOException e) {
      refuse(exchange, "malformed-json", "The body is not JSON.", "Send one JSON object.");
      return;
    }
    if (question.isBlank()) {
      refuse(
          exchange, "question-empty", "The question is empty.", "Ask in at least one character.");
    } else if ("text/event-stream".equals(exchange.getRequestHeaders().getFirst("Accept"))) {
      stream(exchange, response(question));
    } else {
      send(exchange, 200, "application/json", JSON.writeValueAsString(response(question)));
    }
  }

  private static Map<String, Object> response(String question) {
    return KNOWN.stream()
        .filter(known -> question.contains(known.keyword()))
        .findFirst()
        .map(ScriptedService::answered)
        .orElseGet(
            () ->
                Map.of(
                    "status", "no_evidence",
                    "answer", "Nothing in the collection answers this.",
                    "citations", List.of(),
                    "passages", List.of(),
                    "warnings", List.of()));
  }

  private static Map<String, Object> answered(Known known) {
    Map<String, Object> citation =
        Map.of(
            "number", 1,
            "path", known.path(),
            "location", known.location(),
            "quote", known.quote(),
            "url", "/documents/d_1/content");
    return Map.of(
        "status", "answered",
        "answer", known.quote() + " [1]",
        "citations", List.of(citation),
        "passages", List.of(Map.of("number", 1, "text", known.quote())),
        "warnings", List.of());
  }

  private static void stream(HttpExchange exchange, Map<String, Object> response)
      throws IOException {
    StringBuilder events = new StringBuilder(": kept alive\n\n");
    append(
        events,
        "retrieved",
        Map.of("id", "q_1", "passages", response.getOrDefault("passages", List.of())));
    if (response.containsValue("answered")) {
      append(events, "text", Map.of("text", response.getOrDefault("answer", "")));
    }
    append(events, String.valueOf(response.get("status")), response);
    send(exchange, 200, "text/event-stream", events.toString());
  }

  private static void append(StringBuilder events, String name, Object data) throws IOException {
    events.append("event: ").append(name).append('\n');
    events.append("data: ").append(JSON.writeValueAsString(data)).append("\n\n");
  }

  private static void documents(HttpExchange exchange) throws IOException {
    boolean upload = exchange.getRequestMethod().equals("POST");
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (upload && !body.contains("name=\"file\"; filename=\"新制度.txt\"")) {
      refuse(exchange, "malformed-multipart", "No file came.", "Send a part named file.");
      return;
    }
    Map<String, Object> document =
        Map.of(
            "id",
            "d_1",
            "path",
            "新制度.txt",
            "state",
            upload ? "pending" : "indexed",
            "passages",
            upload ? 0 : 1);
    send(exchange, upload ? 202 : 200, "application/json", JSON.writeValueAsString(document));
  }

  private static void refuse(HttpExchange exchange, String code, String detail, String remedy)
      throws IOException {
    Map<String, Object> problem =
        Map.of("status", 400, "code", code, "detail", detail, "remedy", remedy);
    send(exchange, 400, "application/problem+json", JSON.writeValueAsString(problem));
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
