package dev.zhiku.index.embedding;

import dev.zhiku.index.message.Phrase;
import org.jspecify.annotations.Nullable;

/**
 * A model that runs elsewhere is out of reach. Nothing is wrong with the texts: they can be
 * embedded when it is back.
 */
public final class EmbedderAwayException extends EmbeddingException {
  private static final long serialVersionUID = 1L;

  private final transient Phrase what;

  /**
   * @param what why, and what helps, in plain words
   */
  public EmbedderAwayException(Phrase what, @Nullable Throwable cause) {
    super(what.english(), cause);
    this.what = what;
  }

  /** Cause and remedy. */
  public Phrase what() {
    return what;
  }
}
