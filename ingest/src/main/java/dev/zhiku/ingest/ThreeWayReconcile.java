package dev.zhiku.ingest;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.FileChange;
import dev.zhiku.ingest.catalog.KnownFile;
import dev.zhiku.ingest.catalog.Settlement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings catalogue and index together after a crash, the loss of one of them, or a change of
 * versions; the folders' scans then do the rest. Nothing is read or embedded here. One run per
 * object.
 */
final class ThreeWayReconcile {
  private static final Logger LOG = LoggerFactory.getLogger(ThreeWayReconcile.class);

  private final DocumentLedger ledger;
  private final KnowledgeIndex index;
  private final CommitGroup group;
  private final Predicate<String> current;
  private final Set<String> sources;
  private final Set<String> adoptedPaths = new HashSet<>();

  /**
   * @param current whether a fingerprint is what documents are made with now; others are read again
   * @param sources names of those that are answered from
   */
  ThreeWayReconcile(
      DocumentLedger ledger,
      KnowledgeIndex index,
      CommitGroup group,
      Predicate<String> current,
      Set<String> sources) {
    this.ledger = ledger;
    this.index = index;
    this.group = group;
    this.current = current;
    this.sources = sources;
  }

  void run(Instant now) throws InterruptedException {
    try (KnowledgeIndex.Snapshot snapshot = index.snapshot()) {
      Map<DocumentId, DocumentMeta> unowned = documents(snapshot);
      List<KnownFile> rows = new ArrayList<>();
      ledger.forEach(rows::add);
      List<FileChange> changes = new ArrayList<>();
      for (KnownFile row : rows) {
        repair(row, Optional.ofNullable(unowned.remove(row.id())), changes);
      }
      for (DocumentMeta document : unowned.values()) {
        adoptOrRemove(document, snapshot, changes);
      }
      ledger.record(changes, now);
      report(changes, unowned.size());
    }
  }

  private static Map<DocumentId, DocumentMeta> documents(KnowledgeIndex.Snapshot snapshot) {
    Map<DocumentId, DocumentMeta> documents = new HashMap<>();
    try (Stream<DocumentMeta> all = snapshot.documents()) {
      all.forEach(document -> documents.put(document.id(), document));
    }
    return documents;
  }

  private void repair(KnownFile row, Optional<DocumentMeta> stored, List<FileChange> changes)
      throws InterruptedException {
    if (row.removing()) {
      remove(row.id());
      group.add(new Settlement.Removed(row.id()));
      return;
    }
    switch (row.state()) {
      case INDEXED -> {
        if (!upToDate(row, stored)) {
          changes.add(new FileChange.Requeued(row.id(), true));
        }
        follow(row, stored);
      }
      case PENDING -> follow(row, stored);
      case FAILED, SKIPPED -> {
        if (stored.isPresent()) {
          remove(row.id());
        }
      }
    }
  }

  private boolean upToDate(KnownFile row, Optional<DocumentMeta> stored) {
    return stored.isPresent()
        && Optional.of(stored.get().sha256()).equals(row.sha256())
        && current.test(stored.get().fingerprint());
  }

  private void follow(KnownFile row, Optional<DocumentMeta> stored) throws InterruptedException {
    if (stored.isPresent() && !stored.get().path().equals(row.path())) {
      index.describe(withPath(stored.get(), row.path()));
      group.touch();
    }
  }

  private void remove(DocumentId id) throws InterruptedException {
    index.remove(id);
    group.touch();
  }

  /** A document that no row owns: a ghost if its path is taken, otherwise the row was lost. */
  private void adoptOrRemove(
      DocumentMeta document, KnowledgeIndex.Snapshot snapshot, List<FileChange> changes)
      throws InterruptedException {
    boolean taken =
        ledger.at(document.source(), document.path()).isPresent()
            || !adoptedPaths.add(document.source() + "/" + document.path());
    if (taken || !sources.contains(document.source())) {
      remove(document.id());
      return;
    }
    int passages = snapshot.passages(document.id(), 0, Integer.MAX_VALUE).size();
    changes.add(new FileChange.Adopted(document, passages, snapshot.epoch()));
    if (!current.test(document.fingerprint())) {
      changes.add(new FileChange.Requeued(document.id(), true));
    }
  }

  static DocumentMeta withPath(DocumentMeta document, String path) {
    return new DocumentMeta(
        document.id(),
        document.source(),
        path,
        document.mediaType(),
        document.size(),
        document.modifiedAt(),
        document.sha256(),
        document.fingerprint(),
        document.labels());
  }

  private static void report(List<FileChange> changes, int unowned) {
    long again = changes.stream().filter(FileChange.Requeued.class::isInstance).count();
    long adopted = changes.stream().filter(FileChange.Adopted.class::isInstance).count();
    if (again + adopted + unowned > 0) {
      LOG.info(
          "Catalogue and index differed: {} documents are read again, {} were taken over from the"
              + " index, {} without an owner were removed.",
          again,
          adopted,
          unowned - adopted);
    }
  }
}
