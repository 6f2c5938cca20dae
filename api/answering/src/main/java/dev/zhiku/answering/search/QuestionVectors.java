package dev.zhiku.answering.search;

import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.EmbedderAwayException;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.Embedding;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A question's vectors, one of each model whose passages exist.
 *
 * @param missing nobody embeds for these
 * @param away who embeds for these cannot be reached
 */
record QuestionVectors(
    Map<EmbedderId, Embedding> known, Set<EmbedderId> missing, Set<EmbedderId> away) {
  private static final Logger LOG = LoggerFactory.getLogger(QuestionVectors.class);

  /**
   * @param stored models whose passages exist
   * @param cores the caller holds one of its permits
   */
  static QuestionVectors of(
      String question, Set<EmbedderId> stored, Embedders embedders, Semaphore cores)
      throws InterruptedException {
    Map<EmbedderId, Embedding> known = new HashMap<>();
    Set<EmbedderId> missing = new HashSet<>();
    Set<EmbedderId> away = new HashSet<>();
    for (EmbedderId id : stored) {
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
    return new QuestionVectors(known, missing, away);
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
