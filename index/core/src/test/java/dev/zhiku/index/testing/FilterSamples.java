package dev.zhiku.index.testing;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Documents that differ in everything a filter asks for, and filters of every kind over them. */
public final class FilterSamples {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private FilterSamples() {}

  public static List<DocumentMeta> documents() {
    List<DocumentMeta> documents = new ArrayList<>();
    List<String> paths = List.of("a.txt", "A.txt", "a/b.txt", "a/bc.txt", "人事/手册.txt", "a b/*.txt");
    for (int i = 0; i < paths.size(); i++) {
      documents.add(
          new DocumentMeta(
              DocumentId.random(),
              i % 2 == 0 ? "files" : "samples",
              paths.get(i),
              i % 3 == 0 ? "text/plain" : "application/pdf",
              i,
              NOON.plusNanos(i - 2),
              "0".repeat(64),
              "test-1",
              i % 2 == 0 ? Set.of() : Set.of("even", "label " + i)));
    }
    documents.add(at(Instant.MIN));
    documents.add(at(Instant.MAX));
    documents.add(at(Instant.EPOCH.minusSeconds(1)));
    return documents;
  }

  private static DocumentMeta at(Instant modified) {
    return new DocumentMeta(
        DocumentId.random(),
        "times",
        "time.txt",
        "text/plain",
        0,
        modified,
        "0".repeat(64),
        "test-1",
        Set.of());
  }

  public static List<Filter> filters(List<DocumentMeta> documents) {
    List<Filter> simple =
        List.of(
            new Filter.All(),
            new Filter.None(),
            new Filter.Source("files"),
            new Filter.Source("unknown"),
            new Filter.PathPrefix(""),
            new Filter.PathPrefix("a"),
            new Filter.PathPrefix("a/b"),
            new Filter.PathPrefix("人"),
            new Filter.PathPrefix("a b/*"),
            new Filter.Paths(Set.of("a.txt", "人事/手册.txt", "unknown")),
            new Filter.Paths(Set.of()),
            new Filter.Documents(Set.of(documents.get(0).id(), DocumentId.random())),
            new Filter.Documents(Set.of()),
            new Filter.MediaTypes(Set.of("application/pdf")),
            new Filter.MediaTypes(Set.of()),
            modified(null, null),
            modified(NOON, null),
            modified(null, NOON),
            modified(NOON, NOON.plusNanos(1)),
            modified(NOON, NOON),
            modified(Instant.MIN, Instant.MAX),
            modified(null, Instant.MIN),
            modified(Instant.MAX, null),
            modified(Instant.EPOCH.minusSeconds(5), Instant.EPOCH),
            new Filter.Labels(Set.of("even", "unknown")),
            new Filter.Labels(Set.of("label 3")),
            new Filter.Labels(Set.of()));
    List<Filter> filters = new ArrayList<>(simple);
    filters.add(new Filter.AllOf(List.of()));
    filters.add(new Filter.AnyOf(List.of()));
    for (Filter one : simple) {
      filters.add(new Filter.Not(one));
      filters.add(new Filter.Not(new Filter.Not(one)));
      filters.add(new Filter.AllOf(List.of(new Filter.PathPrefix("a"), new Filter.Not(one))));
      for (Filter other : simple) {
        filters.add(new Filter.AllOf(List.of(one, other)));
        filters.add(new Filter.AnyOf(List.of(one, new Filter.AllOf(List.of(other)))));
      }
    }
    return filters;
  }

  private static Filter modified(@Nullable Instant after, @Nullable Instant before) {
    return new Filter.Modified(Optional.ofNullable(after), Optional.ofNullable(before));
  }
}
