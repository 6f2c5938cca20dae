package dev.zhiku.index.lucene;

import dev.zhiku.index.Candidates;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import dev.zhiku.index.IndexException.IndexClosed;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import dev.zhiku.index.KnowledgeIndex.Stats;
import dev.zhiku.index.Occurrences;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.SearchRequest;
import dev.zhiku.index.TextHash;
import dev.zhiku.index.WordRarity;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedding;
import dev.zhiku.index.words.SoughtWords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.AlreadyClosedException;

/** A borrowed view. */
final class LuceneSnapshot implements Snapshot {
  private final View view;
  private final Path directory;
  private final FieldBoosts boosts;
  private final int rescored;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Takes over one reference to the view. */
  LuceneSnapshot(View view, Path directory, FieldBoosts boosts, int rescored) {
    this.view = view;
    this.directory = directory;
    this.boosts = boosts;
    this.rescored = rescored;
  }

  private interface Read<T> {
    T run() throws IOException, InterruptedException;
  }

  @Override
  public long epoch() {
    requireOpen();
    return view.epoch();
  }

  @Override
  public Stats stats() {
    requireOpen();
    try {
      return view.stats();
    } catch (IOException | AlreadyClosedException e) {
      throw LuceneErrors.reading(directory, e);
    }
  }

  @Override
  public Stream<DocumentMeta> documents() {
    requireOpen();
    return view.reader().leaves().stream().flatMap(this::documents);
  }

  private Stream<DocumentMeta> documents(LeafReaderContext leaf) {
    List<DocumentMeta> found = new ArrayList<>();
    try {
      Records records = new Records(leaf);
      for (int doc = records.next(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = records.next()) {
        found.add(BlockReader.meta(leaf.reader().storedFields().document(doc)));
      }
    } catch (IOException | AlreadyClosedException e) {
      throw LuceneErrors.reading(directory, e);
    }
    return found.stream();
  }

  @Override
  public Map<DocumentId, DocumentMeta> documents(Set<DocumentId> ids) throws InterruptedException {
    return read(
        () -> {
          Blocks blocks = new Blocks(view.reader());
          Map<DocumentId, DocumentMeta> found = new HashMap<>();
          for (DocumentId id : ids) {
            Optional<Blocks.Block> block = blocks.find(id);
            if (block.isPresent()) {
              found.put(id, block.get().meta());
            }
          }
          return found;
        });
  }

  @Override
  public List<Passage> passages(DocumentId document, int from, int limit)
      throws InterruptedException {
    if (from < 0 || limit < 1) {
      throw new IllegalArgumentException(
          "passages are asked for from 0 and at least one, got " + from + " and " + limit);
    }
    return read(
        () -> {
          Optional<Blocks.Block> block = new Blocks(view.reader()).find(document);
          return block.isPresent() ? block.get().passages(from, limit) : List.of();
        });
  }

  @Override
  public int passageCount(DocumentId document) throws InterruptedException {
    return read(() -> new Blocks(view.reader()).find(document).map(Blocks.Block::passages))
        .orElse(0);
  }

  @Override
  public Map<TextHash, Embedding> vectors(EmbedderId embedder, Set<TextHash> texts)
      throws InterruptedException {
    return read(
        () -> {
          Map<TextHash, Embedding> found = new HashMap<>();
          for (TextHash text : texts) {
            Optional<Embedding> vector = vector(embedder, text);
            if (vector.isPresent()) {
              found.put(text, vector.get());
            }
          }
          return found;
        });
  }

  private Optional<Embedding> vector(EmbedderId embedder, TextHash text) throws IOException {
    Term term = new Term(Fields.hash(embedder), text.hex());
    for (LeafReaderContext context : view.reader().leaves()) {
      LeafReader leaf = context.reader();
      int doc = Blocks.firstLive(leaf, term);
      if (doc != DocIdSetIterator.NO_MORE_DOCS) {
        return Optional.of(BlockReader.vector(leaf, doc, embedder));
      }
    }
    return Optional.empty();
  }

  @Override
  public Candidates candidates(SearchRequest request) throws InterruptedException {
    return read(() -> new CandidateSearch(view, boosts, rescored).run(request));
  }

  @Override
  public WordRarity rarity(Set<String> words, Filter filter) throws InterruptedException {
    return read(() -> new WordCount(view).of(words, filter.simplest()));
  }

  @Override
  public Occurrences occurrences(SoughtWords sought, Filter filter, int limit)
      throws InterruptedException {
    if (limit < 1 || limit > Occurrences.MAX_PASSAGES) {
      throw new IllegalArgumentException(
          "limit must be 1.." + Occurrences.MAX_PASSAGES + ", got " + limit);
    }
    return read(() -> new OccurrenceSearch(view, sought).run(filter.simplest(), limit));
  }

  @Override
  public List<Passage> load(List<PassageId> ids) throws InterruptedException {
    return read(
        () -> {
          Blocks blocks = new Blocks(view.reader());
          Map<DocumentId, Optional<Blocks.Block>> known = new HashMap<>();
          List<Passage> found = new ArrayList<>(ids.size());
          for (PassageId id : ids) {
            Optional<Blocks.Block> block = known.get(id.document());
            if (block == null) {
              block = blocks.find(id.document());
              known.put(id.document(), block);
            }
            if (block.isPresent()) {
              found.addAll(block.get().passages(id.ordinal(), 1));
            }
          }
          return found;
        });
  }

  private <T> T read(Read<T> read) throws InterruptedException {
    requireOpen();
    CandidateSearch.stopIfInterrupted();
    try {
      return read.run();
    } catch (IOException | AlreadyClosedException e) {
      throw LuceneErrors.reading(directory, e);
    }
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IndexClosed(new IllegalStateException("the snapshot was closed"));
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        view.release();
      } catch (IOException e) {
        throw LuceneErrors.reading(directory, e);
      }
    }
  }
}
