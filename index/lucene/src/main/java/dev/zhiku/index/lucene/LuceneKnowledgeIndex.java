package dev.zhiku.index.lucene;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.IndexException;
import dev.zhiku.index.IndexException.WriteFailed;
import dev.zhiku.index.IndexVerifier;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.RemovedPassages;
import dev.zhiku.index.TextHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;

/**
 * Passages in one Lucene index on disk. Words are analysed by the caller's thread; writing is done
 * by one thread of its own, in the order of the calls. After a failed write the index goes on from
 * its last commit; what was accepted since is lost, which the next {@link #commit} reports once.
 */
public final class LuceneKnowledgeIndex implements KnowledgeIndex, IndexVerifier, RemovedPassages {
  /** Pause between two looks at whether segments are still being merged. */
  private static final long MERGE_LOOK_MILLIS = 20;

  private final Path path;
  private final LuceneSettings settings;
  private final FieldBoosts boosts;
  private final IndexStore store;
  private final WriterThread writer;

  private LuceneKnowledgeIndex(
      Path path, LuceneSettings settings, FieldBoosts boosts, IndexStore store) {
    this.path = path;
    this.settings = settings;
    this.boosts = boosts;
    this.store = store;
    this.writer = new WriterThread(settings.queuedChanges());
  }

  /**
   * Opens the index in a folder at its last commit, without its damaged segments; an absent or
   * empty folder becomes an empty index.
   *
   * @throws IndexException.IndexLocked if another process has it open
   * @throws IndexException.IndexTooNew if a newer version wrote it
   * @throws IndexException.IndexCorrupt if not even its last commit can be read
   */
  public static LuceneKnowledgeIndex open(Path folder, LuceneSettings settings) {
    return open(folder, settings, FieldBoosts.DEFAULT);
  }

  static LuceneKnowledgeIndex open(Path folder, LuceneSettings settings, FieldBoosts boosts) {
    try {
      Files.createDirectories(folder);
      emptyLockFile(folder.resolve(IndexWriter.WRITE_LOCK_NAME));
      return over(folder, new MMapDirectory(folder), settings, boosts);
    } catch (IOException e) {
      throw LuceneErrors.opening(folder, e);
    }
  }

  /** Lucene's lock files are empty, and it takes one that is not for a lock it has lost. */
  private static void emptyLockFile(Path lock) throws IOException {
    if (Files.exists(lock) && Files.size(lock) > 0) {
      Files.newByteChannel(lock, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
          .close();
    }
  }

  /** Over any directory, which is closed with the index. */
  static LuceneKnowledgeIndex over(
      Path name, Directory directory, LuceneSettings settings, FieldBoosts boosts) {
    IndexStore store = new IndexStore(name, directory, settings, boosts);
    return new LuceneKnowledgeIndex(name, settings, boosts, store);
  }

  @Override
  public void replace(DocumentMeta document, List<EmbeddedPassage> passages)
      throws InterruptedException {
    EmbeddedPassage.requireBlock(document.id(), passages);
    Iterable<Document> block = new BlockWriter(document).block(passages);
    List<TextHash> texts = passages.stream().map(EmbeddedPassage::textHash).toList();
    writer.change(() -> store.replace(document.id(), block, texts));
  }

  @Override
  public void describe(DocumentId document, UnaryOperator<DocumentMeta> change)
      throws InterruptedException {
    writer.change(() -> store.describe(document, change));
  }

  @Override
  public void remove(DocumentId document) throws InterruptedException {
    writer.change(() -> store.remove(document));
  }

  @Override
  public void commit(long epoch) throws InterruptedException {
    writer.change(() -> store.commit(epoch));
  }

  @Override
  public Snapshot snapshot() throws InterruptedException {
    CandidateSearch.stopIfInterrupted();
    long accepted = store.changes();
    View view = store.acquire();
    if (view.changes() < accepted) {
      release(view);
      writer.refresh(store::refresh);
      view = store.acquire();
    }
    return snapshot(view);
  }

  @Override
  public Snapshot snapshotOf(Set<DocumentId> documents, Set<TextHash> texts)
      throws InterruptedException {
    CandidateSearch.stopIfInterrupted();
    return store.unseen().containsAny(documents, texts) ? snapshot() : snapshot(store.acquire());
  }

  private Snapshot snapshot(View view) {
    return new LuceneSnapshot(view, path, boosts, settings.rescored());
  }

  /**
   * Result of the verification when the index was opened; empty if it was too large to be read
   * whole then and showed no damage.
   */
  public Optional<Verification> verifiedWhenOpened() {
    return store.verifiedWhenOpened();
  }

  @Override
  public Verification verify() throws InterruptedException {
    List<String> damage = damage();
    CandidateSearch.stopIfInterrupted();
    if (damage.isEmpty()) {
      writer.change(store::keepCommitReadable);
      return new Verification(bytes(), damage, Optional.empty());
    }
    CompletableFuture<Verification> found = new CompletableFuture<>();
    writer.change(() -> found.complete(store.repair(damage)));
    return found.join();
  }

  @Override
  public int left(DocumentId document) {
    View view = store.acquire();
    try {
      return store.removed(document, view);
    } catch (IOException e) {
      throw LuceneErrors.reading(path, e);
    } finally {
      release(view);
    }
  }

  @Override
  public void expunge() throws InterruptedException {
    writer.change(store::beginExpunging);
    AtomicBoolean merging = new AtomicBoolean(true);
    while (merging.get()) {
      Thread.sleep(MERGE_LOOK_MILLIS);
      writer.refresh(() -> merging.set(store.isMerging()));
    }
    writer.change(store::keepMerged);
  }

  /** The last commit, whose files stay until it is closed. */
  HeldCommit hold() {
    return store.hold();
  }

  private List<String> damage() {
    View view = store.acquire();
    try {
      return store.damage(view);
    } catch (IOException e) {
      throw new WriteFailed("Verifying the index", e);
    } finally {
      release(view);
    }
  }

  private long bytes() throws InterruptedException {
    try (Snapshot snapshot = snapshot()) {
      return snapshot.stats().sizeBytes();
    }
  }

  private void release(View view) {
    try {
      view.release();
    } catch (IOException e) {
      throw LuceneErrors.reading(path, e);
    }
  }

  @Override
  public void close() {
    writer.close(store::close);
  }
}
