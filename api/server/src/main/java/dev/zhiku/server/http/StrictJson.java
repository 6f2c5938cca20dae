package dev.zhiku.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a body as one JSON value and forgives nothing: bytes that are not UTF-8, duplicate keys,
 * deep nesting, huge numbers, anything after the value. Pure.
 */
public final class StrictJson {
  /** Deepest nesting; the schemas of tools, which some clients send along, need more than a few. */
  static final int MAX_DEPTH = 64;

  private static final int MAX_NUMBER_CHARS = 64;
  private static final int MAX_NAME_CHARS = 256;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_CHARS)
                  .maxNameLength(MAX_NAME_CHARS)
                  .build())
          .build();

  private StrictJson() {}

  /** A value as it stands in the body. */
  public sealed interface Value {
    record Null() implements Value {}

    record Bool(boolean value) implements Value {}

    record Num(BigDecimal value) implements Value {}

    record Text(String value) implements Value {}

    record Items(List<Value> values) implements Value {
      public Items {
        values = List.copyOf(values);
      }
    }

    /** Fields in the order of the body. */
    record Fields(Map<String, Value> values) implements Value {}
  }

  /**
   * The value that a body is.
   *
   * @throws Problem {@code body-not-utf-8} or {@code malformed-json}
   */
  public static Value read(byte[] body) {
    String text = decode(body);
    try (JsonParser parser = FACTORY.createParser(text)) {
      parser.nextToken();
      Value value = value(parser);
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "there is something after the end of the object");
      }
      return value;
    } catch (IOException | NumberFormatException e) {
      throw new Problem(ProblemCode.MALFORMED_JSON, String.valueOf(e.getMessage()));
    }
  }

  private static String decode(byte[] body) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(body))
              .toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new Problem(ProblemCode.BODY_NOT_UTF_8, String.valueOf(e.getMessage()));
    }
  }

  private static Value value(JsonParser parser) throws IOException {
    JsonToken token =
        Optional.ofNullable(parser.currentToken())
            .orElseThrow(() -> new JsonParseException(parser, "the body is empty"));
    return switch (token) {
      case VALUE_NULL -> new Value.Null();
      case VALUE_TRUE -> new Value.Bool(true);
      case VALUE_FALSE -> new Value.Bool(false);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Value.Num(parser.getDecimalValue());
      case VALUE_STRING -> new Value.Text(parser.getText());
      case START_ARRAY -> items(parser);
      case START_OBJECT -> fields(parser);
      case END_ARRAY, END_OBJECT, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new JsonParseException(parser, "unexpected " + token);
    };
  }

  private static Value items(JsonParser parser) throws IOException {
    List<Value> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(parser));
    }
    return new Value.Items(values);
  }

  private static Value fields(JsonParser parser) throws IOException {
    Map<String, Value> values = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      values.put(name, value(parser));
    }
    return new Value.Fields(values);
  }
}
