package dev.zhiku.ingest.catalog.jdbc;

import dev.zhiku.index.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The sources that a filter lets through whole, where it goes by nothing else. */
final class BySource {
  private BySource() {}

  /** Whether a source is let through; empty if the filter looks into it. */
  static Optional<Predicate<String>> of(Filter filter) {
    return switch (filter) {
      case Filter.All all -> Optional.of(source -> true);
      case Filter.None none -> Optional.of(source -> false);
      case Filter.Source one -> Optional.of(one.name()::equals);
      case Filter.AllOf all ->
          each(all.filters())
              .map(parts -> source -> parts.stream().allMatch(part -> part.test(source)));
      case Filter.AnyOf any ->
          each(any.filters())
              .map(parts -> source -> parts.stream().anyMatch(part -> part.test(source)));
      case Filter.Not not -> of(not.filter()).map(Predicate::negate);
      case Filter.PathPrefix path -> Optional.empty();
      case Filter.Paths paths -> Optional.empty();
      case Filter.Documents documents -> Optional.empty();
      case Filter.MediaTypes types -> Optional.empty();
      case Filter.Modified modified -> Optional.empty();
      case Filter.Labels labels -> Optional.empty();
    };
  }

  private static Optional<List<Predicate<String>>> each(List<Filter> filters) {
    List<Predicate<String>> parts = new ArrayList<>();
    for (Filter filter : filters) {
      Optional<Predicate<String>> part = of(filter);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      parts.add(part.get());
    }
    return Optional.of(parts);
  }
}
