package dev.zhiku.answering.grounding;

import java.util.OptionalDouble;

/**
 * The figures that a decision of {@link Evidence} rests on.
 *
 * @param words greatest share of the question's words in one of the best passages, 0 to 1
 * @param similarity greatest cosine of a passage with the question; 0 where the words decided
 * @param nearest cosine of the nearest sentence; empty where none was compared
 * @param lead by how much that sentence is nearer than the others are on average
 * @param score words and meaning together; empty where the words decided
 * @param threshold what the score has to reach
 * @param ground what decided
 */
public record EvidenceFigures(
    double words,
    double similarity,
    OptionalDouble nearest,
    double lead,
    OptionalDouble score,
    double threshold,
    Ground ground) {
  /** What decides whether there is evidence. */
  public enum Ground {
    /** A phrase in quotation marks stands in no passage. */
    PHRASE_NOWHERE,
    /** A name in the question stands in no document. */
    NAME_NOWHERE,
    /** So many of the question's words stand in one passage that they suffice. */
    WORDS,
    /** The page that the question names was looked up. */
    PAGE,
    /** Words and meaning together reach the threshold. */
    NEAR,
    /** One sentence is much nearer to the question than the others. */
    STANDS_OUT,
    /** What is asked for stands nowhere near in its form. */
    FORM_NOWHERE,
    /** Neither words nor meaning suffice. */
    TOO_LITTLE
  }

  /** Where no sentence had to be compared. */
  static EvidenceFigures ofWords(double words, Ground ground) {
    return new EvidenceFigures(
        words, 0, OptionalDouble.empty(), 0, OptionalDouble.empty(), 0, ground);
  }

  EvidenceFigures with(Ground other) {
    return new EvidenceFigures(words, similarity, nearest, lead, score, threshold, other);
  }

  /** A text without any word of the question has no score that counts. */
  boolean reachesThreshold() {
    return words > 0 && score.isPresent() && score.getAsDouble() - threshold >= 0;
  }
}
