package dev.zhiku.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.zhiku.server.http.StrictJson.Value;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A value that was read, written as JSON again, with its fields in their order. Pure. */
public final class JsonText {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonText() {}

  /** The text of a value, in one line. */
  public static String of(Value value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      write(value, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /**
   * The fields of an object, as plain values.
   *
   * @param json an object
   * @throws IllegalArgumentException if it is none
   */
  public static Map<String, Object> fields(String json) {
    if (StrictJson.read(json.getBytes(StandardCharsets.UTF_8)) instanceof Value.Fields object) {
      return plain(object);
    }
    throw new IllegalArgumentException("no object");
  }

  private static Map<String, Object> plain(Value.Fields object) {
    Map<String, Object> fields = new LinkedHashMap<>();
    object.values().forEach((name, value) -> fields.put(name, plain(value)));
    return fields;
  }

  private static @Nullable Object plain(Value value) {
    return switch (value) {
      case Value.Null none -> null;
      case Value.Bool bool -> bool.value();
      case Value.Num number -> number.value();
      case Value.Text text -> text.value();
      case Value.Items items ->
          items.values().stream()
              .map(JsonText::plain)
              .collect(Collectors.toCollection(ArrayList::new));
      case Value.Fields object -> plain(object);
    };
  }

  private static void write(Value value, JsonGenerator out) throws IOException {
    switch (value) {
      case Value.Null none -> out.writeNull();
      case Value.Bool bool -> out.writeBoolean(bool.value());
      case Value.Num number -> out.writeNumber(number.value());
      case Value.Text text -> out.writeString(text.value());
      case Value.Items items -> {
        out.writeStartArray();
        for (Value item : items.values()) {
          write(item, out);
        }
        out.writeEndArray();
      }
      case Value.Fields object -> {
        out.writeStartObject();
        for (Map.Entry<String, Value> field : object.values().entrySet()) {
          out.writeFieldName(field.getKey());
          write(field.getValue(), out);
        }
        out.writeEndObject();
      }
    }
  }
}
