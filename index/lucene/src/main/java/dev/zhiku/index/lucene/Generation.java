package dev.zhiku.index.lucene;

import dev.zhiku.index.Candidates;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import dev.zhiku.index.IndexException.IndexClosed;
import dev.zhiku.index.IndexVerifier.Verification;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.Occurrences;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.RemovedPassages;
import dev.zhiku.index.SearchRequest;
import dev.zhiku.index.TextHash;
import dev.zhiku.index.WordRarity;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedding;
import dev.zhiku.index.words.SoughtWords;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * One generation while it is open. Retired, it is closed when its last snapshot is: questions that
 * are being answered from it end undisturbed. Thread-safe.
 */
final class Generation {
  private final int number;
  private final LuceneKnowledgeIndex index;
  private int users = 1;
  private Runnable afterClose = () -> {};

  Generation(int number, LuceneKnowledgeIndex index) {
    this.number = number;
    this.index = index;
  }

  int number() {
    return number;
  }

  KnowledgeIndex index() {
    return index;
  }

  /** The last commit, added to what is held; nothing of a generation that is closed already. */
  void hold(HeldIndex held) throws InterruptedException {
    Optional<KnowledgeIndex.Snapshot> open = snapshot(KnowledgeIndex::committedSnapshot);
    if (open.isPresent()) {
      boolean added = false;
      try {
        held.add(number, index.hold(), open.get()::close);
        added = true;
      } finally {
        if (!added) {
          open.get().close();
        }
      }
    }
  }

  /** Of a generation that is closed already there is nothing to verify. */
  Verification verify() throws InterruptedException {
    Optional<KnowledgeIndex.Snapshot> open = snapshot(KnowledgeIndex::snapshot);
    if (open.isEmpty()) {
      return new Verification(0, List.of(), Optional.empty());
    }
    try {
      return index.verify();
    } finally {
      open.get().close();
    }
  }

  /** As {@link RemovedPassages#left}; of a generation that is closed already, none. */
  int left(DocumentId document) throws InterruptedException {
    Optional<KnowledgeIndex.Snapshot> open = snapshot(KnowledgeIndex::committedSnapshot);
    if (open.isEmpty()) {
      return 0;
    }
    try {
      return index.left(document);
    } finally {
      open.get().close();
    }
  }

  /**
   * As {@link RemovedPassages#expunge}. The generation stays open as long, but by no snapshot: that
   * would keep the files.
   */
  void expunge() throws InterruptedException {
    synchronized (this) {
      if (users == 0) {
        return;
      }
      users++;
    }
    try {
      index.expunge();
    } finally {
      release();
    }
  }

  /** Takes a snapshot of an index. */
  interface Look {
    KnowledgeIndex.Snapshot at(KnowledgeIndex index) throws InterruptedException;
  }

  /** A snapshot that keeps the generation open; empty if it is closed already. */
  Optional<KnowledgeIndex.Snapshot> snapshot(Look look) throws InterruptedException {
    synchronized (this) {
      if (users == 0) {
        return Optional.empty();
      }
      users++;
    }
    boolean taken = false;
    try {
      KnowledgeIndex.Snapshot snapshot = new Held(look.at(index));
      taken = true;
      return Optional.of(snapshot);
    } finally {
      if (!taken) {
        release();
      }
    }
  }

  /**
   * The one who opened the generation needs it no more. To be called once.
   *
   * @param afterwards called once the index is closed, by whoever let it go last
   */
  void retire(Runnable afterwards) {
    synchronized (this) {
      afterClose = afterwards;
    }
    release();
  }

  private void release() {
    Runnable last;
    synchronized (this) {
      users--;
      if (users > 0) {
        return;
      }
      last = afterClose;
    }
    index.close();
    last.run();
  }

  /** Lets the generation go when it is closed. */
  private final class Held implements KnowledgeIndex.Snapshot {
    private final KnowledgeIndex.Snapshot of;
    private final AtomicBoolean open = new AtomicBoolean(true);

    Held(KnowledgeIndex.Snapshot of) {
      this.of = of;
    }

    private KnowledgeIndex.Snapshot of() {
      if (!open.get()) {
        throw new IndexClosed(new IllegalStateException("the snapshot was closed"));
      }
      return of;
    }

    @Override
    public long epoch() {
      return of().epoch();
    }

    @Override
    public KnowledgeIndex.Stats stats() {
      return of().stats();
    }

    @Override
    public Stream<DocumentMeta> documents() {
      return of().documents();
    }

    @Override
    public Map<DocumentId, DocumentMeta> documents(Set<DocumentId> ids)
        throws InterruptedException {
      return of().documents(ids);
    }

    @Override
    public List<Passage> passages(DocumentId document, int from, int limit)
        throws InterruptedException {
      return of().passages(document, from, limit);
    }

    @Override
    public int passageCount(DocumentId document) throws InterruptedException {
      return of().passageCount(document);
    }

    @Override
    public Map<TextHash, Embedding> vectors(EmbedderId embedder, Set<TextHash> texts)
        throws InterruptedException {
      return of().vectors(embedder, texts);
    }

    @Override
    public Candidates candidates(SearchRequest request) throws InterruptedException {
      return of().candidates(request);
    }

    @Override
    public WordRarity rarity(Set<String> words, Filter filter) throws InterruptedException {
      return of().rarity(words, filter);
    }

    @Override
    public Occurrences occurrences(SoughtWords sought, Filter filter, int limit)
        throws InterruptedException {
      return of().occurrences(sought, filter, limit);
    }

    @Override
    public List<Passage> load(List<PassageId> ids) throws InterruptedException {
      return of().load(ids);
    }

    @Override
    public void close() {
      if (open.compareAndSet(true, false)) {
        try {
          of.close();
        } finally {
          release();
        }
      }
    }
  }
}
