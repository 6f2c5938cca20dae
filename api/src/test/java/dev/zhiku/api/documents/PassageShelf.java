package dev.zhiku.api.documents;

import dev.zhiku.index.Candidates;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.Filter;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.SearchRequest;
import dev.zhiku.index.TextHash;
import dev.zhiku.index.WordRarity;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedding;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** An index that only reads out passages; it counts the snapshots left open. */
public final class PassageShelf implements KnowledgeIndex {
  private final Map<DocumentId, List<Passage>> passages = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();

  public void put(DocumentId id, List<Passage> all) {
    passages.put(id, List.copyOf(all));
  }

  public int openSnapshots() {
    return open.get();
  }

  @Override
  public void replace(DocumentMeta document, List<EmbeddedPassage> all) {
    put(document.id(), all.stream().map(EmbeddedPassage::passage).toList());
  }

  @Override
  public void describe(DocumentMeta document) {}

  @Override
  public void remove(DocumentId document) {
    passages.remove(document);
  }

  @Override
  public void commit(long epoch) {}

  @Override
  public Snapshot snapshot() {
    open.incrementAndGet();
    return new View();
  }

  @Override
  public void close() {}

  private final class View implements Snapshot {
    @Override
    public long epoch() {
      return 7;
    }

    @Override
    public Stats stats() {
      long count = passages.values().stream().mapToLong(List::size).sum();
      return new Stats(passages.size(), count, 4_096, Set.of(new EmbedderId("hashing", "1", 64)));
    }

    @Override
    public Stream<DocumentMeta> documents() {
      throw new UnsupportedOperationException("only passages are read here");
    }

    @Override
    public Map<DocumentId, DocumentMeta> documents(Set<DocumentId> ids) {
      throw new UnsupportedOperationException("only passages are read here");
    }

    @Override
    public List<Passage> passages(DocumentId document, int from, int limit) {
      return passages.getOrDefault(document, List.of()).stream().skip(from).limit(limit).toList();
    }

    @Override
    public int passageCount(DocumentId document) {
      return passages.getOrDefault(document, List.of()).size();
    }

    @Override
    public WordRarity rarity(Set<String> words, Filter filter) {
      throw new UnsupportedOperationException("only passages are read here");
    }

    @Override
    public Map<TextHash, Embedding> vectors(EmbedderId embedder, Set<TextHash> texts) {
      throw new UnsupportedOperationException("only passages are read here");
    }

    @Override
    public Candidates candidates(SearchRequest request) {
      throw new UnsupportedOperationException("only passages are read here");
    }

    @Override
    public List<Passage> load(List<PassageId> ids) {
      throw new UnsupportedOperationException("only passages are read here");
    }

    @Override
    public void close() {
      open.decrementAndGet();
    }
  }
}
