package dev.zhiku.index.lucene;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.IndexException.IndexClosed;
import dev.zhiku.index.IndexException.IndexTooNew;
import dev.zhiku.index.IndexException.WriteFailed;
import dev.zhiku.index.IndexVerifier.Verification;
import dev.zhiku.index.TextHash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.KeepOnlyLastCommitDeletionPolicy;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SnapshotDeletionPolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer and the view that is current. Everything but {@link #acquire} and {@link #changes} is
 * for the writer thread alone, after the constructor; {@link #unseen} may be asked by any.
 */
final class IndexStore {
  private static final Logger LOG = LoggerFactory.getLogger(IndexStore.class);

  /** A change with more passages lets earlier changes be seen first, for it takes its time. */
  static final int LARGE_CHANGE = 200;

  /**
   * An index of this size or less is read whole before it answers, well under a second; a larger
   * one is verified while it answers.
   */
  static final long VERIFIED_WHEN_OPENED_BYTES = 256L << 20;

  private final Path path;
  private final Directory directory;
  private final LuceneSettings settings;
  private final FieldBoosts boosts;

  /** Outlives a writer, so that what is held stays held when the next one takes its place. */
  private final SnapshotDeletionPolicy commits =
      new SnapshotDeletionPolicy(new KeepOnlyLastCommitDeletionPolicy());

  private final UnseenChanges unseen = new UnseenChanges();
  private @Nullable IndexWriter writer;
  private @Nullable Throwable lost;
  private boolean uncommitted;
  private long epoch;
  private final AtomicLong changes = new AtomicLong();
  private final CurrentView view = new CurrentView();
  private final Optional<Verification> verifiedWhenOpened;

  /**
   * Opens what is sound of the last commit, or makes an empty one; closes the directory if that
   * fails.
   */
  IndexStore(Path path, Directory directory, LuceneSettings settings, FieldBoosts boosts) {
    this.path = path;
    this.directory = directory;
    this.settings = settings;
    this.boosts = boosts;
    try {
      SegmentRepair.requireCommitOrNothing(directory);
      verifiedWhenOpened = openSound();
    } catch (IOException | RuntimeException e) {
      closeQuietly();
      throw LuceneErrors.opening(path, e);
    }
  }

  private Optional<Verification> openSound() throws IOException {
    if (!DirectoryReader.indexExists(directory)) {
      openWriter();
      return Optional.of(new Verification(0, List.of(), Optional.empty()));
    }
    SegmentInfos commit = SegmentRepair.commit(directory);
    requireReadable(CommitData.of(commit.getUserData().entrySet()));
    if (SegmentRepair.bytes(commit) > VERIFIED_WHEN_OPENED_BYTES && opensAtOnce(commit)) {
      return Optional.empty();
    }
    Verification found = SegmentRepair.takeOutDamaged(directory, path);
    openWriter();
    return Optional.of(found);
  }

  private boolean opensAtOnce(SegmentInfos commit) throws IOException {
    try {
      openWriter();
      return true;
    } catch (IOException | RuntimeException e) {
      if (!SegmentRepair.isDamage(e, commit)) {
        throw e;
      }
      abandonWriter();
      return false;
    }
  }

  Optional<Verification> verifiedWhenOpened() {
    return verifiedWhenOpened;
  }

  private void requireReadable(CommitData data) {
    if (data.isTooNew()) {
      throw new IndexTooNew(path, new IOException("its format is " + data.format()));
    }
  }

  private IndexWriter openWriter() throws IOException {
    IndexWriter opened = new IndexWriter(directory, WriterConfig.of(settings, boosts, commits));
    writer = opened;
    CommitData data = CommitData.of(opened.getLiveCommitData());
    requireReadable(data);
    epoch = data.epoch();
    if (!DirectoryReader.indexExists(directory)) {
      opened.setLiveCommitData(new CommitData(0).entries());
      opened.commit();
    }
    uncommitted = false;
    unseen.clear();
    publish(DirectoryReader.open(opened));
    return opened;
  }

  /** Number of changes accepted since the index was opened. */
  long changes() {
    return changes.get();
  }

  /**
   * The current view, with a reference for the caller.
   *
   * @throws IndexClosed after {@link #close}
   */
  View acquire() {
    return view.acquire();
  }

  /** Changes that the current view does not show yet. */
  UnseenChanges unseen() {
    return unseen;
  }

  /**
   * @param texts hashes of the block's passages
   */
  void replace(DocumentId document, Iterable<Document> block, List<TextHash> texts) {
    write(
        "Storing document " + document,
        open -> {
          if (texts.size() > LARGE_CHANGE) {
            refresh(open);
          }
          update(open, document, block, texts);
        });
  }

  void describe(DocumentId document, UnaryOperator<DocumentMeta> change) {
    write(
        "Describing document " + document,
        open -> {
          if (unseen.contains(document)) {
            refresh(open);
          }
          Optional<Blocks.Block> block = new Blocks(view.get().reader()).find(document);
          if (block.isPresent()) {
            DocumentMeta said = block.get().meta().changed(change);
            List<EmbeddedPassage> passages = block.get().embedded();
            update(open, document, new BlockWriter(said).block(passages), List.of());
          }
        });
  }

  void remove(DocumentId document) {
    write(
        "Removing document " + document,
        open -> {
          open.deleteDocuments(term(document));
          accepted(document, List.of());
        });
  }

  private void update(
      IndexWriter open, DocumentId document, Iterable<Document> block, List<TextHash> texts)
      throws IOException {
    open.updateDocuments(term(document), block);
    accepted(document, texts);
  }

  private void accepted(DocumentId document, List<TextHash> texts) {
    uncommitted = true;
    unseen.add(document, texts);
    changes.incrementAndGet();
  }

  private static Term term(DocumentId document) {
    return new Term(Fields.DOCUMENT, document.value());
  }

  /**
   * @throws IllegalArgumentException if the epoch is below the last one
   */
  void commit(long next) {
    if (next < epoch) {
      throw new IllegalArgumentException("epoch " + next + " is below the last one, " + epoch);
    }
    Throwable cause = lost;
    if (cause != null) {
      lost = null;
      throw new WriteFailed("A change before this commit", cause);
    }
    write("Commit " + next, open -> commit(open, next));
  }

  /** Accepted changes become visible first, so that nobody waits for the disk to see them. */
  private void commit(IndexWriter open, long next) throws IOException {
    uncommitted = false;
    refresh(open);
    open.setLiveCommitData(new CommitData(next).entries());
    open.commit();
    epoch = next;
    View current = view.get();
    current.reader().incRef();
    publish(current.reader());
  }

  /** Makes every accepted change visible; after a failure, what the last commit holds. */
  void refresh() {
    try {
      write("Refresh", this::refresh);
    } catch (WriteFailed e) {
      LOG.warn("{} Questions are answered from the last commit.", e.getMessage());
    }
  }

  private void refresh(IndexWriter open) throws IOException {
    View current = view.get();
    if (current.changes() == changes.get()) {
      return;
    }
    DirectoryReader changed = DirectoryReader.openIfChanged(current.reader(), open);
    if (changed == null) {
      current.reader().incRef();
      changed = current.reader();
    }
    publish(changed);
    unseen.clear();
  }

  /** Takes over one reference to the reader. */
  private void publish(DirectoryReader reader) throws IOException {
    view.publish(new View(reader, epoch, changes.get(), boosts));
  }

  private interface Write {
    void to(IndexWriter open) throws IOException;
  }

  private void write(String what, Write write) {
    try {
      IndexWriter open = writer;
      write.to(open != null ? open : openWriter());
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      startOver(e);
      throw new WriteFailed(what, e);
    }
  }

  /**
   * Goes back to the last commit. A writer that failed once is never trusted again: a disk that
   * could not sync may report success the next time without having written.
   */
  private void startOver(Exception failure) {
    if (uncommitted) {
      lost = failure;
    }
    abandonWriter();
    try {
      openWriter();
    } catch (IOException e) {
      abandonWriter();
      LOG.warn("The index in {} cannot be written to for now: {}", path, e.getMessage());
    }
  }

  /** The last commit, whose files stay until it is let go; for any thread. */
  HeldCommit hold() {
    return HeldCommit.of(commits);
  }

  /** Damaged files of a view; for any thread. */
  List<String> damage(View seen) throws IOException {
    return SegmentRepair.damage(directory, seen);
  }

  /** Goes back to the last commit and takes out what is damaged of it. */
  Verification repair(List<String> damage) {
    if (uncommitted) {
      lost = new CorruptIndexException(damage.toString(), path.toString());
    }
    abandonWriter();
    try {
      Verification found = SegmentRepair.takeOut(directory, path);
      openWriter();
      return found.isSound() ? new Verification(found.bytes(), damage, found.aside()) : found;
    } catch (IOException | RuntimeException e) {
      abandonWriter();
      throw LuceneErrors.opening(path, e);
    }
  }

  /** Writes the commit again if it cannot be read; what it leads to is sound. */
  void keepCommitReadable() {
    try {
      SegmentInfos.readLatestCommit(directory);
    } catch (IOException | RuntimeException e) {
      LOG.warn("The commit of the index in {} is damaged and is written again: {}", path, e);
      write(
          "Writing the commit again",
          open -> {
            open.setLiveCommitData(new CommitData(epoch).entries());
            open.commit();
          });
    }
  }

  /**
   * Begins to merge every segment that holds something removed; {@link #isMerging} says how far.
   */
  void beginExpunging() {
    write("Taking removed passages out of the files", open -> open.forceMergeDeletes(false));
  }

  /** Whether segments are being merged; false too if that has failed. */
  boolean isMerging() {
    IndexWriter open = writer;
    return open != null && open.isOpen() && open.hasPendingMerges();
  }

  /** Makes what was merged durable, and lets go of the files before. */
  void keepMerged() {
    write(
        "Keeping what was merged",
        open -> {
          open.setLiveCommitData(new CommitData(epoch).entries());
          open.commit();
          DirectoryReader merged = DirectoryReader.openIfChanged(view.get().reader(), open);
          if (merged != null) {
            publish(merged);
            unseen.clear();
          }
        });
  }

  /** Removed passages and records of a document in files of the last commit or of a view. */
  int removed(DocumentId document, View seen) throws IOException {
    try (DirectoryReader committed = DirectoryReader.open(directory)) {
      return Math.max(
          RemovedCount.of(term(document), committed),
          RemovedCount.of(term(document), seen.reader()));
    }
  }

  private void abandonWriter() {
    IndexWriter failed = writer;
    writer = null;
    uncommitted = false;
    if (failed != null) {
      try {
        failed.rollback();
      } catch (IOException | RuntimeException e) {
        LOG.debug("A failed writer could not be rolled back: {}", e.toString());
      }
    }
  }

  /** Commits nothing. */
  void close() {
    try {
      view.close();
    } catch (IOException e) {
      LOG.warn("A reader of the index in {} could not be closed", path, e);
    }
    closeQuietly();
  }

  private void closeQuietly() {
    abandonWriter();
    try {
      directory.close();
    } catch (IOException e) {
      LOG.warn("The index in {} could not be closed", path, e);
    }
  }
}
