package dev.zhiku.ingest.source;

import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.outcome.IngestText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a source hears of changes in its folder, and whether that is enough. Where the system has
 * run out of watches, or the folder lies on a share whose changes it does not see, the folder has
 * to be looked through often instead. Used under the source's lock, save {@link #await}.
 */
final class SourceEvents implements AutoCloseable {
  /** After so long without a watch it is tried again: others may have given theirs back. */
  static final Duration AGAIN = Duration.ofMinutes(5);

  /** File systems that others write to without this machine's noticing. */
  private static final Set<String> SHARES =
      Set.of(
          "nfs",
          "nfs4",
          "cifs",
          "smb2",
          "smb3",
          "smbfs",
          "ncpfs",
          "afs",
          "ceph",
          "9p",
          "virtiofs",
          "vboxsf",
          "prl_fs",
          "drvfs",
          "davfs",
          "webdav",
          "glusterfs",
          "lustre",
          "ocfs2",
          "gpfs");

  private volatile Optional<FolderWatch> watch = Optional.empty();
  private boolean following;
  private String watchedRoot = "";
  private String noWatch = "";
  private String share = "";
  private long openedNanos;

  /** Waits for events, at most so long; an empty path is the whole source. */
  Set<String> await(Duration most) throws InterruptedException {
    Optional<FolderWatch> now = watch;
    if (now.isPresent()) {
      return now.get().poll(most);
    }
    Thread.sleep(most.toMillis());
    return Set.of();
  }

  /** Follows this folder from now on, if it did not before. */
  void follow(Path folder, String key) {
    boolean over = incomplete() && System.nanoTime() - openedNanos > AGAIN.toNanos();
    if (!follows(key) || over) {
      end();
      share = shareType(folder);
      open();
      watchedRoot = key;
      following = true;
    }
  }

  private void open() {
    openedNanos = System.nanoTime();
    try {
      watch = Optional.of(FolderWatch.open());
      noWatch = "";
    } catch (IOException e) {
      noWatch = String.valueOf(e.getMessage());
    }
  }

  /** The kind of share that the folder lies on; empty for a disk of this machine. */
  private static String shareType(Path folder) {
    try {
      String type = Files.getFileStore(folder).type().toLowerCase(Locale.ROOT);
      return isShare(type) ? type : "";
    } catch (IOException e) {
      return "";
    }
  }

  /**
   * @param type as the system calls it, in lower case
   */
  static boolean isShare(String type) {
    return SHARES.contains(type) || type.startsWith("fuse");
  }

  /** A folder of the source, seen by a look. */
  void add(String path, Path folder) {
    watch.ifPresent(w -> w.add(path, folder));
  }

  private boolean incomplete() {
    return !noWatch.isEmpty() || watch.map(w -> !w.failure().isEmpty()).orElse(false);
  }

  /** Whether nearly every change is reported, so that looking through now and then is enough. */
  boolean suffice() {
    return share.isEmpty() && watch.map(FolderWatch::reportsEvents).orElse(false);
  }

  /** Whether some folder is being followed. */
  boolean following() {
    return following;
  }

  /** Whether this is the folder that is followed. */
  boolean follows(String key) {
    return following && key.equals(watchedRoot);
  }

  /** The reason why the folder is scanned so often; empty if it is not. */
  Phrase detail() {
    if (incomplete()) {
      String why = noWatch.isEmpty() ? watch.map(FolderWatch::failure).orElse("") : noWatch;
      return IngestText.of("changes.unreported", why);
    }
    return share.isEmpty() ? Phrase.NONE : IngestText.of("changes.share", share);
  }

  /** Follows nothing. */
  void end() {
    watch.ifPresent(FolderWatch::close);
    watch = Optional.empty();
    watchedRoot = "";
    following = false;
    noWatch = "";
    share = "";
  }

  @Override
  public void close() {
    end();
  }
}
