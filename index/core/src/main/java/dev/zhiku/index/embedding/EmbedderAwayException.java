package dev.zhiku.index.embedding;

import org.jspecify.annotations.Nullable;

/**
 * A model that runs elsewhere is out of reach. Nothing is wrong with the texts: they can be
 * embedded when it is back.
 */
public final class EmbedderAwayException extends EmbeddingException {
  private static final long serialVersionUID = 1L;

  private final String english;
  private final String chinese;

  /**
   * @param english why, and what helps, in plain words
   * @param chinese the same
   */
  public EmbedderAwayException(String english, String chinese, @Nullable Throwable cause) {
    super(english, cause);
    this.english = english;
    this.chinese = chinese;
  }

  /** Cause and remedy. */
  public String english() {
    return english;
  }

  /** The same in Chinese. */
  public String chinese() {
    return chinese;
  }
}
