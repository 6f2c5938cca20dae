package dev.zhiku.ingest.source;

import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.catalog.KnownFile;
import dev.zhiku.ingest.catalog.SourceRecord;
import dev.zhiku.ingest.outcome.IngestText;
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

  /** The reason why the folder cannot be listed; empty if it can. */
  Optional<Phrase> unreachable() {
    if (!Files.isDirectory(root.folder())) {
      return Optional.of(missing());
    }
    return Files.isReadable(root.folder()) && Files.isExecutable(root.folder())
        ? Optional.empty()
        : Optional.of(forbidden());
  }

  private Phrase missing() {
    return IngestText.of("folder.missing", name, root.folder());
  }

  private Phrase forbidden() {
    return IngestText.of("folder.forbidden", name, root.folder());
  }

  /** The folder is there and listing it failed. */
  static Phrase unlistable(IOException failure) {
    return IngestText.of("folder.unlistable", String.valueOf(failure.getMessage()));
  }

  /**
   * Why a complete look is not to be believed; empty if it is.
   *
   * @param before what was remembered of the source
   */
  Optional<Phrase> doubt(SourceRecord before, List<KnownFile> known, Listing listing)
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

  private Phrase empty(int files) {
    return IngestText.of("folder.empty", name, root.folder(), files);
  }

  private Phrase elsewhere() {
    return IngestText.of("folder.elsewhere", name, root.folder());
  }
}
