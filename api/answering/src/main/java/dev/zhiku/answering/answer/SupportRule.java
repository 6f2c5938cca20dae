package dev.zhiku.answering.answer;

import java.time.Duration;

/**
 * When what a model wrote is withheld, because its passages do not carry it, and the documents are
 * quoted instead.
 *
 * @param withholds whether it ever is
 * @param least share of the text of its statements that has to be supported, 0 to 1; one statement
 *     has to be
 * @param longest time from the first word on for which a stream waits for a supported statement
 * @param sentences that a stream waits for one
 */
public record SupportRule(boolean withholds, double least, Duration longest, int sentences) {
  /** Whatever a model writes is shown as it comes. */
  public static final SupportRule NONE = new SupportRule(false, 0, Duration.ZERO, 0);

  /**
   * A stream waits for 2 s or three sentences.
   *
   * @param percent of the text of the statements that has to be supported, 0 to 100; one statement
   *     has to be
   */
  public static SupportRule ofPercent(int percent) {
    return new SupportRule(true, percent / 100.0, Duration.ofSeconds(2), 3);
  }
}
