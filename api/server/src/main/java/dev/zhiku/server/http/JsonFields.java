package dev.zhiku.server.http;

import dev.zhiku.answering.problem.NearestName;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.server.http.StrictJson.Value;
import io.micronaut.core.naming.NameUtils;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The fields of a JSON object, read by name and type. Whatever does not fit is refused with the
 * path of the field, the rule and the value. A field that is null is one that is left out. Pure.
 */
public final class JsonFields {
  private static final int MAX_SHOWN = 40;

  private final String path;
  private final Value.Fields fields;

  private JsonFields(String path, Value.Fields fields) {
    this.path = path;
    this.fields = fields;
  }

  /**
   * The fields of a body.
   *
   * @throws Problem {@code body-not-utf-8} or {@code malformed-json}, which it also is if it is no
   *     object
   */
  public static JsonFields of(byte[] body) {
    if (StrictJson.read(body) instanceof Value.Fields fields) {
      return new JsonFields("", fields);
    }
    throw new Problem(ProblemCode.MALFORMED_JSON, "the body is not an object");
  }

  /**
   * The fields of a value.
   *
   * @param where path of the value, before the names of its fields
   * @param rule that a value breaks which is no object
   */
  public static JsonFields of(Value value, String where, Supplier<Phrase> rule) {
    if (value instanceof Value.Fields fields) {
      return new JsonFields(where + ".", fields);
    }
    throw refusal(where, rule.get(), value);
  }

  /**
   * The same, if it holds no other fields than a record has.
   *
   * @throws Problem {@code unknown-field} with the nearest name
   */
  public JsonFields only(Class<? extends Record> body) {
    List<String> known = names(body);
    for (String name : fields.values().keySet()) {
      if (!known.contains(name)) {
        throw new Problem(
            ProblemCode.UNKNOWN_FIELD, path + shorten(name) + NearestName.hint(name, known, path));
      }
    }
    return this;
  }

  /** Names of a record's fields on the wire, in order. */
  private static List<String> names(Class<? extends Record> body) {
    return Arrays.stream(body.getRecordComponents())
        .map(RecordComponent::getName)
        .map(name -> NameUtils.underscoreSeparate(name).toLowerCase(Locale.ROOT))
        .toList();
  }

  /** The value of a field, whatever its type. */
  public Optional<Value> value(String name) {
    return Optional.ofNullable(fields.values().get(name)).filter(v -> !(v instanceof Value.Null));
  }

  /** The value of a field that has to be given. */
  public Value required(String name) {
    return value(name)
        .orElseThrow(() -> refusal(path + name, ServerText.of("rule.given"), new Value.Null()));
  }

  public Optional<String> text(String name) {
    return value(name).map(value -> text(value, path + name));
  }

  /**
   * @param maxChars longest text taken
   */
  public Optional<String> text(String name, int maxChars) {
    return value(name).map(value -> text(value, path + name, maxChars));
  }

  /** A value that has to be a text. */
  public static String text(Value value, String where) {
    if (value instanceof Value.Text text) {
      return text.value();
    }
    throw refusal(where, ServerText.of("rule.string"), value);
  }

  /**
   * A value that has to be a text.
   *
   * @param maxChars longest text taken
   */
  public static String text(Value value, String where, int maxChars) {
    String text = text(value, where);
    if (text.length() > maxChars) {
      throw refusal(where, ServerText.of("rule.characters", maxChars), value);
    }
    return text;
  }

  public Optional<Boolean> bool(String name) {
    return value(name)
        .map(
            value -> {
              if (value instanceof Value.Bool bool) {
                return bool.value();
              }
              throw refusal(path + name, ServerText.of("rule.true-false-or-null"), value);
            });
  }

  public Optional<BigDecimal> number(String name) {
    return value(name).map(value -> number(value, path + name, JsonFields::isNumber));
  }

  /** A number within bounds, both included. */
  public Optional<Double> number(String name, int least, int most) {
    return value(name)
        .map(
            value -> {
              BigDecimal number = number(value, path + name, JsonFields::isNumber);
              if (isWithin(number, least, most)) {
                return number.doubleValue();
              }
              throw refusal(path + name, ServerText.of("rule.number-range", least, most), value);
            });
  }

  /** A whole number within bounds, both included. */
  public Optional<Integer> integer(String name, int least, int most) {
    Supplier<Phrase> rule = () -> ServerText.of("rule.integer-range", least, most);
    return value(name)
        .map(
            value -> {
              BigDecimal number = number(value, path + name, rule);
              if (isWithin(number, least, most) && number.remainder(BigDecimal.ONE).signum() == 0) {
                return number.intValueExact();
              }
              throw refusal(path + name, rule.get(), value);
            });
  }

  private static Phrase isNumber() {
    return ServerText.of("rule.number");
  }

  private static BigDecimal number(Value value, String where, Supplier<Phrase> rule) {
    if (value instanceof Value.Num number) {
      return number.value();
    }
    throw refusal(where, rule.get(), value);
  }

  private static boolean isWithin(BigDecimal number, int least, int most) {
    return number.compareTo(BigDecimal.valueOf(least)) >= 0
        && number.compareTo(BigDecimal.valueOf(most)) <= 0;
  }

  /** The fields of an object in a field. */
  public Optional<JsonFields> object(String name) {
    return value(name).map(value -> of(value, path + name, () -> ServerText.of("rule.object")));
  }

  /**
   * The values of a list in a field.
   *
   * @param most values taken
   * @param rule that is broken by more of them and by any other value
   */
  public Optional<List<Value>> items(String name, int most, Supplier<Phrase> rule) {
    return value(name)
        .map(
            value -> {
              if (value instanceof Value.Items items && items.values().size() <= most) {
                return items.values();
              }
              throw refusal(path + name, rule.get(), value);
            });
  }

  /** The refusal of a field of these by its name, its rule and its value. */
  public Problem refusal(String name, Phrase rule) {
    return refusal(path + name, rule, fields.values().getOrDefault(name, new Value.Null()));
  }

  /** The refusal of a value by its path, its rule and what it is. */
  public static Problem refusal(String where, Phrase rule, Value value) {
    return new Problem(
        ProblemCode.VALUE_OUT_OF_RANGE, where, ServerText.of("rule.got", rule, shown(value)));
  }

  private static String shown(Value value) {
    return switch (value) {
      case Value.Null none -> "null";
      case Value.Bool bool -> Boolean.toString(bool.value());
      case Value.Num number -> number.value().toString();
      case Value.Text text -> "\"" + shorten(text.value()) + "\"";
      case Value.Items items -> "[" + items.values().size() + "]";
      case Value.Fields object -> "{" + object.values().size() + "}";
    };
  }

  private static String shorten(String text) {
    String line = text.replaceAll("\\p{Cntrl}|\\p{Cf}", " ");
    return line.length() <= MAX_SHOWN
        ? line
        : line.substring(0, line.offsetByCodePoints(0, MAX_SHOWN / 2)) + "…";
  }
}
