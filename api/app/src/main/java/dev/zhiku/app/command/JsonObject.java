package dev.zhiku.app.command;

import dev.zhiku.ingest.source.HiddenCharacters;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON objects of the service without a class for each; absent keys are empty. */
final class JsonObject {
  private JsonObject() {}

  /**
   * @throws IOException if the body is not one JSON object
   */
  static Map<String, @Nullable Object> read(JsonMapper json, byte[] body) throws IOException {
    return checked(json.readValue(body, Object.class));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> checked(@Nullable Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    throw new IOException("the answer is not a JSON object");
  }

  /** On one line and fit for a terminal: names in it may come from anybody. */
  static String text(Map<String, @Nullable Object> object, String key) {
    Object value = object.get(key);
    return value == null ? "" : HiddenCharacters.shown(value.toString());
  }

  /** The same with its line breaks. */
  static String lines(Map<String, @Nullable Object> object, String key) {
    Object value = object.get(key);
    return value == null ? "" : HiddenCharacters.shownLines(value.toString());
  }

  /** The texts of a list, each fit for a terminal. */
  static List<String> texts(Map<String, @Nullable Object> object, String key) {
    return object.get(key) instanceof List<?> list
        ? list.stream().map(value -> HiddenCharacters.shown(String.valueOf(value))).toList()
        : List.of();
  }

  @SuppressWarnings("unchecked")
  static Map<String, @Nullable Object> object(Map<String, @Nullable Object> object, String key) {
    return object.get(key) instanceof Map<?, ?> map
        ? (Map<String, @Nullable Object>) map
        : Map.of();
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, @Nullable Object>> objects(
      Map<String, @Nullable Object> object, String key) {
    return object.get(key) instanceof List<?> list
        ? (List<Map<String, @Nullable Object>>) list
        : List.of();
  }
}
