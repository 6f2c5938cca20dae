package dev.zhiku.server.audit;

import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An event in its place in the log.
 *
 * @param before hash of the record before it
 * @param hash SHA-256 of its line up to the hash itself
 * @param line it is kept as, without its end
 * @param sound whether the hash is that of the line
 */
public record AuditRecord(
    long number,
    Instant at,
    AuditEvent event,
    String before,
    String hash,
    String line,
    boolean sound) {
  private static final JsonMapper JSON = JsonMapper.createDefault();
  private static final Pattern LINE =
      Pattern.compile("(\\{.*),\"hash\":\"([0-9a-f]{64})\"}", Pattern.DOTALL);

  /** The record that follows another one. */
  static AuditRecord after(AuditHead head, Instant at, AuditEvent event) {
    long number = head.number() + 1;
    String open = open(number, at, event, head.hash());
    String hash = sha256(open);
    return new AuditRecord(
        number, at, event, head.hash(), hash, open + ",\"hash\":\"" + hash + "\"}", true);
  }

  /** Reads a line; empty if it has not the form of one. */
  static Optional<AuditRecord> read(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      Map<?, ?> object =
          JSON.readValue(line, Object.class) instanceof Map<?, ?> read ? read : Map.of();
      String hash = matcher.group(2);
      return Optional.of(
          new AuditRecord(
              number(object.get("number")),
              Instant.parse(text(object, "at")),
              event(object),
              text(object, "before"),
              hash,
              line,
              sha256(matcher.group(1)).equals(hash)));
    } catch (IOException | DateTimeException | ClassCastException e) {
      return Optional.empty();
    }
  }

  /** The place of this record. */
  public AuditHead head() {
    return new AuditHead(number, hash);
  }

  private static String open(long number, Instant at, AuditEvent event, String before) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("number", number);
    object.put("at", at.toString());
    object.put("what", event.what());
    object.put("who", event.who());
    object.put("role", event.role());
    object.put("behalf", event.behalf());
    object.put("from", event.from());
    object.put("request", event.request());
    object.put("subject", event.subject());
    object.put("outcome", event.outcome());
    event.answer().ifPresent(facts -> object.put("answer", object(facts)));
    event.document().ifPresent(facts -> object.put("document", object(facts)));
    object.put("before", before);
    try {
      String json = JSON.writeValueAsString(object);
      return json.substring(0, json.length() - 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> object(AuditEvent.AnswerFacts facts) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("id", facts.id());
    object.put("backend", facts.backend());
    object.put("model", facts.model());
    object.put("prompt_form", facts.promptForm());
    object.put("epoch", facts.epoch());
    object.put("files", facts.files());
    facts.question().ifPresent(question -> object.put("question", question));
    return object;
  }

  private static Map<String, Object> object(AuditEvent.DocumentFacts facts) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("id", facts.id());
    object.put("source", facts.source());
    object.put("path", facts.path());
    object.put("sha256", facts.sha256());
    object.put("bytes", facts.bytes());
    return object;
  }

  private static AuditEvent event(Map<?, ?> object) {
    return new AuditEvent(
        text(object, "what"),
        text(object, "who"),
        text(object, "role"),
        text(object, "behalf"),
        text(object, "from"),
        text(object, "request"),
        text(object, "subject"),
        text(object, "outcome"),
        object.get("answer") instanceof Map<?, ?> facts
            ? Optional.of(facts(facts))
            : Optional.empty(),
        object.get("document") instanceof Map<?, ?> facts
            ? Optional.of(document(facts))
            : Optional.empty());
  }

  private static AuditEvent.AnswerFacts facts(Map<?, ?> object) {
    List<String> files = new ArrayList<>();
    if (object.get("files") instanceof List<?> listed) {
      listed.forEach(file -> files.add(String.valueOf(file)));
    }
    return new AuditEvent.AnswerFacts(
        text(object, "id"),
        text(object, "backend"),
        text(object, "model"),
        text(object, "prompt_form"),
        number(object.get("epoch")),
        files,
        Optional.ofNullable(object.get("question")).map(String::valueOf));
  }

  private static AuditEvent.DocumentFacts document(Map<?, ?> object) {
    return new AuditEvent.DocumentFacts(
        text(object, "id"),
        text(object, "source"),
        text(object, "path"),
        text(object, "sha256"),
        number(object.get("bytes")));
  }

  private static String text(Map<?, ?> object, String key) {
    return object.get(key) instanceof String text ? text : "";
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : -1;
  }

  private static String sha256(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
