package dev.zhiku.app.command;

import dev.zhiku.ingest.source.HiddenCharacters;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The requests of a client, sent with its key, and what it would see of the answers. */
final class ClientTrial {
  /** Most that is read of an answer, in bytes. */
  private static final int MOST_BYTES = 1 << 20;

  /** Most that is shown of a text, in characters, and of a list, in entries. */
  private static final int MOST_CHARS = 200;

  private static final int MOST_ENTRIES = 10;

  private static final String QUESTION = "\"{question}\"";

  private final LocalService service;
  private final Optional<String> key;
  private final String question;
  private final boolean ownPort;
  private final JsonMapper json = JsonMapper.createDefault();

  /**
   * @param key in place of the one of this machine
   * @param question empty where there is none to ask
   * @param ownPort whether the client is given another port than the one of the service
   */
  ClientTrial(LocalService service, Optional<String> key, String question, boolean ownPort) {
    this.ownPort = ownPort;
    this.service = service;
    this.key = key;
    this.question = question;
  }

  /**
   * The result of one check, as the client sees it.
   *
   * @param well whether the answer has all that it looks for
   * @param lines fit for a terminal
   */
  record Seen(boolean well, List<String> lines) {
    Seen {
      lines = List.copyOf(lines);
    }
  }

  /** Sends one request. */
  Seen of(Map<String, @Nullable Object> check) throws IOException, InterruptedException {
    Optional<byte[]> body = body(check);
    if (body.isPresent() && question.isEmpty() && names(body.get(), QUESTION)) {
      return new Seen(false, List.of("There are no documents to ask; give --question \"…\"."));
    }
    Map<String, String> headers = new HashMap<>();
    key.ifPresent(secret -> headers.put("Authorization", "Bearer " + secret));
    URI address = URI.create(JsonObject.text(check, "url"));
    HttpResponse<InputStream> response =
        service.exchange(
            JsonObject.text(check, "method"),
            address.getRawPath(),
            ownPort ? OptionalInt.of(address.getPort()) : OptionalInt.empty(),
            body.map(this::asking),
            headers);
    byte[] answer;
    try (InputStream in = response.body()) {
      answer = in.readNBytes(MOST_BYTES);
    }
    return response.statusCode() == 200
        ? seen(check, json.readValue(answer, Object.class))
        : new Seen(
            false,
            List.of(
                "status "
                    + response.statusCode()
                    + ": "
                    + shown(new String(answer, StandardCharsets.UTF_8))));
  }

  private Optional<byte[]> body(Map<String, @Nullable Object> check) throws IOException {
    Map<String, @Nullable Object> body = JsonObject.object(check, "body");
    return body.isEmpty() ? Optional.empty() : Optional.of(json.writeValueAsBytes(body));
  }

  private static boolean names(byte[] body, String text) {
    return new String(body, StandardCharsets.UTF_8).contains(text);
  }

  private byte[] asking(byte[] body) {
    try {
      return new String(body, StandardCharsets.UTF_8)
          .replace(QUESTION, json.writeValueAsString(question))
          .getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("a text became no JSON", e);
    }
  }

  private static Seen seen(Map<String, @Nullable Object> check, @Nullable Object answer) {
    List<String> lines = new ArrayList<>();
    boolean well = true;
    Map<String, @Nullable Object> shows = new TreeMap<>(JsonObject.object(check, "shows"));
    for (String name : shows.keySet()) {
      List<String> found = at(answer, List.of(JsonObject.text(shows, name).split("/")));
      well &= found.stream().anyMatch(text -> !text.isBlank());
      lines.add(name + ": " + (found.isEmpty() ? "none" : joined(found)));
    }
    return new Seen(well, lines);
  }

  private static String joined(List<String> found) {
    String first = shown(String.join(", ", found.stream().distinct().limit(MOST_ENTRIES).toList()));
    return found.size() > MOST_ENTRIES ? first + " …" : first;
  }

  private static String shown(String text) {
    String line = HiddenCharacters.shown(text.replaceAll("\\s+", " ").strip());
    return line.codePointCount(0, line.length()) <= MOST_CHARS
        ? line
        : line.substring(0, line.offsetByCodePoints(0, MOST_CHARS)) + "…";
  }

  /** The texts at a place of an answer: a name of an object, a number or {@code *} of a list. */
  private static List<String> at(@Nullable Object value, List<String> path) {
    if (value == null) {
      return List.of();
    }
    if (path.isEmpty()) {
      return List.of(value.toString());
    }
    String step = path.getFirst();
    List<String> rest = path.subList(1, path.size());
    if (value instanceof Map<?, ?> object) {
      return at(object.get(step), rest);
    }
    if (!(value instanceof List<?> list)) {
      return List.of();
    }
    return step.equals("*")
        ? list.stream().flatMap(entry -> at(entry, rest).stream()).toList()
        : list.stream().skip(Long.parseLong(step)).findFirst().stream()
            .flatMap(entry -> at(entry, rest).stream())
            .toList();
  }
}
