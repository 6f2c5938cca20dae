package dev.zhiku.answering.grounding;

import dev.zhiku.answering.search.ScoredPassage;
import java.util.Locale;

/**
 * A place where a statement of the answer can be checked. An answer that quotes two places of one
 * passage has two citations of the same number.
 *
 * @param number of the passage, as {@code [number]} in the answer
 * @param found the passage with its document
 * @param quote the words of the original that carry the statement
 * @param verified whether the passage carries the statement
 * @param by who said that this passage carries it
 */
public record Citation(int number, ScoredPassage found, String quote, boolean verified, By by) {
  /** The one who cites. */
  public enum By {
    /** The language model that wrote the statement. */
    MODEL,
    /** This service: it quoted the passage, or found that it says what the model wrote. */
    SERVICE;

    /** Lower-case name used on the wire. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
