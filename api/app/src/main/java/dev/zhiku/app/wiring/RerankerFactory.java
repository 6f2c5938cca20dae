package dev.zhiku.app.wiring;

import dev.zhiku.answering.search.Reranker;
import dev.zhiku.answering.search.RerankerConfig;
import dev.zhiku.app.start.CannotStart;
import dev.zhiku.index.embedding.EmbeddingException;
import dev.zhiku.index.onnx.CrossEncoder;
import java.nio.file.Path;

/** Opens the configured re-ranker. */
final class RerankerFactory {
  private RerankerFactory() {}

  /**
   * @param nativeCode directory for the libraries that run it
   * @param parts that keep what is opened
   * @throws CannotStart if the folder cannot be used
   */
  static Reranker open(RerankerConfig config, Path nativeCode, OpenParts parts) {
    if (config.path().isEmpty()) {
      return Reranker.OFF;
    }
    try {
      CrossEncoder model = CrossEncoder.open(config.path().get(), config.maxTokens(), nativeCode);
      return new Reranker(parts.keep("The re-ranker", model), config.budget());
    } catch (EmbeddingException e) {
      throw new CannotStart(
          CannotStart.Code.BAD_CONFIGURATION, "zhiku.reranker: " + e.getMessage());
    }
  }
}
