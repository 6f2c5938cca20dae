package dev.zhiku.index;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Condition on the documents that a request may see or wants to see. Acts inside the query, before
 * ranking and counting.
 */
public sealed interface Filter {
  /** Longest path or beginning of one, in characters: no system has longer ones. */
  int MAX_PATH_CHARS = 4_096;

  /** What a filter asks of a document, whoever keeps it: the index, the catalogue. */
  interface Subject {
    DocumentId id();

    String source();

    String path();

    String mediaType();

    Instant modifiedAt();

    Set<String> labels();
  }

  /** Every document. */
  record All() implements Filter {}

  /** No document. */
  record None() implements Filter {}

  /** Documents of one source. */
  record Source(String name) implements Filter {}

  /**
   * Documents whose path inside their source begins with the given text; {@code /} separates.
   *
   * @param prefix at most {@link #MAX_PATH_CHARS}: an index may need memory many times its length
   */
  record PathPrefix(String prefix) implements Filter {
    public PathPrefix {
      if (prefix.length() > MAX_PATH_CHARS) {
        throw new IllegalArgumentException(
            "a path begins with at most " + MAX_PATH_CHARS + " characters, got " + prefix.length());
      }
    }
  }

  /** Documents with one of these exact paths. */
  record Paths(Set<String> paths) implements Filter {
    public Paths {
      paths = Set.copyOf(paths);
    }
  }

  /** These documents. */
  record Documents(Set<DocumentId> ids) implements Filter {
    public Documents {
      ids = Set.copyOf(ids);
    }
  }

  /** Documents of one of these media types, compared exactly. */
  record MediaTypes(Set<String> types) implements Filter {
    public MediaTypes {
      types = Set.copyOf(types);
    }
  }

  /** Documents modified at or after the one and before the other. */
  record Modified(Optional<Instant> after, Optional<Instant> before) implements Filter {}

  /** Documents that carry at least one of the labels. */
  record Labels(Set<String> labels) implements Filter {
    public Labels {
      labels = Set.copyOf(labels);
    }
  }

  /** Documents that pass each filter; with none given, every document. */
  record AllOf(List<Filter> filters) implements Filter {
    public AllOf {
      filters = List.copyOf(filters);
    }
  }

  /** Documents that pass at least one filter; with none given, no document. */
  record AnyOf(List<Filter> filters) implements Filter {
    public AnyOf {
      filters = List.copyOf(filters);
    }
  }

  /** Documents that the filter does not let through. */
  record Not(Filter filter) implements Filter {}

  /**
   * The same condition without what decides nothing. An index answers {@link All} without looking
   * at a document, and whoever combines filters often combines it with itself.
   */
  default Filter simplest() {
    return switch (this) {
      case AllOf all -> simplest(all.filters(), new All(), new None(), AllOf::new);
      case AnyOf any -> simplest(any.filters(), new None(), new All(), AnyOf::new);
      case Not not -> opposite(not.filter().simplest());
      case All all -> this;
      case None none -> this;
      case Source source -> this;
      case PathPrefix path -> this;
      case Paths paths -> this;
      case Documents documents -> this;
      case MediaTypes types -> this;
      case Modified modified -> this;
      case Labels labels -> this;
    };
  }

  private static Filter opposite(Filter filter) {
    return switch (filter) {
      case All all -> new None();
      case None none -> new All();
      case Not not -> not.filter();
      default -> new Not(filter);
    };
  }

  /**
   * @param neutral decides nothing among the parts
   * @param decisive decides for all of them
   */
  private static Filter simplest(
      List<Filter> filters,
      Filter neutral,
      Filter decisive,
      Function<List<Filter>, Filter> together) {
    List<Filter> parts =
        filters.stream()
            .map(Filter::simplest)
            .filter(part -> !part.equals(neutral))
            .distinct()
            .toList();
    if (parts.contains(decisive)) {
      return decisive;
    }
    return switch (parts.size()) {
      case 0 -> neutral;
      case 1 -> parts.getFirst();
      default -> together.apply(parts);
    };
  }

  /** Whether some document of a source may pass, as far as the filter alone tells. */
  default boolean reaches(String source) {
    return switch (this) {
      case None none -> false;
      case Source one -> one.name().equals(source);
      case Not not -> !not.filter().passesAll(source);
      case AllOf all -> all.filters().stream().allMatch(f -> f.reaches(source));
      case AnyOf any -> any.filters().stream().anyMatch(f -> f.reaches(source));
      default -> true;
    };
  }

  /** Whether every document of a source passes, whatever else it is. */
  private boolean passesAll(String source) {
    return switch (this) {
      case All all -> true;
      case Source one -> one.name().equals(source);
      case PathPrefix path -> path.prefix().isEmpty();
      case Not not -> !not.filter().reaches(source);
      case AllOf all -> all.filters().stream().allMatch(f -> f.passesAll(source));
      case AnyOf any -> any.filters().stream().anyMatch(f -> f.passesAll(source));
      default -> false;
    };
  }

  /** Whether a document passes: the meaning that every index has to follow. */
  default boolean accepts(Subject document) {
    return switch (this) {
      case All all -> true;
      case None none -> false;
      case Source source -> document.source().equals(source.name());
      case PathPrefix path -> document.path().startsWith(path.prefix());
      case Paths paths -> paths.paths().contains(document.path());
      case Documents documents -> documents.ids().contains(document.id());
      case MediaTypes types -> types.types().contains(document.mediaType());
      case Modified modified ->
          modified.after().map(t -> !document.modifiedAt().isBefore(t)).orElse(true)
              && modified.before().map(document.modifiedAt()::isBefore).orElse(true);
      case Labels labels -> labels.labels().stream().anyMatch(document.labels()::contains);
      case Not not -> !not.filter().accepts(document);
      case AllOf all -> all.filters().stream().allMatch(f -> f.accepts(document));
      case AnyOf any -> any.filters().stream().anyMatch(f -> f.accepts(document));
    };
  }
}
