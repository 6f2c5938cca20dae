package dev.zhiku.index.lucene;

import dev.zhiku.index.IndexException.WriteFailed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexCommit;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SnapshotDeletionPolicy;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;

/**
 * The files of one commit of one index, none of which changes or goes away until this is closed.
 */
final class HeldCommit implements AutoCloseable {
  private final long epoch;
  private final List<String> files;
  private final Release release;
  private final AtomicBoolean open = new AtomicBoolean(true);

  private interface Release {
    void run() throws IOException;
  }

  private HeldCommit(long epoch, List<String> files, Release release) {
    this.epoch = epoch;
    this.files = files;
    this.release = release;
  }

  /** The last commit of an index that is open; later ones delete nothing of it. */
  static HeldCommit of(SnapshotDeletionPolicy commits) {
    try {
      IndexCommit commit = commits.snapshot();
      return new HeldCommit(
          CommitData.of(commit.getUserData().entrySet()).epoch(),
          List.copyOf(commit.getFileNames()),
          () -> commits.release(commit));
    } catch (IOException e) {
      throw new WriteFailed("Holding the last commit", e);
    }
  }

  /**
   * The last commit of an index that nobody has open, and nobody may open meanwhile; of a folder
   * without one, no files.
   */
  static HeldCommit atRest(Path folder) {
    try (Directory directory = new MMapDirectory(folder)) {
      if (!DirectoryReader.indexExists(directory)) {
        return new HeldCommit(0, List.of(), () -> {});
      }
      SegmentInfos commit = SegmentInfos.readLatestCommit(directory);
      return new HeldCommit(
          CommitData.of(commit.getUserData().entrySet()).epoch(),
          new ArrayList<>(commit.files(true)),
          () -> {});
    } catch (IOException | RuntimeException e) {
      throw LuceneErrors.opening(folder, e);
    }
  }

  long epoch() {
    return epoch;
  }

  /** Names inside the folder of the index. */
  List<String> files() {
    return files;
  }

  /** What nobody else needs is deleted with the next commit. */
  @Override
  public void close() {
    if (open.compareAndSet(true, false)) {
      try {
        release.run();
      } catch (IOException e) {
        throw new WriteFailed("Letting go of a commit", e);
      }
    }
  }
}
