package dev.zhiku.ingest.source;

import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.FileChange;
import dev.zhiku.ingest.outcome.FaultPoint;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes what a look at a folder found into the catalogue, and carries it into the index. */
final class ChangeRecording {
  /** So many new files are written at once; while they are, nobody can claim one. */
  static final int SLICE = 1_000;

  private final DocumentLedger ledger;
  private final IndexEffects effects;
  private final Clock clock;

  ChangeRecording(DocumentLedger ledger, IndexEffects effects, Clock clock) {
    this.ledger = ledger;
    this.effects = effects;
    this.clock = clock;
  }

  /**
   * All changes of known files first, together, for names may be exchanged; then the new files,
   * slice by slice, so that the first are read while the others are still being written down.
   */
  void write(List<FileChange> changes) throws InterruptedException {
    Map<Boolean, List<FileChange>> byNovelty =
        changes.stream().collect(Collectors.partitioningBy(FileChange.Appeared.class::isInstance));
    record(byNovelty.getOrDefault(false, List.of()));
    List<FileChange> appeared = byNovelty.getOrDefault(true, List.of());
    for (int i = 0; i < appeared.size(); i += SLICE) {
      record(appeared.subList(i, Math.min(appeared.size(), i + SLICE)));
    }
  }

  private void record(List<FileChange> changes) throws InterruptedException {
    if (changes.isEmpty()) {
      return;
    }
    ledger.record(changes, clock.instant());
    FaultPoint.AFTER_RECORD.hit();
    boolean due = false;
    for (FileChange change : changes) {
      due |= effect(change);
    }
    if (due) {
      effects.due();
    }
  }

  /** Whether the change makes a file due. */
  private boolean effect(FileChange change) throws InterruptedException {
    return switch (change) {
      case FileChange.Vanished gone -> {
        effects.vanished(gone.id());
        yield false;
      }
      case FileChange.Refused refused -> {
        effects.refused(refused.id());
        yield false;
      }
      case FileChange.Moved moved -> {
        effects.moved(moved.id(), moved.path());
        yield false;
      }
      case FileChange.Appeared file -> file.stable();
      case FileChange.Changed file -> file.stable();
      case FileChange.Stable file -> true;
      case FileChange.Requeued file -> true;
      case FileChange.Adopted file -> false;
    };
  }
}
