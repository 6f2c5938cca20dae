package dev.zhiku.index.ranking;

/**
 * A model that reads a question and a passage together and says how well the passage answers.
 * Thread-safe; owns its native memory.
 */
public interface PairScorer extends AutoCloseable {
  /** Name of the model. */
  String model();

  /**
   * How well a passage answers: higher is better, compares only for the same question. What is too
   * long is cut at the end of the passage.
   */
  double score(String question, String passage);

  /** Gives the native memory back. May be called again. */
  @Override
  void close();
}
