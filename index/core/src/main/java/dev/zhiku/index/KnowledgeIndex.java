package dev.zhiku.index;

import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedding;
import dev.zhiku.index.words.SoughtWords;
import dev.zhiku.index.words.Words;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The one place passages are stored and found. Thread-safe. Derived data: always rebuildable from
 * the sources. Methods throw {@link IndexException}.
 */
public interface KnowledgeIndex extends AutoCloseable {
  /**
   * Replaces all passages of one document; a snapshot sees the old set or the new, never a mix.
   * Idempotent. An empty list keeps the document known, with no passages.
   *
   * @param passages ordinals 0..n-1 in order, all of this document
   */
  void replace(DocumentMeta document, List<EmbeddedPassage> passages) throws InterruptedException;

  /**
   * Changes what is said about a document (a rename, labels) and keeps its passages and vectors.
   * Unknown documents are left alone.
   *
   * @param change from what is said when its turn among the writes has come, whatever replaced the
   *     document before: what was read earlier may be of another version. Quick, does not call the
   *     index, keeps the id
   * @throws IllegalArgumentException if the change gives another id
   */
  void describe(DocumentId document, UnaryOperator<DocumentMeta> change)
      throws InterruptedException;

  /** Forgets a document and its passages; unknown ids are left alone. */
  void remove(DocumentId document) throws InterruptedException;

  /**
   * Makes every earlier change durable under this epoch, and visible to later snapshots; a crash
   * reopens at the last one. Callers coalesce. Interrupting the caller stops the wait, not the
   * commit.
   *
   * @param epoch not below the last one
   * @throws IndexException.WriteFailed if any change since the last commit was lost: none of them
   *     may be taken as durable, all have to be made again
   */
  void commit(long epoch) throws InterruptedException;

  /**
   * A fixed view that includes every change accepted before this call; close it promptly, it pins
   * files.
   */
  Snapshot snapshot() throws InterruptedException;

  /**
   * A fixed view for whoever asks about a few documents and texts only. Making every change visible
   * costs a file or two each time; this does so only if one of these changed since the last view,
   * so that others may be missing that were accepted a moment ago. What was committed before is in.
   *
   * @param documents their replacements, descriptions and removals are in the view
   * @param texts vectors stored for them before this call are in the view
   */
  default Snapshot snapshotOf(Set<DocumentId> documents, Set<TextHash> texts)
      throws InterruptedException {
    return snapshot();
  }

  /**
   * A fixed view that includes every change committed before this call, and perhaps later ones.
   * Waits for nobody: for questions, of which many may come while much is being stored.
   */
  default Snapshot committedSnapshot() throws InterruptedException {
    return snapshotOf(Set.of(), Set.of());
  }

  /** Commits nothing: what was not committed is lost. May be called twice. */
  @Override
  void close();

  /** A fixed view of the index. Thread-safe until closed. */
  interface Snapshot extends AutoCloseable {
    /** Epoch of the last commit, 0 before the first. */
    long epoch();

    Stats stats();

    /** All documents, in no order; close the stream. */
    Stream<DocumentMeta> documents();

    /** Descriptions of these documents; unknown ids are left out. */
    Map<DocumentId, DocumentMeta> documents(Set<DocumentId> ids) throws InterruptedException;

    /**
     * A part of a document's passages in order.
     *
     * @param from first ordinal
     * @param limit at most so many, 1 or more
     */
    List<Passage> passages(DocumentId document, int from, int limit) throws InterruptedException;

    /** Number of passages of a document; 0 if it is unknown. */
    int passageCount(DocumentId document) throws InterruptedException;

    /** Vectors already known for these texts: the index is the vector cache. */
    Map<TextHash, Embedding> vectors(EmbedderId embedder, Set<TextHash> texts)
        throws InterruptedException;

    /** One word list and one rescored vector list per embedder of the request; raw, unfused. */
    Candidates candidates(SearchRequest request) throws InterruptedException;

    /**
     * Rarity of words among the passages that the filter lets through, and among no others: a word
     * that only other passages hold, or only removed ones, counts as held by none.
     *
     * @param words terms, as {@link Words#terms()} gives them
     */
    WordRarity rarity(Set<String> words, Filter filter) throws InterruptedException;

    /**
     * Every passage that holds all these words, among those that the filter lets through. None
     * where nothing is sought.
     *
     * @param limit at most so many, 1 to {@link Occurrences#MAX_PASSAGES}
     */
    Occurrences occurrences(SoughtWords sought, Filter filter, int limit)
        throws InterruptedException;

    /** Passages in the order of the ids; unknown ids are left out. */
    List<Passage> load(List<PassageId> ids) throws InterruptedException;

    @Override
    void close();
  }

  /**
   * Size of the index.
   *
   * @param documents documents known, with or without passages
   * @param sizeBytes on disk; 0 where nothing is on disk
   * @param embedders whose passages exist
   */
  record Stats(int documents, long passages, long sizeBytes, Set<EmbedderId> embedders) {
    public Stats {
      embedders = Set.copyOf(embedders);
    }
  }
}
