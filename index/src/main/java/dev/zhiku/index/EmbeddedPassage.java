package dev.zhiku.index;

import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedding;

/**
 * A passage with its vector.
 *
 * @param embedder who made the vector
 * @param textHash of the text that was embedded, which may hold headings beside the passage's text
 */
public record EmbeddedPassage(
    Passage passage, EmbedderId embedder, TextHash textHash, Embedding vector) {
  public EmbeddedPassage {
    if (vector.dimension() != embedder.dimension()) {
      throw new IllegalArgumentException(
          "passage "
              + passage.id()
              + ": "
              + embedder
              + " has "
              + embedder.dimension()
              + " dimensions, the vector "
              + vector.dimension());
    }
  }
}
