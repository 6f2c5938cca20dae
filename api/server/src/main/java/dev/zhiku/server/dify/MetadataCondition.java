package dev.zhiku.server.dify;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.server.http.JsonFields;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.http.StrictJson.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads conditions on what is known of documents, as Dify writes them. What a document does not
 * have is empty. Pure.
 */
final class MetadataCondition {
  private static final int MAX_CONDITIONS = 100;
  private static final int MAX_VALUES = 1_000;
  private static final int MAX_CHARS = 4_096;

  /** In the year 9999. */
  private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(253_402_300_799L);

  private MetadataCondition() {}

  /**
   * Which documents are meant.
   *
   * @throws Problem naming the field and the rule
   */
  static Predicate<CatalogEntry> of(JsonFields fields) {
    boolean any =
        switch (fields.text("logical_operator").orElse("and")) {
          case "and" -> false;
          case "or" -> true;
          default -> throw fields.refusal("logical_operator", ServerText.of("rule.and-or"));
        };
    List<Predicate<CatalogEntry>> all =
        fields
            .items("conditions", MAX_CONDITIONS, () -> ServerText.of("rule.objects"))
            .orElse(List.of())
            .stream()
            .map(MetadataCondition::comparison)
            .toList();
    if (all.isEmpty()) {
      return entry -> true;
    }
    return entry ->
        any
            ? all.stream().anyMatch(one -> one.test(entry))
            : all.stream().allMatch(one -> one.test(entry));
  }

  private static Predicate<CatalogEntry> comparison(Value value) {
    JsonFields fields =
        JsonFields.of(value, "metadata_condition.conditions", () -> ServerText.of("rule.objects"));
    List<String> names = texts(fields, "name");
    String operator = fields.text("comparison_operator", MAX_CHARS).orElse("");
    List<String> values = texts(fields, "value");
    Predicate<String> test = test(fields, operator, values);
    return entry -> names.stream().anyMatch(name -> test.test(known(entry, name)));
  }

  /** A text, a number or a list of them; nothing where there is none. */
  private static List<String> texts(JsonFields fields, String name) {
    Optional<Value> value = fields.value(name);
    if (value.isEmpty()) {
      return List.of();
    }
    List<Value> all =
        value.get() instanceof Value.Items
            ? fields
                .items(name, MAX_VALUES, () -> ServerText.of("rule.strings", MAX_VALUES))
                .orElse(List.of())
            : List.of(value.get());
    List<String> texts = new ArrayList<>();
    for (Value one : all) {
      texts.add(
          one instanceof Value.Num number
              ? number.value().toPlainString()
              : JsonFields.text(one, name, MAX_CHARS));
    }
    return texts;
  }

  private static String known(CatalogEntry entry, String name) {
    return switch (name) {
      case "document_id" -> entry.id().value();
      case "name", "document_name", "title" -> entry.name();
      case "source" -> entry.source();
      case "path" -> entry.path();
      case "media_type" -> entry.mediaType();
      case "size" -> Long.toString(entry.size());
      case "modified_at", "last_update_date" -> entry.modifiedAt().toString();
      default -> "";
    };
  }

  private static Predicate<String> test(JsonFields fields, String operator, List<String> values) {
    String first = values.isEmpty() ? "" : values.getFirst();
    return switch (operator) {
      case "contains" -> known -> small(known).contains(small(first));
      case "not contains" -> known -> !small(known).contains(small(first));
      case "start with" -> known -> small(known).startsWith(small(first));
      case "end with" -> known -> small(known).endsWith(small(first));
      case "is" -> known -> known.equals(first);
      case "is not" -> known -> !known.equals(first);
      case "in" -> listed(values)::contains;
      case "not in" -> known -> !listed(values).contains(known);
      case "empty" -> String::isEmpty;
      case "not empty" -> known -> !known.isEmpty();
      case "=" -> known -> order(known, first).filter(o -> o == 0).isPresent();
      case "≠" -> known -> order(known, first).filter(o -> o == 0).isEmpty();
      case ">", "after" -> known -> order(known, first).filter(o -> o > 0).isPresent();
      case "<", "before" -> known -> order(known, first).filter(o -> o < 0).isPresent();
      case "≥" -> known -> order(known, first).filter(o -> o >= 0).isPresent();
      case "≤" -> known -> order(known, first).filter(o -> o <= 0).isPresent();
      default -> throw fields.refusal("comparison_operator", ServerText.of("rule.comparison"));
    };
  }

  /** A list, also where it is written as one text with commas. */
  private static List<String> listed(List<String> values) {
    return values.size() == 1
        ? List.of(values.getFirst().split(",")).stream().map(String::strip).toList()
        : values;
  }

  private static String small(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** How two numbers or times are ordered; empty where they are neither. */
  private static Optional<Integer> order(String known, String given) {
    Optional<Instant> time = time(known);
    if (time.isPresent()) {
      Instant one = time.get();
      return time(given).or(() -> seconds(given)).map(one::compareTo);
    }
    return number(known).flatMap(one -> number(given).map(one::compareTo));
  }

  private static Optional<BigDecimal> number(String text) {
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** A time as ISO 8601 writes it, or a date, which begins at midnight UTC. */
  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return date(text);
    }
  }

  /** Seconds since 1970, as Dify sends times. */
  private static Optional<Instant> seconds(String text) {
    return number(text)
        .filter(value -> value.abs().compareTo(MOST_SECONDS) <= 0)
        .map(value -> Instant.ofEpochSecond(value.longValue()));
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
