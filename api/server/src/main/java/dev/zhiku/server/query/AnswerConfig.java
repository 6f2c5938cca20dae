package dev.zhiku.server.query;

/**
 * What holds for an answer where its question does not say.
 *
 * @param reasoning whether a model may reason first; {@code zhiku.generator.reasoning}
 */
public record AnswerConfig(boolean reasoning) {
  /** What holds unless configured otherwise. */
  public static final AnswerConfig DEFAULT = new AnswerConfig(false);
}
