package dev.zhiku.app.support;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is configured, and what the service says of itself, in numbers and in words of ours alone.
 */
final class FactsWithoutWords {
  /** Fields whose texts are words of the service, or names of versions and models. */
  private static final Set<String> OURS =
      Set.of(
          "version",
          "backend",
          "prompt_form",
          "mode",
          "status",
          "part",
          "code",
          "generation",
          "store",
          "found_at",
          "last_scan_at",
          "index_verified_at",
          "counted_at");

  private FactsWithoutWords() {}

  /** Of a JSON value numbers, truths, and those texts that nobody else wrote. */
  static @Nullable Object of(@Nullable Object value, String field) {
    return switch (value) {
      case null -> null;
      case Map<?, ?> object -> {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        object.forEach((key, inner) -> kept.put(key.toString(), of(inner, key.toString())));
        yield kept;
      }
      case List<?> list -> {
        List<@Nullable Object> kept = new ArrayList<>();
        list.forEach(inner -> kept.add(of(inner, field)));
        yield kept;
      }
      case String text -> OURS.contains(field) ? text : "(" + text.length() + " characters)";
      default -> value;
    };
  }

  /** Every key with its number, truth, time or choice; of anything else, whether it is set. */
  static Map<String, String> ofConfiguration(Record configuration) {
    Map<String, String> facts = new TreeMap<>();
    add(configuration, "zhiku", facts);
    return facts;
  }

  private static void add(Record group, String prefix, Map<String, String> facts) {
    for (RecordComponent component : group.getClass().getRecordComponents()) {
      String key = prefix + "." + component.getName();
      Object value = value(group, component);
      switch (value) {
        case Record inner -> add(inner, key, facts);
        case Number number -> facts.put(key, number.toString());
        case Boolean truth -> facts.put(key, truth.toString());
        case Enum<?> choice -> facts.put(key, choice.name());
        case Duration time -> facts.put(key, time.toString());
        case List<?> list -> facts.put(key, list.size() + " listed");
        case Optional<?> perhaps -> facts.put(key, perhaps.isPresent() ? "set" : "not set");
        default -> facts.put(key, "set");
      }
    }
  }

  private static Object value(Record group, RecordComponent component) {
    try {
      return component.getAccessor().invoke(group);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }
}
