package dev.zhiku.answering.grounding;

import java.util.List;

/** A comparison of a statement with places of a passage by meaning. */
@FunctionalInterface
public interface Likeness {
  /** Nothing can be compared. */
  Likeness NONE = (statement, places) -> 0;

  /**
   * Cosine of the nearest place with the statement; 0 where none can be compared. Never throws for
   * want of time: an interrupted thread stays interrupted and gets 0.
   *
   * @param places 1 to 16 texts of one passage, each a sentence or two
   */
  double nearest(String statement, List<String> places);
}
