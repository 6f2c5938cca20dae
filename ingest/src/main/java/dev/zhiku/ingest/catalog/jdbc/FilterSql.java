package dev.zhiku.ingest.catalog.jdbc;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A condition over {@code documents}, built up from parts; every value is a bind parameter. */
final class FilterSql {
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> parameters = new ArrayList<>();

  /** Narrows to what the filter accepts. */
  FilterSql accept(Filter filter) {
    conditions.add(write(filter));
    return this;
  }

  /** Narrows by a condition with one {@code ?} per value. */
  FilterSql and(String condition, Object... values) {
    conditions.add(condition);
    Collections.addAll(parameters, values);
    return this;
  }

  String where() {
    return conditions.isEmpty() ? "true" : String.join(" and ", conditions);
  }

  List<Object> parameters() {
    return parameters;
  }

  /** The text so that {@code LIKE … ESCAPE '!'} takes it as it stands. */
  static String literal(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  private String write(Filter filter) {
    return switch (filter) {
      case Filter.All all -> "true";
      case Filter.None none -> "false";
      case Filter.Source source -> bind("source = ?", source.name());
      case Filter.PathPrefix path -> bind("path like ? escape '!'", literal(path.prefix()) + "%");
      case Filter.Paths paths -> anyOf("path", paths.paths());
      case Filter.Documents documents ->
          anyOf("id", documents.ids().stream().map(DocumentId::value).toList());
      case Filter.MediaTypes types -> anyOf("media_type", types.types());
      case Filter.Modified modified -> write(modified);
      // No file is given labels yet, so that none can pass.
      case Filter.Labels labels -> "false";
      case Filter.Not not -> "not (" + write(not.filter()) + ")";
      case Filter.AllOf all -> join(all.filters(), " and ", "true");
      case Filter.AnyOf any -> join(any.filters(), " or ", "false");
    };
  }

  private String write(Filter.Modified modified) {
    Optional<String> after =
        modified.after().map(t -> bind("modified_ns >= ?", EpochTimes.nanos(t)));
    Optional<String> before =
        modified.before().map(t -> bind("modified_ns < ?", EpochTimes.nanos(t)));
    return "(" + after.orElse("true") + " and " + before.orElse("true") + ")";
  }

  private String join(List<Filter> filters, String with, String none) {
    return filters.isEmpty()
        ? none
        : filters.stream().map(this::write).collect(Collectors.joining(with, "(", ")"));
  }

  private String anyOf(String column, Collection<String> values) {
    if (values.isEmpty()) {
      return "false";
    }
    parameters.addAll(values);
    return column + " in (" + String.join(",", Collections.nCopies(values.size(), "?")) + ")";
  }

  private String bind(String condition, Object value) {
    parameters.add(value);
    return condition;
  }
}
