package dev.zhiku.index.lucene;

import dev.zhiku.index.IndexVerifier.Verification;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.util.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares segments with their checksums and takes damaged ones out of the last commit. A document
 * is never spread over segments, so the others stay whole; what is missing afterwards is stored
 * again by whoever knows the documents.
 */
final class SegmentRepair {
  /** Files of each segment that are read together with the commit. */
  private static final String SEGMENT_INFO = ".si";

  private static final Logger LOG = LoggerFactory.getLogger(SegmentRepair.class);

  private SegmentRepair() {}

  /**
   * Refuses a folder with data but no commit. It has lost its commit: Lucene alone would empty it
   * silently.
   */
  static void requireCommitOrNothing(Directory directory) throws IOException {
    String[] files = directory.listAll();
    boolean committed =
        Arrays.stream(files).anyMatch(name -> name.startsWith(IndexFileNames.SEGMENTS));
    boolean data =
        Arrays.stream(files)
            .anyMatch(
                name ->
                    !name.equals(IndexWriter.WRITE_LOCK_NAME)
                        && !name.startsWith(IndexFileNames.PENDING_SEGMENTS));
    if (data && !committed) {
      throw new FileNotFoundException("the file " + IndexFileNames.SEGMENTS + "_N is missing");
    }
  }

  /**
   * The last commit.
   *
   * @throws CorruptIndexException if one of its files says that a newer program wrote it, and is
   *     not what was written
   */
  static SegmentInfos commit(Directory directory) throws IOException {
    try {
      return SegmentInfos.readLatestCommit(directory);
    } catch (IndexFormatTooNewException e) {
      for (String file : directory.listAll()) {
        boolean ofCommit = file.startsWith(IndexFileNames.SEGMENTS) || file.endsWith(SEGMENT_INFO);
        if (ofCommit && fileDamage(directory, file).isPresent()) {
          throw new CorruptIndexException("its version was altered", file, e);
        }
      }
      throw e;
    }
  }

  /**
   * Whether a failure to read a part says that it is damaged. In a commit that this version or an
   * older one has written, a part of a newer format is.
   */
  static boolean isDamage(Throwable failure, SegmentInfos commit) {
    return LuceneErrors.isDamage(failure)
        || (failure instanceof IndexFormatTooNewException
            && Version.LATEST.onOrAfter(commit.getCommitLuceneVersion()));
  }

  /** Bytes of a commit. */
  static long bytes(SegmentInfos commit) throws IOException {
    long bytes = 0;
    for (SegmentCommitInfo segment : commit) {
      bytes += segment.sizeInBytes();
    }
    return bytes;
  }

  /**
   * Checks every segment of the last commit and takes the damaged ones out. Nobody may be writing.
   *
   * @param generation where the files lie, for keeping the damaged ones
   * @throws IOException if the commit itself cannot be read, so that no part can be told sound, or
   *     a file for another reason than damage
   */
  static Verification takeOutDamaged(Directory directory, Path generation) throws IOException {
    SegmentInfos commit = commit(directory);
    try (CheckIndex check = new CheckIndex(directory)) {
      check.setLevel(CheckIndex.Level.MIN_LEVEL_FOR_CHECKSUM_CHECKS);
      check.setThreadCount(1);
      CheckIndex.Status status = check.checkIndex();
      if (status.clean) {
        return new Verification(bytes(commit), List.of(), Optional.empty());
      }
      Map<String, String> damage = damage(status, commit);
      Optional<Path> aside = Quarantine.files(generation, files(commit, damage.keySet()));
      check.exorciseIndex(status);
      List<String> described = damage.values().stream().toList();
      LOG.warn(
          "{} of {} segments of the index in {} are damaged and were taken out: {}",
          damage.size(),
          status.numSegments,
          generation,
          described);
      return new Verification(bytes(commit), described, aside);
    }
  }

  /** Damage by segment. */
  private static Map<String, String> damage(CheckIndex.Status status, SegmentInfos commit)
      throws IOException {
    Map<String, String> damage = new LinkedHashMap<>();
    for (CheckIndex.Status.SegmentInfoStatus segment : status.segmentInfos) {
      if (segment.error != null) {
        if (!isDamage(segment.error, commit)) {
          throw new IOException("Segment " + segment.name + " cannot be read", segment.error);
        }
        damage.put(segment.name, "segment " + segment.name + ": " + segment.error.getMessage());
      }
    }
    if (damage.isEmpty()) {
      throw new CorruptIndexException("the last commit cannot be read", status.dir.toString());
    }
    return damage;
  }

  private static List<String> files(SegmentInfos commit, Set<String> segments) throws IOException {
    List<String> files = new ArrayList<>();
    for (SegmentCommitInfo segment : commit) {
      if (segments.contains(segment.info.name)) {
        files.addAll(segment.files());
      }
    }
    files.add(commit.getSegmentsFileName());
    return files;
  }

  /**
   * The same, but if the commit itself is damaged, all of it is taken out. Nobody may be writing.
   *
   * @param generation where the files lie, for keeping the damaged ones
   */
  static Verification takeOut(Directory directory, Path generation) throws IOException {
    try {
      return takeOutDamaged(directory, generation);
    } catch (IOException | RuntimeException e) {
      if (!LuceneErrors.isDamage(e)) {
        throw e;
      }
      return takeOutAll(directory, generation, e);
    }
  }

  /** Gives the whole commit up, so that an empty index can be opened in its place. */
  private static Verification takeOutAll(Directory directory, Path generation, Exception why)
      throws IOException {
    List<String> all = List.of(directory.listAll());
    Optional<Path> aside = Quarantine.files(generation, all);
    for (String file : all) {
      if (file.startsWith(IndexFileNames.SEGMENTS)) {
        directory.deleteFile(file);
      }
    }
    LOG.warn("The index in {} is damaged ({}) and begins anew.", generation, why.toString());
    return new Verification(0, List.of("the last commit: " + why.getMessage()), aside);
  }

  /** Damaged files of a view; reads them afresh, so that a cut one does no harm. */
  static List<String> damage(Directory directory, View view) throws IOException {
    List<String> damage = new ArrayList<>();
    for (LeafReaderContext leaf : view.reader().leaves()) {
      for (String file : ((SegmentReader) leaf.reader()).getSegmentInfo().files()) {
        if (Thread.currentThread().isInterrupted()) {
          return damage;
        }
        fileDamage(directory, file).ifPresent(damage::add);
      }
    }
    return damage;
  }

  private static Optional<String> fileDamage(Directory directory, String file) throws IOException {
    try (IndexInput in = directory.openInput(file, IOContext.READONCE)) {
      CodecUtil.checksumEntireFile(in);
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      if (!LuceneErrors.isDamage(e)) {
        throw e;
      }
      return Optional.of(file + ": " + e.getMessage());
    }
  }
}
