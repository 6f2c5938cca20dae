package dev.zhiku.index.testing;

import dev.zhiku.index.Candidates;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.Filter;
import dev.zhiku.index.Hit;
import dev.zhiku.index.IndexException.IndexClosed;
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
import dev.zhiku.index.words.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The contract in its plainest form: a map, and every list computed by looking at everything. For
 * tests with up to some thousand passages. Nothing is durable.
 */
public final class InMemoryKnowledgeIndex implements KnowledgeIndex {
  private final TreeMap<DocumentId, Entry> entries = new TreeMap<>();
  private long epoch;
  private boolean closed;

  private record Entry(DocumentMeta meta, List<EmbeddedPassage> passages) {
    Entry {
      passages = List.copyOf(passages);
    }
  }

  @Override
  public synchronized void replace(DocumentMeta document, List<EmbeddedPassage> passages)
      throws InterruptedException {
    requireReady();
    EmbeddedPassage.requireBlock(document.id(), passages);
    entries.put(document.id(), new Entry(document, passages));
  }

  @Override
  public synchronized void describe(DocumentId document, UnaryOperator<DocumentMeta> change)
      throws InterruptedException {
    requireReady();
    entries.computeIfPresent(
        document, (id, entry) -> new Entry(entry.meta().changed(change), entry.passages()));
  }

  @Override
  public synchronized void remove(DocumentId document) throws InterruptedException {
    requireReady();
    entries.remove(document);
  }

  @Override
  public synchronized void commit(long next) throws InterruptedException {
    requireReady();
    if (next < epoch) {
      throw new IllegalArgumentException("epoch " + next + " is below the last one, " + epoch);
    }
    epoch = next;
  }

  @Override
  public synchronized Snapshot snapshot() throws InterruptedException {
    requireReady();
    return new View(new TreeMap<>(entries), epoch);
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  private void requireReady() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (closed) {
      throw new IndexClosed(new IllegalStateException("close() was called"));
    }
  }

  private final class View implements Snapshot {
    private final Map<DocumentId, Entry> entries;
    private final long epoch;
    private boolean closed;

    View(Map<DocumentId, Entry> entries, long epoch) {
      this.entries = entries;
      this.epoch = epoch;
    }

    @Override
    public long epoch() {
      requireOpen();
      return epoch;
    }

    @Override
    public Stats stats() {
      requireOpen();
      Set<EmbedderId> embedders = all().map(EmbeddedPassage::embedder).collect(Collectors.toSet());
      long characters = all().mapToLong(p -> p.passage().text().length()).sum();
      return new Stats(entries.size(), all().count(), characters, embedders);
    }

    @Override
    public Stream<DocumentMeta> documents() {
      requireOpen();
      return entries.values().stream().map(Entry::meta);
    }

    @Override
    public Map<DocumentId, DocumentMeta> documents(Set<DocumentId> ids) {
      return documents()
          .filter(meta -> ids.contains(meta.id()))
          .collect(Collectors.toMap(DocumentMeta::id, meta -> meta));
    }

    @Override
    public List<Passage> passages(DocumentId document, int from, int limit) {
      requireOpen();
      if (from < 0 || limit < 1) {
        throw new IllegalArgumentException(
            "passages are asked for from 0 and at least one, got " + from + " and " + limit);
      }
      @Nullable Entry entry = entries.get(document);
      return entry == null
          ? List.of()
          : entry.passages().stream()
              .skip(from)
              .limit(limit)
              .map(EmbeddedPassage::passage)
              .toList();
    }

    @Override
    public int passageCount(DocumentId document) {
      requireOpen();
      @Nullable Entry entry = entries.get(document);
      return entry == null ? 0 : entry.passages().size();
    }

    @Override
    public Map<TextHash, Embedding> vectors(EmbedderId embedder, Set<TextHash> texts) {
      requireOpen();
      Map<TextHash, Embedding> found = new HashMap<>();
      all()
          .filter(passage -> passage.embedder().equals(embedder))
          .filter(passage -> texts.contains(passage.textHash()))
          .forEach(passage -> found.put(passage.textHash(), passage.vector()));
      return found;
    }

    @Override
    public Candidates candidates(SearchRequest request) {
      requireOpen();
      List<EmbeddedPassage> seen = visible(request.filter());
      WordScores words = new WordScores(request.words());
      Map<EmbedderId, List<Hit>> vectors = new HashMap<>();
      request
          .vectors()
          .forEach(
              (embedder, question) ->
                  vectors.put(embedder, nearest(seen, embedder, question, request.limit())));
      List<EmbeddedPassage> worded =
          seen.stream().filter(passage -> words.of(passage) > 0).toList();
      return new Candidates(best(worded, words::of, request.limit()), vectors);
    }

    @Override
    public WordRarity rarity(Set<String> words, Filter filter) {
      requireOpen();
      List<EmbeddedPassage> seen = visible(filter);
      List<Function<EmbeddedPassage, Set<String>>> places =
          List.of(
              passage -> Set.copyOf(Words.of(passage.passage().text()).terms()),
              passage -> Set.copyOf(Words.of(headings(passage)).terms()),
              passage -> Set.copyOf(Words.of(meta(passage).path()).terms()),
              passage -> Set.copyOf(textWithHeadings(passage).characters()));
      Map<String, Long> holding = new HashMap<>();
      words.forEach(word -> holding.put(word, 0L));
      for (Function<EmbeddedPassage, Set<String>> place : places) {
        List<Set<String>> held = seen.stream().map(place).toList();
        holding.replaceAll(
            (word, most) ->
                Math.max(most, held.stream().filter(terms -> terms.contains(word)).count()));
      }
      return new WordRarity(seen.size(), holding);
    }

    @Override
    public Occurrences occurrences(SoughtWords sought, Filter filter, int limit) {
      requireOpen();
      List<PassageId> holding =
          visible(filter).stream()
              .filter(passage -> !sought.isEmpty())
              .filter(passage -> sought.heldBy(passage.passage().text(), headings(passage)))
              .map(passage -> passage.passage().id())
              .sorted()
              .toList();
      return new Occurrences(
          holding.subList(0, Math.min(limit, holding.size())), holding.size() <= limit);
    }

    private List<EmbeddedPassage> visible(Filter filter) {
      return entries.values().stream()
          .filter(entry -> filter.accepts(entry.meta()))
          .flatMap(entry -> entry.passages().stream())
          .toList();
    }

    private List<Hit> nearest(
        List<EmbeddedPassage> seen, EmbedderId embedder, Embedding question, int limit) {
      List<EmbeddedPassage> own =
          seen.stream().filter(passage -> passage.embedder().equals(embedder)).toList();
      return best(own, passage -> question.cosine(passage.vector()), limit);
    }

    private List<Hit> best(
        List<EmbeddedPassage> passages, ToDoubleFunction<EmbeddedPassage> score, int limit) {
      return passages.stream()
          .map(passage -> new Hit(passage.passage().id(), score.applyAsDouble(passage)))
          .sorted(Comparator.comparingDouble(Hit::score).reversed())
          .limit(limit)
          .toList();
    }

    /** Shares of the question's words; a word that few passages have counts more. */
    private final class WordScores {
      private final Set<String> characters;
      private final Map<String, Double> weights = new HashMap<>();

      WordScores(String question) {
        Words words = Words.ofQuestion(question);
        characters = words.characters().size() == 1 ? Set.copyOf(words.characters()) : Set.of();
        List<Set<String>> passages = all().map(this::words).toList();
        for (String term : new HashSet<>(words.terms())) {
          long having = passages.stream().filter(passage -> passage.contains(term)).count();
          weights.put(term, Math.log(1 + (1.0 + passages.size()) / (1.0 + having)));
        }
      }

      double of(EmbeddedPassage passage) {
        Set<String> has = words(passage);
        double score = 0;
        for (Map.Entry<String, Double> term : weights.entrySet()) {
          score += has.contains(term.getKey()) ? term.getValue() : 0;
        }
        return score;
      }

      private Set<String> words(EmbeddedPassage passage) {
        Words text = textWithHeadings(passage);
        Set<String> words = new HashSet<>(text.terms());
        words.addAll(Words.of(meta(passage).path()).terms());
        text.characters().stream().filter(characters::contains).forEach(words::add);
        return words;
      }
    }

    private static Words textWithHeadings(EmbeddedPassage passage) {
      return Words.of(passage.passage().text() + "\n" + headings(passage));
    }

    private static String headings(EmbeddedPassage passage) {
      return String.join("\n", passage.passage().location().heading());
    }

    private DocumentMeta meta(EmbeddedPassage passage) {
      Entry entry = entries.get(passage.passage().id().document());
      if (entry == null) {
        throw new IllegalStateException("a passage without its document: " + passage);
      }
      return entry.meta();
    }

    @Override
    public List<Passage> load(List<PassageId> ids) {
      List<Passage> found = new ArrayList<>();
      for (PassageId id : ids) {
        found.addAll(passages(id.document(), id.ordinal(), 1));
      }
      return found;
    }

    private Stream<EmbeddedPassage> all() {
      return entries.values().stream().flatMap(entry -> entry.passages().stream());
    }

    private void requireOpen() {
      if (closed) {
        throw new IndexClosed(new IllegalStateException("the snapshot was closed"));
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
