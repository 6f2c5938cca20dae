package dev.zhiku.api.search;

import dev.zhiku.index.embedding.EmbedderId;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What was found for a question.
 *
 * @param passages best first, at most as many as asked for
 * @param unsearched embedders whose passages exist while nobody can embed the question for them:
 *     those passages were searched by words alone
 * @param embedding time to embed the question
 * @param searching time to search, choose and load
 */
public record Retrieval(
    List<Found> passages, Set<EmbedderId> unsearched, Duration embedding, Duration searching) {
  public Retrieval {
    passages = List.copyOf(passages);
    unsearched = Set.copyOf(unsearched);
  }
}
