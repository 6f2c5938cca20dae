package dev.zhiku.index.embedding;

import java.util.List;

/**
 * Turns text into vectors. Thread-safe; owns its native memory. Normalises what it is given as its
 * model needs it; text beyond the model's length is cut at its end.
 */
public interface Embedder extends AutoCloseable {
  /** Most texts accepted in one call. */
  int MAX_TEXTS = 64;

  EmbedderId id();

  /**
   * @param texts 1..{@link #MAX_TEXTS} texts
   * @return one vector each, same order, {@code id().dimension()} long, L2 norm 1 (±1e-3); the same
   *     text gives the same vector whatever its neighbours
   * @throws EmbeddingException if the model fails
   */
  List<Embedding> embedPassages(List<String> texts) throws InterruptedException;

  /** Some models treat questions differently from passages. */
  Embedding embedQuery(String question) throws InterruptedException;

  /** Tokens of the text as the model counts them, its special tokens included, uncut. */
  int countTokens(String text);

  /** Longest text, in tokens, that is embedded whole. */
  int maxTokens();

  /** Waits for what is running, then gives the native memory back. May be called again. */
  @Override
  void close();

  /**
   * Checks what {@link #embedPassages} was given.
   *
   * @throws IllegalArgumentException unless there are 1..{@link #MAX_TEXTS} texts
   */
  static void requireTexts(List<String> texts) {
    if (texts.isEmpty() || texts.size() > MAX_TEXTS) {
      throw new IllegalArgumentException(
          "texts per call must be 1.." + MAX_TEXTS + ", got " + texts.size());
    }
  }
}
