package dev.zhiku.index;

import dev.zhiku.index.embedding.EmbedderId;
import java.util.List;
import java.util.Map;

/**
 * The raw ranked lists for one request, best first, unfused.
 *
 * @param words BM25 scores over the analysed words
 * @param vectors per embedder of the request, cosine similarity from full-precision vectors
 */
public record Candidates(List<Hit> words, Map<EmbedderId, List<Hit>> vectors) {
  public Candidates {
    words = List.copyOf(words);
    vectors = Map.copyOf(vectors);
  }
}
