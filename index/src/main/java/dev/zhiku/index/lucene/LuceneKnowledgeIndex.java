package dev.zhiku.index.lucene;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.IndexException;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.TextHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;

/**
 * Passages in one Lucene index on disk. Words are analysed by the caller's thread; writing is done
 * by one thread of its own, in the order of the calls. After a failed write the index goes on from
 * its last commit; what was accepted since is lost, which the next {@link #commit} reports once.
 */
public final class LuceneKnowledgeIndex implements KnowledgeIndex {
  private final Path path;
  private final LuceneSettings settings;
  private final WordWeights weights;
  private final IndexStore store;
  private final WriterThread writer;

  private LuceneKnowledgeIndex(
      Path path, LuceneSettings settings, WordWeights weights, IndexStore store) {
    this.path = path;
    this.settings = settings;
    this.weights = weights;
    this.store = store;
    this.writer = new WriterThread(settings.queuedChanges());
  }

  /**
   * Opens the index in a folder at its last commit; an absent or empty folder becomes an empty
   * index.
   *
   * @throws IndexException.IndexLocked if another process has it open
   * @throws IndexException.IndexTooNew if a newer version wrote it
   * @throws IndexException.IndexCorrupt if it is damaged, as far as that shows without reading it
   *     whole
   */
  public static LuceneKnowledgeIndex open(Path folder, LuceneSettings settings) {
    return open(folder, settings, WordWeights.DEFAULT);
  }

  static LuceneKnowledgeIndex open(Path folder, LuceneSettings settings, WordWeights weights) {
    try {
      Files.createDirectories(folder);
      return over(folder, new MMapDirectory(folder), settings, weights);
    } catch (IOException e) {
      throw Failures.opening(folder, e);
    }
  }

  /** Over any directory, which is closed with the index. */
  static LuceneKnowledgeIndex over(
      Path name, Directory directory, LuceneSettings settings, WordWeights weights) {
    IndexStore store = new IndexStore(name, directory, settings, weights);
    return new LuceneKnowledgeIndex(name, settings, weights, store);
  }

  @Override
  public void replace(DocumentMeta document, List<EmbeddedPassage> passages)
      throws InterruptedException {
    EmbeddedPassage.requireBlock(document.id(), passages);
    List<Document> block = new BlockWriter(document).block(passages);
    List<TextHash> texts = passages.stream().map(EmbeddedPassage::textHash).toList();
    writer.change(() -> store.replace(document.id(), block, texts));
  }

  @Override
  public void describe(DocumentMeta document) throws InterruptedException {
    writer.change(() -> store.describe(document));
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
    return new LuceneSnapshot(view, path, weights, settings.rescored());
  }

  private void release(View view) {
    try {
      view.release();
    } catch (IOException e) {
      throw Failures.reading(path, e);
    }
  }

  @Override
  public void close() {
    writer.close(store::close);
  }
}
