package dev.zhiku.answering.search;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code zhiku.reranker}: a model that ranks the best passages anew; off without a path.
 *
 * @param path folder with {@code model.onnx} and {@code tokenizer.json} of a cross-encoder
 * @param budget longest time for one question
 * @param maxTokens longest question and passage together that the model bears, 16 to 8,192
 */
public record RerankerConfig(Optional<Path> path, Duration budget, int maxTokens) {
  private static final int LEAST_TOKENS = 16;
  private static final int MOST_TOKENS = 8_192;

  public RerankerConfig {
    if (budget.isNegative() || budget.isZero()) {
      throw new IllegalArgumentException(
          "zhiku.reranker.budget must be longer than 0, got " + budget.toMillis() + "ms");
    }
    if (maxTokens < LEAST_TOKENS || maxTokens > MOST_TOKENS) {
      throw new IllegalArgumentException(
          "zhiku.reranker.max-tokens must be "
              + LEAST_TOKENS
              + ".."
              + MOST_TOKENS
              + ", got "
              + maxTokens);
    }
  }
}
