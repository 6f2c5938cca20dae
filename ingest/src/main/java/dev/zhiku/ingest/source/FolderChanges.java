package dev.zhiku.ingest.source;

import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.FileChange;
import dev.zhiku.ingest.catalog.FileStamp;
import dev.zhiku.ingest.catalog.KnownFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The changes of one source's files between two scans: writes what a scan found into the catalogue,
 * and keeps what has to be seen again before it counts, files that somebody may still be writing to
 * and files missed for the first time. Used under the source's lock.
 */
final class FolderChanges {
  private final String source;
  private final SourceTiming timing;
  private final DocumentLedger ledger;
  private final ChangeRecording recording;
  private final Clock clock;
  private final SourceRoot root;
  private final FolderScanner scanner;
  private final BooleanSupplier sameRoot;
  private final StabilityTracker stability;
  private final Map<String, Long> missingSince = new HashMap<>();

  /**
   * @param sameRoot whether paths still belong to the folder that was scanned last
   */
  FolderChanges(
      String source,
      SourceTiming timing,
      DocumentLedger ledger,
      IndexEffects effects,
      Clock clock,
      SourceRoot root,
      FolderScanner scanner,
      BooleanSupplier sameRoot) {
    this.source = source;
    this.timing = timing;
    this.ledger = ledger;
    this.recording = new ChangeRecording(ledger, effects, clock);
    this.clock = clock;
    this.root = root;
    this.scanner = scanner;
    this.sameRoot = sameRoot;
    this.stability = new StabilityTracker(timing.quiet());
  }

  /** Paths whose wait is over, to be scanned again. */
  List<String> due(long now) {
    List<String> due = new ArrayList<>(stability.ripe(now));
    missingSince.forEach(
        (path, since) -> {
          if (now - since >= timing.grace().toNanos()) {
            due.add(path);
          }
        });
    return due;
  }

  /**
   * Writes down what a scan found.
   *
   * @param known the files that the catalogue has where it was scanned
   * @return false if so much is missing that the whole folder has to be scanned first
   */
  boolean apply(Listing listing, List<KnownFile> known) throws InterruptedException {
    FolderDiff diff =
        new FolderDiff(source, ledger, scanner, this::hash, this::isStable, listing, known);
    diff.compare();
    List<FileChange> changes = new ArrayList<>(diff.changes());
    if (!removals(diff.missing(), changes)) {
      return false;
    }
    recording.write(changes);
    watchUnstable(listing, changes, known);
    return true;
  }

  /**
   * Adds the removals that are certain by now.
   *
   * @return false if they are more than is believed of this folder
   */
  private boolean removals(List<KnownFile> missing, List<FileChange> changes) {
    long now = System.nanoTime();
    List<KnownFile> certain =
        missing.stream()
            .filter(file -> scanner.find(file.path()).isEmpty())
            .filter(file -> overdue(file.path(), now))
            .toList();
    if (certain.size() > RootCheck.BELIEVED_LOSS && !sameRoot.getAsBoolean()) {
      return false;
    }
    for (KnownFile file : certain) {
      missingSince.remove(file.path());
      stability.forget(file.path());
      changes.add(new FileChange.Vanished(file.id()));
    }
    return true;
  }

  /** A file missed for the first time may turn up under another name in a moment. */
  private boolean overdue(String path, long now) {
    Long since = missingSince.putIfAbsent(path, now);
    return timing.grace().isZero() || (since != null && now - since >= timing.grace().toNanos());
  }

  private void watchUnstable(Listing listing, List<FileChange> changes, List<KnownFile> known) {
    Map<Object, String> paths = new HashMap<>();
    known.forEach(file -> paths.put(file.id(), file.path()));
    Set<String> stableNow = new HashSet<>();
    Set<String> unstable = new HashSet<>();
    known.stream()
        .filter(file -> file.unstable() && file.state() == State.PENDING)
        .forEach(file -> unstable.add(file.path()));
    for (FileChange change : changes) {
      switch (change) {
        case FileChange.Appeared file -> (file.stable() ? stableNow : unstable).add(file.path());
        case FileChange.Changed file ->
            (file.stable() ? stableNow : unstable).add(paths.get(file.id()));
        case FileChange.Stable file -> stableNow.add(paths.get(file.id()));
        // Whether it was stable under its old path is seen when its wait is over.
        case FileChange.Moved file -> unstable.add(file.path());
        default -> {}
      }
    }
    unstable.removeAll(stableNow);
    stableNow.forEach(stability::forget);
    listing.files().keySet().stream()
        .filter(path -> !unstable.contains(path))
        .forEach(stability::forget);
    long now = System.nanoTime();
    for (String path : unstable) {
      Seen seen = listing.files().get(path);
      if (seen == null) {
        stability.forget(path);
      } else {
        stability.watch(path, seen.stamp(), now);
      }
    }
    listing.files().keySet().forEach(missingSince::remove);
  }

  private boolean isStable(String path, FileStamp stamp) {
    return stability.stableBy(stamp, clock.instant())
        || stability.stoodStill(path, stamp, System.nanoTime());
  }

  private Optional<String> hash(String path, FileStamp stamp) throws InterruptedException {
    try (WritableByteChannel nowhere = Channels.newChannel(OutputStream.nullOutputStream())) {
      FileHash hash = new FileHash();
      FileStamp before =
          root.reach(
              path,
              file -> {
                try (var channel = file.open()) {
                  hash.copy(channel, nowhere, Long.MAX_VALUE);
                }
                return SourceRoot.stamp(file.attributes());
              });
      FileStamp after = root.reach(path, file -> SourceRoot.stamp(file.attributes()));
      return Optional.of(hash.hex()).filter(hex -> before.equals(stamp) && after.equals(stamp));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Lets what is gone from these paths be gone, and what is there be read, without a wait. */
  void expectNow(Collection<String> paths) {
    long longAgo = System.nanoTime() - timing.grace().toNanos() - timing.quiet().toNanos();
    for (String path : paths) {
      missingSince.put(path, longAgo);
      stability.forget(path);
      scanner.find(path).ifPresent(seen -> stability.watch(path, seen.stamp(), longAgo));
    }
  }
}
