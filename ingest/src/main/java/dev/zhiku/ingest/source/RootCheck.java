package dev.zhiku.ingest.source;

import dev.zhiku.ingest.catalog.KnownFile;
import dev.zhiku.ingest.catalog.SourceRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/**
 * Whether a source's folder can be believed. A share that went away looks like a folder whose files
 * were all deleted; nothing is removed on such evidence.
 */
final class RootCheck {
  /** So many files may vanish at once from a folder that is still the same, and be believed. */
  static final int BELIEVED_LOSS = 20;

  private final String name;
  private final SourceRoot root;

  RootCheck(String name, SourceRoot root) {
    this.name = name;
    this.root = root;
  }

  /** Why the folder cannot be listed; empty if it can. */
  Optional<String> unreachable() {
    if (!Files.isDirectory(root.folder())) {
      return Optional.of(
          String.format(
              "The folder of source %s (%s) is not there. Nothing was removed and questions are"
                  + " answered from what was indexed. It goes on by itself when the folder is back.",
              name, root.folder()));
    }
    if (!Files.isReadable(root.folder()) || !Files.isExecutable(root.folder())) {
      return Optional.of(
          String.format(
              "The folder of source %s (%s) may not be read by the service. Nothing was removed"
                  + " and questions are answered from what was indexed. Give the account that runs"
                  + " the service the right to read it.",
              name, root.folder()));
    }
    return Optional.empty();
  }

  /**
   * Why a complete look is not to be believed; empty if it is.
   *
   * @param before what was remembered of the source
   */
  Optional<String> doubt(SourceRecord before, List<KnownFile> known, Listing listing)
      throws IOException {
    if (known.isEmpty() || before.confirmed()) {
      return Optional.empty();
    }
    boolean sameFolder = before.rootKey().isEmpty() || before.rootKey().equals(root.key());
    if (listing.files().isEmpty() && (!sameFolder || known.size() > BELIEVED_LOSS)) {
      return Optional.of(empty(known.size()));
    }
    if (!onDevice(before.rootKey(), root.key()) && !recognised(known, listing)) {
      return Optional.of(elsewhere());
    }
    return Optional.empty();
  }

  private static boolean onDevice(String before, String now) {
    return before.isEmpty() || SourceRoot.device(before).equals(SourceRoot.device(now));
  }

  /** Whether at least half of the known files are there with their size. */
  private static boolean recognised(List<KnownFile> known, Listing listing) {
    long there =
        known.stream()
            .filter(
                file -> {
                  Seen seen = listing.files().get(file.path());
                  return seen != null && seen.stamp().size() == file.stamp().size();
                })
            .count();
    return 2 * there >= known.size();
  }

  private String empty(int files) {
    return String.format(
        "The folder of source %s (%s) is empty; before, it held %d files. It may be unmounted, so"
            + " nothing was removed and questions are answered from what was indexed. Mount it"
            + " again or, if it really is empty, run ./zhiku source confirm %s.",
        name, root.folder(), files, name);
  }

  private String elsewhere() {
    return String.format(
        "The folder of source %s (%s) is on another disk than before and holds other files, so"
            + " nothing was removed. Mount the right one or, if this is right, run ./zhiku source"
            + " confirm %s.",
        name, root.folder(), name);
  }
}
