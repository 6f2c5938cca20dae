package dev.zhiku.answering.search;

import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.EmbedderAwayException;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.Embedding;
import dev.zhiku.index.embedding.Language;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A question's vectors, one of each model whose list can matter.
 *
 * @param missing nobody embeds for these
 * @param away who embeds for these cannot be reached
 * @param left models of another language, which were not asked
 */
record QuestionVectors(
    Map<EmbedderId, Embedding> known,
    Set<EmbedderId> missing,
    Set<EmbedderId> away,
    Set<EmbedderId> left) {
  private static final Logger LOG = LoggerFactory.getLogger(QuestionVectors.class);

  /**
   * Of all models, except those of another language: what their vectors say of a question without a
   * word of theirs is chance, and embedding it is half of the cost of a search. They are asked
   * where no passage is in the question's own language, or its model is away.
   *
   * @param stored models whose passages exist
   * @param cores the caller holds one of its permits
   */
  static QuestionVectors of(
      String question, Set<EmbedderId> stored, Embedders embedders, Semaphore cores)
      throws InterruptedException {
    EmbedderId own = embedders.forPassage(question).id();
    Set<EmbedderId> foreign =
        stored.stream()
            .filter(id -> OtherLanguage.isForeign(id, own, embedders))
            .collect(Collectors.toSet());
    if (!stored.contains(own) || Language.isMixed(question)) {
      return of(question, stored, Set.of(), embedders, cores);
    }
    Set<EmbedderId> wanted = new HashSet<>(stored);
    wanted.removeAll(foreign);
    QuestionVectors few = of(question, wanted, foreign, embedders, cores);
    return few.known().containsKey(own) ? few : few.withLeft(question, embedders, cores);
  }

  /** These, and those of the models that were not asked. */
  QuestionVectors withLeft(String question, Embedders embedders, Semaphore cores)
      throws InterruptedException {
    QuestionVectors others = of(question, left, Set.of(), embedders, cores);
    Map<EmbedderId, Embedding> all = new HashMap<>(known);
    all.putAll(others.known());
    return new QuestionVectors(
        all, union(missing, others.missing()), union(away, others.away()), Set.of());
  }

  private static Set<EmbedderId> union(Set<EmbedderId> some, Set<EmbedderId> others) {
    Set<EmbedderId> all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }

  private static QuestionVectors of(
      String question,
      Set<EmbedderId> wanted,
      Set<EmbedderId> left,
      Embedders embedders,
      Semaphore cores)
      throws InterruptedException {
    Map<EmbedderId, Embedding> known = new HashMap<>();
    Set<EmbedderId> missing = new HashSet<>();
    Set<EmbedderId> away = new HashSet<>();
    for (EmbedderId id : wanted) {
      Optional<Embedder> embedder = embedders.byId(id);
      if (embedder.isEmpty()) {
        missing.add(id);
        continue;
      }
      try {
        known.put(id, embed(question, embedder.get(), cores));
      } catch (EmbedderAwayException e) {
        LOG.debug("a question is searched by its words alone", e);
        away.add(id);
      }
    }
    return new QuestionVectors(known, missing, away, left);
  }

  /** Nobody waits for a core while another process computes. */
  private static Embedding embed(String question, Embedder embedder, Semaphore cores)
      throws InterruptedException {
    if (embedder.computesHere()) {
      return embedder.embedQuery(question);
    }
    cores.release();
    try {
      return embedder.embedQuery(question);
    } finally {
      cores.acquireUninterruptibly();
    }
  }
}
