package dev.zhiku.ingest.source;

import dev.zhiku.ingest.catalog.KnownFile;
import dev.zhiku.ingest.catalog.SourceRecord;
import dev.zhiku.ingest.outcome.Note;
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
  Optional<Note> unreachable() {
    if (!Files.isDirectory(root.folder())) {
      return Optional.of(missing());
    }
    return Files.isReadable(root.folder()) && Files.isExecutable(root.folder())
        ? Optional.empty()
        : Optional.of(forbidden());
  }

  private Note missing() {
    return new Note(
        ("The folder of source %s (%s) is not there. Nothing was removed and questions are"
                + " answered from what was indexed. It goes on by itself when the folder is back.")
            .formatted(name, root.folder()),
        "来源 %s 的文件夹（%s）不存在。没有移除任何内容，仍依据已索引的内容回答；文件夹恢复后会自动继续。".formatted(name, root.folder()));
  }

  private Note forbidden() {
    return new Note(
        ("The folder of source %s (%s) may not be read by the service. Nothing was removed"
                + " and questions are answered from what was indexed. Give the account that runs"
                + " the service the right to read it.")
            .formatted(name, root.folder()),
        "服务无权读取来源 %s 的文件夹（%s）。没有移除任何内容，仍依据已索引的内容回答。请为运行服务的账户授予读取权限。"
            .formatted(name, root.folder()));
  }

  /** The folder is there and listing it failed. */
  static Note unlistable(IOException failure) {
    return new Note(
        "The folder cannot be listed (%1$s). Nothing was removed and it is tried again by itself."
            .formatted(String.valueOf(failure.getMessage())),
        "无法列出该文件夹的内容（%1$s）。没有移除任何内容，稍后会自动重试。".formatted(String.valueOf(failure.getMessage())));
  }

  /**
   * Why a complete look is not to be believed; empty if it is.
   *
   * @param before what was remembered of the source
   */
  Optional<Note> doubt(SourceRecord before, List<KnownFile> known, Listing listing)
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

  private Note empty(int files) {
    return new Note(
        ("The folder of source %1$s (%2$s) is empty; before, it held %3$s files. It may be"
                + " unmounted, so nothing was removed and questions are answered from what was indexed."
                + " Mount it again or, if it really is empty, run ./zhiku source confirm %1$s.")
            .formatted(name, root.folder(), files),
        ("来源 %1$s 的文件夹（%2$s）是空的，此前有 %3$s 个文件。它可能没有挂载，因此没有移除任何内容，仍依据已索引的内容回答。"
                + "请重新挂载；如果它确实已清空，请运行 ./zhiku source confirm %1$s。")
            .formatted(name, root.folder(), files));
  }

  private Note elsewhere() {
    return new Note(
        ("The folder of source %1$s (%2$s) is on another disk than before and holds other files, so"
                + " nothing was removed. Mount the right one or, if this is right, run ./zhiku source"
                + " confirm %1$s.")
            .formatted(name, root.folder()),
        ("来源 %1$s 的文件夹（%2$s）位于与之前不同的磁盘，且文件也不同，因此没有移除任何内容。请挂载正确的磁盘；如果现在的才是正确的，"
                + "请运行 ./zhiku source confirm %1$s。")
            .formatted(name, root.folder()));
  }
}
