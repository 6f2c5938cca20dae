package dev.zhiku.index.testing;

import dev.zhiku.index.Candidates;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.Occurrences;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.SearchRequest;
import dev.zhiku.index.TextHash;
import dev.zhiku.index.WordRarity;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedding;
import dev.zhiku.index.words.SoughtWords;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Passes everything on and remembers where each snapshot that is still open was taken. */
public final class LeakCheckingIndex extends ForwardingIndex {
  private final Map<Snapshot, Throwable> open = new ConcurrentHashMap<>();

  public LeakCheckingIndex(KnowledgeIndex index) {
    super(index);
  }

  /**
   * @throws AssertionError if a snapshot is open; its cause is the place where one was taken
   */
  public void requireNoOpenSnapshot() {
    open.values().stream()
        .findFirst()
        .ifPresent(
            taken -> {
              throw new AssertionError(open.size() + " snapshots were left open", taken);
            });
  }

  @Override
  public Snapshot snapshot() throws InterruptedException {
    return watched(super.snapshot());
  }

  @Override
  public Snapshot snapshotOf(Set<DocumentId> documents, Set<TextHash> texts)
      throws InterruptedException {
    return watched(super.snapshotOf(documents, texts));
  }

  private Snapshot watched(Snapshot snapshot) {
    Snapshot taken = new Watched(snapshot);
    open.put(taken, new Throwable("taken here"));
    return taken;
  }

  private final class Watched implements Snapshot {
    private final Snapshot snapshot;

    Watched(Snapshot snapshot) {
      this.snapshot = snapshot;
    }

    @Override
    public long epoch() {
      return snapshot.epoch();
    }

    @Override
    public Stats stats() {
      return snapshot.stats();
    }

    @Override
    public Stream<DocumentMeta> documents() {
      return snapshot.documents();
    }

    @Override
    public Map<DocumentId, DocumentMeta> documents(Set<DocumentId> ids)
        throws InterruptedException {
      return snapshot.documents(ids);
    }

    @Override
    public List<Passage> passages(DocumentId document, int from, int limit)
        throws InterruptedException {
      return snapshot.passages(document, from, limit);
    }

    @Override
    public int passageCount(DocumentId document) throws InterruptedException {
      return snapshot.passageCount(document);
    }

    @Override
    public Map<TextHash, Embedding> vectors(EmbedderId embedder, Set<TextHash> texts)
        throws InterruptedException {
      return snapshot.vectors(embedder, texts);
    }

    @Override
    public Candidates candidates(SearchRequest request) throws InterruptedException {
      return snapshot.candidates(request);
    }

    @Override
    public WordRarity rarity(Set<String> words, Filter filter) throws InterruptedException {
      return snapshot.rarity(words, filter);
    }

    @Override
    public Occurrences occurrences(SoughtWords sought, Filter filter, int limit)
        throws InterruptedException {
      return snapshot.occurrences(sought, filter, limit);
    }

    @Override
    public List<Passage> load(List<PassageId> ids) throws InterruptedException {
      return snapshot.load(ids);
    }

    @Override
    public void close() {
      open.remove(this);
      snapshot.close();
    }
  }
}
