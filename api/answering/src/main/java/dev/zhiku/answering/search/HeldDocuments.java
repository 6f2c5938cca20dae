package dev.zhiku.answering.search;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import dev.zhiku.index.Passage.Location;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * Documents of the index as they are, without a question: a whole one, and the names of all.
 * Thread-safe; a call waits for a free core.
 */
public final class HeldDocuments {
  /** Most documents that are read to name a few of them. */
  private static final int MOST_LISTED = 5_000;

  private final KnowledgeIndex index;
  private final Semaphore cores;

  HeldDocuments(KnowledgeIndex index, Semaphore cores) {
    this.index = index;
    this.cores = cores;
  }

  /**
   * A document from its beginning on.
   *
   * @param total passages that it has
   */
  public record DocumentPassages(List<ScoredPassage> passages, int total) {
    public DocumentPassages {
      passages = List.copyOf(passages);
    }
  }

  /**
   * The passages of a document in their order; none if it is gone. The asker must have been shown
   * it before.
   *
   * @param most passages, 1 or more
   */
  public DocumentPassages whole(DocumentId document, int most) throws InterruptedException {
    cores.acquire();
    try (Snapshot snapshot = index.committedSnapshot()) {
      DocumentMeta meta = snapshot.documents(Set.of(document)).get(document);
      if (meta == null) {
        return new DocumentPassages(List.of(), 0);
      }
      List<ScoredPassage> passages =
          snapshot.passages(document, 0, most).stream()
              .map(passage -> new ScoredPassage(passage, meta, 0, 0, 0))
              .toList();
      return new DocumentPassages(passages, snapshot.passageCount(document));
    } finally {
      cores.release();
    }
  }

  /**
   * What there is to search.
   *
   * @param files number of documents
   * @param names of some of them, without their ending
   */
  public record Holdings(int files, List<String> names) {
    public Holdings {
      names = List.copyOf(names);
    }
  }

  /**
   * What the asker may see and wants to see.
   *
   * @param most names; of very many documents none is named
   */
  public Holdings holdings(Scope scope, Filter wanted, int most) throws InterruptedException {
    Filter filter = new Filter.AllOf(List.of(scope.visible(), wanted));
    Filter all = new Filter.All();
    boolean everything = scope.visible().equals(all) && wanted.equals(all);
    cores.acquire();
    try (Snapshot snapshot = index.committedSnapshot()) {
      int known = snapshot.stats().documents();
      if (everything && known > MOST_LISTED) {
        return new Holdings(known, List.of());
      }
      try (Stream<DocumentMeta> documents = snapshot.documents()) {
        List<String> names =
            documents
                .filter(filter::accepts)
                .map(document -> CitationLocation.title(document, Location.whole(List.of())))
                .toList();
        return new Holdings(names.size(), names.subList(0, Math.min(most, names.size())));
      }
    } finally {
      cores.release();
    }
  }
}
