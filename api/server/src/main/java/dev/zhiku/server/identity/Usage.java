package dev.zhiku.server.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * What an asker has used since he asked first.
 *
 * @param promptTokens given to language models on his behalf
 * @param completionTokens written by them
 * @param lastAskedAt when the last question came
 */
public record Usage(
    long questions, long promptTokens, long completionTokens, Optional<Instant> lastAskedAt) {
  /** One who never asked. */
  public static final Usage NONE = new Usage(0, 0, 0, Optional.empty());

  /** Both together; the later one's time. */
  public Usage and(Usage later) {
    return new Usage(
        questions + later.questions,
        promptTokens + later.promptTokens,
        completionTokens + later.completionTokens,
        later.lastAskedAt.or(() -> lastAskedAt));
  }
}
