package dev.zhiku.index;

import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedding;
import java.util.List;

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

  /**
   * Refuses a list that is not all passages of one document, in order.
   *
   * @throws IllegalArgumentException naming the first passage out of place
   */
  public static void requireBlock(DocumentId document, List<EmbeddedPassage> passages) {
    for (int i = 0; i < passages.size(); i++) {
      PassageId expected = new PassageId(document, i);
      PassageId actual = passages.get(i).passage().id();
      if (!actual.equals(expected)) {
        throw new IllegalArgumentException("expected passage " + expected + ", got " + actual);
      }
    }
  }
}
