package dev.zhiku.index.embedding;

import org.jspecify.annotations.Nullable;

/** A model could not be loaded or run. */
public sealed class EmbeddingException extends RuntimeException permits EmbedderAwayException {
  private static final long serialVersionUID = 1L;

  public EmbeddingException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
