package dev.zhiku.server.embedding;

import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.EmbedderAwayException;
import dev.zhiku.index.embedding.Embedding;
import java.util.ArrayList;
import java.util.List;

/**
 * Texts that a client wants vectors of.
 *
 * @param texts 1 to {@link #MAX_TEXTS}, none of them blank
 * @param use what they are to be compared as
 */
public record EmbeddingTask(Embedder embedder, List<String> texts, Use use) {
  /** Most texts of one request. */
  public static final int MAX_TEXTS = 2_048;

  /** Longest text, in characters. */
  public static final int MAX_TEXT_CHARS = 32_768;

  /** Texts given to the model at once: one who leaves waits no longer than for these. */
  private static final int BATCH = 16;

  /** What a text is compared as; some models treat questions differently. */
  public enum Use {
    /** A text among which is searched. */
    DOCUMENT,
    /** A text that is searched with. */
    QUERY
  }

  public EmbeddingTask {
    texts = List.copyOf(texts);
  }

  /**
   * What became of them.
   *
   * @param vectors one for each text, in order
   * @param tokens that the model read
   * @param cut places, from 0, of the texts that were longer than the model reads
   */
  public record Vectors(List<Embedding> vectors, int tokens, List<Integer> cut) {
    public Vectors {
      vectors = List.copyOf(vectors);
      cut = List.copyOf(cut);
    }
  }

  /**
   * Computes the vectors; an interrupt ends it after the texts that are with the model.
   *
   * @throws EmbedderAwayException if the model runs elsewhere and is out of reach
   */
  public Vectors compute() throws InterruptedException {
    List<Embedding> vectors = new ArrayList<>(texts.size());
    List<Integer> cut = new ArrayList<>();
    int tokens = 0;
    for (int from = 0; from < texts.size(); from += BATCH) {
      List<String> batch = texts.subList(from, Math.min(from + BATCH, texts.size()));
      for (int i = 0; i < batch.size(); i++) {
        int count = embedder.countTokens(batch.get(i));
        if (count > embedder.maxTokens()) {
          cut.add(from + i);
        }
        tokens += Math.min(count, embedder.maxTokens());
      }
      vectors.addAll(embed(batch));
    }
    return new Vectors(vectors, tokens, cut);
  }

  private List<Embedding> embed(List<String> batch) throws InterruptedException {
    if (use == Use.DOCUMENT) {
      return embedder.embedPassages(batch);
    }
    List<Embedding> vectors = new ArrayList<>(batch.size());
    for (String question : batch) {
      vectors.add(embedder.embedQuery(question));
    }
    return vectors;
  }
}
