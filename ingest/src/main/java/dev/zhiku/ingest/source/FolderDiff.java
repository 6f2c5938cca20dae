package dev.zhiku.ingest.source;

import dev.zhiku.index.DocumentId;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.FileChange;
import dev.zhiku.ingest.catalog.FileStamp;
import dev.zhiku.ingest.catalog.KnownFile;
import dev.zhiku.ingest.outcome.ReasonCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Compares what a look at the folder shows with what the catalogue knows. Follows files through
 * renames: first by inode, size and time, then by content. One comparison per object.
 */
final class FolderDiff {
  /**
   * Reads a file to learn the SHA-256 of the version with this stamp; empty if that cannot be read
   * now, or another is there by now.
   */
  interface Hashing {
    Optional<String> sha256(String path, FileStamp stamp) throws InterruptedException;
  }

  /** A file or version that the catalogue does not have at this path. */
  private record Arrival(String path, FileStamp stamp, Optional<KnownFile> before) {}

  private final String source;
  private final DocumentLedger ledger;
  private final FolderScanner scanner;
  private final Hashing hashing;
  private final BiPredicate<String, FileStamp> stable;
  private final Listing listing;
  private final Map<String, KnownFile> known = new HashMap<>();
  private final Map<DocumentId, String> moves = new LinkedHashMap<>();
  private final Map<Long, List<KnownFile>> goneBySize = new HashMap<>();
  private final Set<String> arrived = new HashSet<>();
  private final List<FileChange> changes = new ArrayList<>();
  private final List<KnownFile> missing = new ArrayList<>();

  /**
   * @param stable whether nobody writes to the file at the path with this stamp
   */
  FolderDiff(
      String source,
      DocumentLedger ledger,
      FolderScanner scanner,
      Hashing hashing,
      BiPredicate<String, FileStamp> stable,
      Listing listing,
      List<KnownFile> knownFiles) {
    this.source = source;
    this.ledger = ledger;
    this.scanner = scanner;
    this.hashing = hashing;
    this.stable = stable;
    this.listing = listing;
    knownFiles.forEach(file -> known.put(file.path(), file));
  }

  /** Compares; afterwards {@link #changes} and {@link #missing} tell what is different. */
  void compare() throws InterruptedException {
    List<Arrival> arrivals = new ArrayList<>();
    for (Map.Entry<String, Seen> file : listing.files().entrySet()) {
      switch (file.getValue()) {
        case Seen.Refused refused -> refuse(file.getKey(), refused);
        case Seen.Candidate readable -> {
          if (isArrival(file.getKey(), readable.stamp())) {
            Optional<KnownFile> before = Optional.ofNullable(known.get(file.getKey()));
            arrivals.add(new Arrival(file.getKey(), readable.stamp(), before));
          }
        }
      }
    }
    for (Arrival arrival : arrivals) {
      findOrigin(arrival).ifPresent(origin -> move(origin, arrival));
    }
    arrivals.forEach(this::describeArrival);
    known.values().stream().filter(this::isMissing).forEach(missing::add);
  }

  /** The changes to write down. */
  List<FileChange> changes() {
    return changes;
  }

  /** Known files that are not to be seen and were not found elsewhere. */
  List<KnownFile> missing() {
    return missing;
  }

  private void refuse(String path, Seen.Refused refused) {
    KnownFile before = known.get(path);
    if (before != null && refused.reason().code() == ReasonCode.UNREADABLE) {
      return;
    }
    boolean same =
        before != null
            && before.state() == State.SKIPPED
            && before.reason().equals(Optional.of(refused.reason()));
    if (!same) {
      DocumentId id = before == null ? DocumentId.random() : before.id();
      changes.add(new FileChange.Refused(id, source, path, refused.stamp(), refused.reason()));
    }
  }

  /** Whether the path holds another file or version than the catalogue says. */
  private boolean isArrival(String path, FileStamp stamp) {
    KnownFile before = known.get(path);
    if (before == null || refusedBefore(before)) {
      return true;
    }
    if (!before.stamp().equals(stamp)) {
      return true;
    }
    if (before.unstable() && stable.test(path, stamp)) {
      changes.add(new FileChange.Stable(before.id()));
    }
    return false;
  }

  /** Passed over by its name or kind, not by its content: now it may be read. */
  private static boolean refusedBefore(KnownFile file) {
    return file.state() == State.SKIPPED
        && file.reason().map(reason -> byLook(reason.code())).orElse(false);
  }

  private static boolean byLook(ReasonCode code) {
    return code.byName() || code == ReasonCode.UNREADABLE;
  }

  private Optional<KnownFile> findOrigin(Arrival arrival) throws InterruptedException {
    Optional<KnownFile> same = originByInode(arrival.path(), arrival.stamp());
    if (same.isPresent() || arrival.before().isPresent()) {
      return same;
    }
    return originByContent(arrival.path(), arrival.stamp());
  }

  private Optional<KnownFile> originByInode(String path, FileStamp stamp) {
    if (stamp.fileKey().isEmpty()) {
      return Optional.empty();
    }
    return ledger.withFileKey(source, stamp.fileKey()).stream()
        .filter(file -> file.stamp().sameFile(stamp))
        .filter(file -> !file.path().equals(path) && !moves.containsKey(file.id()))
        .filter(this::hasLeft)
        .findFirst();
  }

  /**
   * Whether the file is no more at its path: nothing is there, or another known file has taken its
   * place (an exchange of names). A file of which nothing is known in its place means that an
   * editor kept the old version under a new name: then the document stays where it was.
   */
  private boolean hasLeft(KnownFile file) {
    Optional<Seen> now = now(file.path());
    if (now.isEmpty()) {
      return true;
    }
    FileStamp there = now.get().stamp();
    return !there.equals(file.stamp())
        && !there.fileKey().isEmpty()
        && ledger.withFileKey(source, there.fileKey()).stream()
            .anyMatch(other -> other.stamp().sameFile(there));
  }

  private Optional<Seen> now(String path) {
    Seen listed = listing.files().get(path);
    return listed != null ? Optional.of(listed) : scanner.find(path);
  }

  private Optional<KnownFile> originByContent(String path, FileStamp stamp)
      throws InterruptedException {
    if (stamp.size() == 0) {
      return Optional.empty();
    }
    List<KnownFile> gone =
        goneBySize.computeIfAbsent(stamp.size(), this::gone).stream()
            .filter(file -> !moves.containsKey(file.id()))
            .toList();
    if (gone.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> hash = hashing.sha256(path, stamp);
    return gone.stream().filter(file -> hash.isPresent() && file.sha256().equals(hash)).findFirst();
  }

  /** Files of a size that have left their path; looked up once, for thousands may be alike. */
  private List<KnownFile> gone(long size) {
    return ledger.withSize(source, size).stream()
        .filter(file -> now(file.path()).isEmpty())
        .toList();
  }

  private void move(KnownFile origin, Arrival arrival) {
    moves.put(origin.id(), arrival.path());
    arrived.add(arrival.path());
    changes.add(new FileChange.Moved(origin.id(), arrival.path(), arrival.stamp(), origin.stamp()));
  }

  private void describeArrival(Arrival arrival) {
    Optional<KnownFile> staying =
        arrival.before().filter(before -> !moves.containsKey(before.id()));
    if (arrived.contains(arrival.path())) {
      staying.ifPresent(before -> changes.add(new FileChange.Vanished(before.id())));
      return;
    }
    boolean quiet = stable.test(arrival.path(), arrival.stamp());
    changes.add(
        staying
            .<FileChange>map(before -> new FileChange.Changed(before.id(), arrival.stamp(), quiet))
            .orElseGet(() -> appeared(arrival, quiet)));
  }

  private FileChange appeared(Arrival arrival, boolean quiet) {
    return new FileChange.Appeared(
        DocumentId.random(), source, arrival.path(), arrival.stamp(), quiet);
  }

  private boolean isMissing(KnownFile file) {
    return !listing.files().containsKey(file.path())
        && !moves.containsKey(file.id())
        && !listing.belowUnreadable(file.path());
  }
}
