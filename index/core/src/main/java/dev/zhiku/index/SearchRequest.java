package dev.zhiku.index;

import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedding;
import java.util.Map;

/**
 * A search: words, vectors, filter and limit.
 *
 * @param words the question as asked; the index analyses it itself and never as query syntax
 * @param vectors the question's vector for each embedder whose passages are to be searched
 * @param filter acts before ranking
 * @param limit longest length of each list, 1 to {@link #MAX_LIMIT}
 */
public record SearchRequest(
    String words, Map<EmbedderId, Embedding> vectors, Filter filter, int limit) {
  public static final int MAX_LIMIT = 1_000;

  public SearchRequest {
    vectors = Map.copyOf(vectors);
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1.." + MAX_LIMIT + ", got " + limit);
    }
  }
}
