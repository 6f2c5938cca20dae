package dev.zhiku.server.connect;

import dev.zhiku.index.Filter;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.Passage;
import dev.zhiku.index.embedding.Language;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.CatalogUnavailableException;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.server.http.ServerText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A question that some document answers, by one of its headings. Thread-safe. */
final class SuggestedQuestion {
  /** Documents that are looked at, and passages of each. */
  private static final int DOCUMENTS = 10;

  private static final int PASSAGES = 8;

  /** Headings that say something: not only a number, and short enough for a question. */
  private static final Pattern HEADING = Pattern.compile("(?=.*\\p{L}{2}).{2,40}");

  private final DocumentCatalog catalog;
  private final KnowledgeIndex index;

  SuggestedQuestion(DocumentCatalog catalog, KnowledgeIndex index) {
    this.catalog = catalog;
    this.index = index;
  }

  /** In the language of the heading; empty where nothing is indexed that the asker may see. */
  Optional<String> of(Filter visible) throws InterruptedException {
    List<CatalogEntry> entries = indexed(visible);
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    return Stream.concat(
            headings(entries).stream(),
            entries.stream().map(entry -> entry.name().replaceAll("\\.[^.]+$", "")))
        .filter(text -> HEADING.matcher(text).matches())
        .findFirst()
        .map(text -> ServerText.of("connect.question", text).in(Language.localeOf(text)));
  }

  /** The innermost ones. */
  private List<String> headings(List<CatalogEntry> entries) throws InterruptedException {
    List<String> found = new ArrayList<>();
    try (KnowledgeIndex.Snapshot snapshot = index.snapshot()) {
      for (CatalogEntry entry : entries) {
        for (Passage passage : snapshot.passages(entry.id(), 0, PASSAGES)) {
          List<String> headings = passage.location().heading();
          if (!headings.isEmpty()) {
            found.add(headings.getLast().strip());
          }
        }
      }
    }
    return found;
  }

  private List<CatalogEntry> indexed(Filter visible) {
    try {
      return catalog
          .list(
              new DocumentCatalog.Query(
                  visible,
                  Optional.of(CatalogEntry.State.INDEXED),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  DOCUMENTS))
          .entries();
    } catch (CatalogUnavailableException e) {
      return List.of();
    }
  }
}
