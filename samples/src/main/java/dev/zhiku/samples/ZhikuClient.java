package dev.zhiku.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;

/** The part of the HTTP interface that the examples need. Thread-safe; close it when done. */
final class ZhikuClient implements AutoCloseable {
  /** The events that end a stream; exactly one of them comes, and it is the last. */
  private static final Set<String> FINAL_EVENTS =
      Set.of("answered", "no_evidence", "passages", "failed");

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** A large model may have to be loaded before the first word of an answer. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(15);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String base;
  private final Optional<String> accessKey;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

  /**
   * @param base address of the service, such as {@code http://127.0.0.1:8650}, without a slash at
   *     the end
   * @param accessKey needed where the service listens on more than its own machine
   */
  ZhikuClient(String base, Optional<String> accessKey) {
    this.base = base;
    this.accessKey = accessKey;
  }

  /** The whole response to one question. */
  JsonNode ask(String question) throws IOException, InterruptedException {
    return accepted(send(query(question, "application/json")));
  }

  /**
   * Hands each event of one answer to the sink on the calling thread and returns after the last
   * one. Interrupting the caller closes the connection, which stops the generation as well.
   *
   * @throws EOFException when the stream breaks off before its last event
   */
  void follow(String question, BiConsumer<String, JsonNode> sink)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> response = send(query(question, "text/event-stream"));
    if (response.statusCode() != 200) {
      throw refusal(response);
    }
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      readEvents(lines, sink);
    }
  }

  /** Puts a file into the watched folder; the response is the document, usually still pending. */
  JsonNode upload(Path file) throws IOException, InterruptedException {
    String boundary = "zhiku-" + UUID.randomUUID();
    return accepted(
        send(
            request("/documents")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(multipart(file, boundary))
                .build()));
  }

  /** The document with this id as it is now. */
  JsonNode document(String id) throws IOException, InterruptedException {
    return accepted(send(request("/documents/" + id).GET().build()));
  }

  @Override
  public void close() {
    http.close();
  }

  private HttpRequest query(String question, String accepted) throws IOException {
    byte[] body = JSON.writeValueAsBytes(Map.of("question", question));
    return request("/query")
        .header("Content-Type", "application/json; charset=utf-8")
        .header("Accept", accepted)
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(ANSWER_TIMEOUT);
    accessKey.ifPresent(key -> builder.header("Authorization", "Bearer " + key));
    return builder;
  }

  private HttpResponse<InputStream> send(HttpRequest request)
      throws IOException, InterruptedException {
    return http.send(request, BodyHandlers.ofInputStream());
  }

  private static BodyPublisher multipart(Path file, String boundary) throws IOException {
    String name = String.valueOf(file.getFileName()).replace("\"", "%22");
    String head =
        "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n"
            .formatted(boundary, name);
    return BodyPublishers.concat(
        BodyPublishers.ofString(head),
        BodyPublishers.ofFile(file),
        BodyPublishers.ofString("\r\n--%s--\r\n".formatted(boundary)));
  }

  private static JsonNode accepted(HttpResponse<InputStream> response) throws IOException {
    if (response.statusCode() >= 400) {
      throw refusal(response);
    }
    try (InputStream body = response.body()) {
      return JSON.readTree(body);
    }
  }

  private static RefusedException refusal(HttpResponse<InputStream> response) throws IOException {
    String type = response.headers().firstValue("Content-Type").orElse("");
    try (InputStream body = response.body()) {
      if (!type.startsWith("application/problem+json")) {
        return new RefusedException(
            "HTTP status " + response.statusCode() + ", and no explanation came with it", "");
      }
      JsonNode problem = JSON.readTree(body);
      return new RefusedException(
          problem.path("code").asText() + ": " + problem.path("detail").asText(),
          problem.path("remedy").asText());
    }
  }

  /**
   * An event is a block of lines closed by an empty one. Lines that begin with a colon only keep
   * the connection alive.
   */
  private static void readEvents(BufferedReader lines, BiConsumer<String, JsonNode> sink)
      throws IOException {
    String name = "";
    StringBuilder data = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("event:")) {
        name = line.substring("event:".length()).strip();
      } else if (line.startsWith("data:")) {
        data.append(line, "data:".length(), line.length()).append('\n');
      } else if (line.isEmpty() && !data.isEmpty()) {
        sink.accept(name, JSON.readTree(data.toString()));
        if (FINAL_EVENTS.contains(name)) {
          return;
        }
        name = "";
        data.setLength(0);
      }
    }
    throw new EOFException("the stream broke off before its last event");
  }
}
