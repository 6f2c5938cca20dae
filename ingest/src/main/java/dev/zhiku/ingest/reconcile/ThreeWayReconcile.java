package dev.zhiku.ingest.reconcile;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.FileChange;
import dev.zhiku.ingest.catalog.KnownFile;
import dev.zhiku.ingest.outcome.FaultPoint;
import dev.zhiku.ingest.work.CommitGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
public final class ThreeWayReconcile {
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
  public ThreeWayReconcile(
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

  /**
   * A difference between catalogue and index. Equal if it is the same kind of difference of the
   * same document: a rename or another change of its row between two looks does not mend it.
   */
  private sealed interface Difference {
    /** Its file is gone and its passages are about to be. */
    record Removing(DocumentId id) implements Difference {}

    /** The catalogue says that it is indexed, and the index does not hold that version. */
    record Outdated(DocumentId id) implements Difference {}

    /** The index has it under another path than the catalogue. */
    record Moved(DocumentId id, String path) implements Difference {}

    /** The index has what the catalogue says is not answered from. */
    record Leftover(DocumentId id) implements Difference {}

    /** Versions of readers before could not read it; those of now have not tried. */
    record Untried(DocumentId id) implements Difference {}

    /** The index has what the catalogue does not know. */
    record Unowned(DocumentMeta stored) implements Difference {}
  }

  /**
   * Compares, and repairs what differs. While files are on their way a look at one store is older
   * than the look at the other: only what differs in the same way twice in a row does differ.
   */
  public void run(Instant now) throws InterruptedException {
    Set<Difference> differences = findDifferences();
    if (!differences.isEmpty()) {
      differences.retainAll(findDifferences());
      repair(differences, now);
    }
  }

  private Set<Difference> findDifferences() throws InterruptedException {
    Set<Difference> differences = new LinkedHashSet<>();
    try (KnowledgeIndex.Snapshot snapshot = index.snapshot()) {
      Map<DocumentId, DocumentMeta> unowned = documents(snapshot);
      ledger.forEach(
          row -> compare(row, Optional.ofNullable(unowned.remove(row.id())), differences));
      unowned.values().forEach(stored -> differences.add(new Difference.Unowned(stored)));
    }
    return differences;
  }

  private static Map<DocumentId, DocumentMeta> documents(KnowledgeIndex.Snapshot snapshot) {
    Map<DocumentId, DocumentMeta> documents = new LinkedHashMap<>();
    try (Stream<DocumentMeta> all = snapshot.documents()) {
      all.forEach(document -> documents.put(document.id(), document));
    }
    return documents;
  }

  private void compare(KnownFile row, Optional<DocumentMeta> stored, Set<Difference> differences) {
    if (row.removing()) {
      differences.add(new Difference.Removing(row.id()));
      return;
    }
    switch (row.state()) {
      case INDEXED -> {
        if (!upToDate(row, stored)) {
          differences.add(new Difference.Outdated(row.id()));
        }
        follow(row, stored, differences);
      }
      case PENDING -> follow(row, stored, differences);
      case FAILED, SKIPPED -> {
        stored.ifPresent(document -> differences.add(new Difference.Leftover(row.id())));
        if (isUntried(row)) {
          differences.add(new Difference.Untried(row.id()));
        }
      }
    }
  }

  private boolean isUntried(KnownFile row) {
    return (row.state() == State.FAILED || ReadAgain.isRefusedByReader(row))
        && row.fingerprint().filter(current).isEmpty();
  }

  private boolean upToDate(KnownFile row, Optional<DocumentMeta> stored) {
    return stored.isPresent()
        && Optional.of(stored.get().sha256()).equals(row.sha256())
        && current.test(stored.get().fingerprint());
  }

  private static void follow(
      KnownFile row, Optional<DocumentMeta> stored, Set<Difference> differences) {
    stored
        .filter(document -> !document.path().equals(row.path()))
        .ifPresent(document -> differences.add(new Difference.Moved(row.id(), row.path())));
  }

  private void repair(Set<Difference> differences, Instant now) throws InterruptedException {
    List<FileChange> changes = new ArrayList<>();
    int removed = 0;
    for (Difference difference : differences) {
      switch (difference) {
        case Difference.Removing file -> {
          group.remove(file.id());
        }
        case Difference.Outdated file -> changes.add(new FileChange.Requeued(file.id(), true));
        case Difference.Untried file -> changes.add(new FileChange.Requeued(file.id(), true));
        case Difference.Moved file -> {
          index.describe(file.id(), stored -> withPath(stored, file.path()));
          group.touch();
        }
        case Difference.Leftover file -> {
          remove(file.id());
          readAgainIfClaimed(file.id(), changes);
        }
        case Difference.Unowned document -> {
          Optional<FileChange> adopted = adoptOrRemove(document.stored());
          adopted.ifPresent(changes::add);
          if (adopted.isPresent() && !current.test(document.stored().fingerprint())) {
            changes.add(new FileChange.Requeued(document.stored().id(), true));
          }
          removed += adopted.isPresent() ? 0 : 1;
        }
      }
    }
    FaultPoint.AFTER_COMPARE.hit();
    ledger.record(changes, now);
    FaultPoint.AFTER_REPAIR.hit();
    report(changes, removed);
  }

  private void remove(DocumentId id) throws InterruptedException {
    index.remove(id);
    group.touch();
  }

  /** A retry that began meanwhile may have stored what was just removed. */
  private void readAgainIfClaimed(DocumentId id, List<FileChange> changes) {
    boolean claimed =
        ledger
            .find(id)
            .map(entry -> entry.state() == State.PENDING || entry.state() == State.INDEXED)
            .orElse(false);
    if (claimed) {
      changes.add(new FileChange.Requeued(id, true));
    }
  }

  /** A document that no row owns: a ghost if its path is taken, otherwise the row was lost. */
  private Optional<FileChange> adoptOrRemove(DocumentMeta document) throws InterruptedException {
    boolean taken =
        ledger.at(document.source(), document.path()).isPresent()
            || !adoptedPaths.add(document.source() + "/" + document.path());
    if (taken || !sources.contains(document.source())) {
      remove(document.id());
      return Optional.empty();
    }
    try (KnowledgeIndex.Snapshot snapshot = index.snapshot()) {
      int passages = snapshot.passageCount(document.id());
      return Optional.of(new FileChange.Adopted(document, passages, snapshot.epoch()));
    }
  }

  public static DocumentMeta withPath(DocumentMeta document, String path) {
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

  private static void report(List<FileChange> changes, int removed) {
    long again = changes.stream().filter(FileChange.Requeued.class::isInstance).count();
    long adopted = changes.stream().filter(FileChange.Adopted.class::isInstance).count();
    if (again + adopted + removed > 0) {
      LOG.info(
          "Catalogue and index differed: {} documents are read again, {} were taken over from the"
              + " index, {} without an owner were removed.",
          again,
          adopted,
          removed);
    }
  }
}
