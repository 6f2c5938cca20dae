package dev.zhiku.ingest.work;

import dev.zhiku.ingest.outcome.ReasonCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The pauses before a failed file is tried again by itself. */
public final class RetryPauses {
  /** After so many crashes of the parser a file is left alone until somebody asks for it. */
  public static final int MAX_CRASHES = 3;

  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofDays(1));

  /** No try is further away than this. */
  public static final Duration LONGEST = PAUSES.get(PAUSES.size() - 1);

  private RetryPauses() {}

  /**
   * @param attempts so far, from 1
   * @return empty for never
   */
  public static Optional<Duration> after(ReasonCode code, int attempts) {
    boolean crash =
        switch (code) {
          case PARSER_CRASHED, PARSE_MEMORY, PARSE_TIMEOUT -> true;
          default -> false;
        };
    if (!code.retryable() || (crash && attempts >= MAX_CRASHES)) {
      return Optional.empty();
    }
    return Optional.of(PAUSES.get(Math.min(attempts, PAUSES.size()) - 1));
  }
}
