package dev.zhiku.answering.search;

import dev.zhiku.answering.lexicon.Lexicon;
import dev.zhiku.answering.question.QuestionFrame;
import dev.zhiku.answering.question.TermRarity;
import dev.zhiku.index.Candidates;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import dev.zhiku.index.Hit;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import dev.zhiku.index.SearchRequest;
import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.Embedding;
import dev.zhiku.index.ranking.Fusion;
import dev.zhiku.index.ranking.FusionWeights;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Finds the passages that answer a question: embeds it for each model whose passages exist, asks
 * the index once, fuses once, and chooses. Passages of a model that cannot be reached are found by
 * words alone. Thread-safe; a call waits for a free core.
 */
public final class Retriever {
  /** Share of the words' list in the fused score; the vectors' list has the rest. */
  private static final double WORDS = 0.55;

  /**
   * Share that a passage gets for other words for the same, beside one that has the question's own.
   */
  private static final double OTHER_WORDS = 0.6;

  /** A model of another language than the question's knows little of it. */
  private static final double FOREIGN = 0.2;

  /** Share of the list of the other language from a model that knows both. */
  private static final double ACROSS = 1;

  private final KnowledgeIndex index;
  private final Embedders embedders;
  private final SearchConfig config;
  private final Semaphore cores;
  private final Reranker reranker;
  private final Supplier<Lexicon> lexicon;
  private final SentenceCosines compared;
  private final HeldDocuments documents;

  /**
   * @param cores one permit for each core that may compute at the same time, shared with whoever
   *     else computes
   */
  public Retriever(
      KnowledgeIndex index, Embedders embedders, SearchConfig config, Semaphore cores) {
    this(index, embedders, config, cores, Lexicon::ofLanguage, Reranker.OFF);
  }

  /**
   * @param cores one permit for each core that may compute at the same time, shared with whoever
   *     else computes
   * @param lexicon words that mean the same, as they are at the time of a question
   * @param reranker a second look at the best passages
   */
  public Retriever(
      KnowledgeIndex index,
      Embedders embedders,
      SearchConfig config,
      Semaphore cores,
      Supplier<Lexicon> lexicon,
      Reranker reranker) {
    this.lexicon = lexicon;
    this.index = index;
    this.embedders = embedders;
    this.config = config;
    this.cores = cores;
    this.compared = new SentenceCosines(embedders, cores);
    this.documents = new HeldDocuments(index, cores);
    this.reranker = reranker;
  }

  /**
   * The best passages among those that the asker may see and wants to see.
   *
   * @param limit most passages, 1 to {@link SearchConfig#MAX_TOP_K}
   */
  public Retrieval retrieve(String question, Scope scope, Filter wanted, int limit)
      throws InterruptedException {
    cores.acquire();
    try (Snapshot snapshot = index.committedSnapshot()) {
      return find(snapshot, question, scope, wanted, limit).retrieval().masked(scope.masking());
    } finally {
      cores.release();
    }
  }

  /**
   * The same search everywhere, and what became of one document in it.
   *
   * @param limit most passages, 1 to {@link SearchConfig#MAX_TOP_K}
   */
  public DocumentTrace trace(String question, Scope scope, int limit, DocumentId document)
      throws InterruptedException {
    cores.acquire();
    try (Snapshot snapshot = index.committedSnapshot()) {
      Found found = find(snapshot, question, scope, new Filter.All(), limit);
      return new Tracing(found, embedders, snapshot).of(document);
    } finally {
      cores.release();
    }
  }

  /**
   * Documents in another language than the question, for one that nothing was found for in its own:
   * those nearest to it by their model, among those that the asker may see and wants to see.
   */
  public OtherLanguage otherLanguage(String question, Scope scope, Filter wanted)
      throws InterruptedException {
    cores.acquire();
    try (Snapshot snapshot = index.committedSnapshot()) {
      String asked = QuestionFrame.without(question);
      QuestionVectors vectors =
          QuestionVectors.of(asked, snapshot.stats().embedders(), embedders, cores)
              .withLeft(asked, embedders, cores);
      Filter filter = new Filter.AllOf(List.of(scope.visible(), wanted));
      SearchRequest request =
          new SearchRequest(asked, vectors.known(), filter, config.candidates());
      return OtherLanguage.of(asked, snapshot.candidates(request), embedders, snapshot);
    } finally {
      cores.release();
    }
  }

  /**
   * A search with all that led to its result.
   *
   * @param asked what was searched for, without the page
   * @param words with the other words for the same
   * @param quoting passages with the phrases asked for
   * @param most passages chosen, before they were ranked again
   * @param listed passages of each list, at most
   */
  record Found(
      String asked,
      String words,
      Optional<AskedPage> page,
      AskedPhrases phrases,
      Ranking ranking,
      List<ScoredPassage> quoting,
      int most,
      int listed,
      Retrieval retrieval) {}

  private Found find(Snapshot snapshot, String question, Scope scope, Filter wanted, int limit)
      throws InterruptedException {
    long start = System.nanoTime();
    String framed = QuestionFrame.without(question);
    Optional<AskedPage> page = AskedPage.of(framed);
    String asked = page.map(AskedPage::rest).orElse(framed);
    QuestionVectors vectors =
        QuestionVectors.of(asked, snapshot.stats().embedders(), embedders, cores);
    long embedded = System.nanoTime();
    Ranking ranking = rank(snapshot, asked, vectors.known(), scope, wanted);
    if (!vectors.left().isEmpty() && ranking.hasNoneNearInMeaning()) {
      vectors = vectors.withLeft(asked, embedders, cores);
      ranking = rank(snapshot, asked, vectors.known(), scope, wanted);
    }
    AskedPhrases phrases = AskedPhrases.of(asked);
    List<ScoredPassage> quoting =
        phrases.isEmpty() ? List.of() : phrases.in(ranking.load(snapshot, ranking.fused().size()));
    int most = reranker.wanted(limit);
    List<ScoredPassage> found =
        quoting.isEmpty()
            ? ranking.choose(snapshot, asked, most)
            : Selection.choose(quoting, most).passages();
    List<ScoredPassage> best = reranker.rank(asked, found, cores).stream().limit(limit).toList();
    List<ScoredPassage> chosen = page.isPresent() ? page.get().in(best, snapshot) : best;
    Lexicon words = lexicon.get();
    String reworded =
        new Rewording(words, snapshot, scope.visible()).of(Editions.without(asked), chosen);
    TermRarity rarity = TermRarity.of(reworded, words, snapshot, scope.visible());
    Retrieval retrieval =
        new Retrieval(
            reworded.equals(framed) ? question : reworded,
            chosen,
            phrases.missingIn(quoting),
            UnknownNames.in(Editions.without(asked), rarity.nowhere(), chosen),
            rarity.weights(),
            rarity.passages(),
            vectors.missing(),
            vectors.away(),
            OtherLanguage.of(asked, ranking.candidates(), embedders, snapshot),
            snapshot.epoch(),
            Duration.ofNanos(embedded - start),
            Duration.ofNanos(System.nanoTime() - embedded));
    return new Found(
        asked,
        words.widened(asked),
        page,
        phrases,
        ranking,
        quoting,
        most,
        config.candidates(),
        retrieval);
  }

  /** What there is to search, without a question. */
  public HeldDocuments documents() {
    return documents;
  }

  /**
   * The fused ranking as it is before duplicates are folded and documents held to their share; for
   * measuring.
   *
   * @return best first, at most as long as the sum of the lists
   */
  public List<Hit> rank(String question, Scope scope, Filter wanted) throws InterruptedException {
    cores.acquire();
    try (Snapshot snapshot = index.committedSnapshot()) {
      String asked = QuestionFrame.without(question);
      QuestionVectors vectors =
          QuestionVectors.of(asked, snapshot.stats().embedders(), embedders, cores);
      return rank(snapshot, asked, vectors.known(), scope, wanted).fused();
    } finally {
      cores.release();
    }
  }

  /**
   * How near sentences are to a question in meaning, by the model of the question's language. Those
   * in another language are left out, and so are all where what a cosine says is not known of that
   * model: it is of those that come with the product.
   *
   * @param reworded the same question in the words of the documents; the nearer one counts
   * @param sentences at most {@link Embedder#MAX_TEXTS}
   * @return the cosine of each that was compared
   */
  public Map<String, Double> nearness(String question, String reworded, List<String> sentences)
      throws InterruptedException {
    return compared.toQuestion(question, reworded, sentences);
  }

  /**
   * How near places of a passage are to a statement in meaning, under the same conditions as {@link
   * #nearness}.
   *
   * @param places 1 to {@link Embedder#MAX_TEXTS}
   * @return the cosine of each that was compared
   */
  public Map<String, Double> likeness(String statement, List<String> places)
      throws InterruptedException {
    return compared.toStatement(statement, places);
  }

  private Ranking rank(
      Snapshot snapshot,
      String question,
      Map<EmbedderId, Embedding> vectors,
      Scope scope,
      Filter wanted)
      throws InterruptedException {
    Filter filter = new Filter.AllOf(List.of(scope.visible(), wanted));
    SearchRequest own = new SearchRequest(question, vectors, filter, config.candidates());
    Candidates candidates = widened(snapshot, own, snapshot.candidates(own));
    return new Ranking(candidates, Fusion.minMax(candidates, weights(question, vectors.keySet())));
  }

  /** With what other words for the same find, each search for itself: none drowns the other. */
  private Candidates widened(Snapshot snapshot, SearchRequest own, Candidates found)
      throws InterruptedException {
    String words = lexicon.get().widened(own.words());
    if (words.equals(own.words())) {
      return found;
    }
    SearchRequest other = new SearchRequest(words, Map.of(), own.filter(), own.limit());
    return new Candidates(
        Ranking.joined(found.words(), snapshot.candidates(other).words(), OTHER_WORDS),
        found.vectors());
  }

  /** The model of the question's own language counts in full. */
  private FusionWeights weights(String question, Set<EmbedderId> searched) {
    EmbedderId own = embedders.forPassage(question).id();
    Map<EmbedderId, Double> shares = new HashMap<>();
    for (EmbedderId id : searched) {
      boolean across = embedders.byId(id).filter(Embedder::knowsOtherLanguages).isPresent();
      shares.put(id, id.equals(own) ? 1 : across ? ACROSS : FOREIGN);
    }
    return new FusionWeights(WORDS, 1 - WORDS, shares);
  }
}
