package dev.zhiku.index.embedding;

import java.util.List;
import java.util.Optional;

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
   * @throws EmbedderAwayException if the model runs elsewhere and is out of reach
   * @throws EmbeddingException if the model fails
   */
  List<Embedding> embedPassages(List<String> texts) throws InterruptedException;

  /** The same for a question: some models treat them differently from passages. */
  Embedding embedQuery(String question) throws InterruptedException;

  /**
   * Tokens of the text as the model counts them, its special tokens included, uncut; estimated
   * where the model runs elsewhere.
   */
  int countTokens(String text);

  /** Longest text, in tokens, that is embedded whole. */
  int maxTokens();

  /**
   * Reason that nothing can be embedded now; empty where it may be tried. Never waits. Only a model
   * that runs elsewhere is ever away.
   */
  default Optional<EmbedderAwayException> away() {
    return Optional.empty();
  }

  /** Whether the cores of this process do the work. */
  default boolean computesHere() {
    return true;
  }

  /** Whether questions find passages of another language by their meaning. */
  default boolean knowsOtherLanguages() {
    return false;
  }

  /** Whether it is known by measurement what a cosine of its vectors says of two texts. */
  default boolean cosinesAreKnown() {
    return computesHere();
  }

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
