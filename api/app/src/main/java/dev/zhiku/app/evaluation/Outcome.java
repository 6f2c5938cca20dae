package dev.zhiku.app.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What became of a question.
 *
 * @param id of the question, by which runs are compared
 * @param relevant documents that answer it; none where a refusal is right
 * @param ranking documents that were found, best first, each once
 * @param answered whether it was answered and not refused
 * @param hit whether the words of a right answer stand in the answer or its quotes; empty where
 *     they are not known
 */
public record Outcome(
    String id,
    String kind,
    Set<String> relevant,
    List<String> ranking,
    boolean answered,
    Optional<Boolean> hit) {
  public Outcome {
    relevant = Set.copyOf(relevant);
    ranking = List.copyOf(ranking);
  }

  /** Whether a document answers it. */
  public boolean answerable() {
    return !relevant.isEmpty();
  }

  /** Place of the first right document, from 1; 0 where none was found. */
  public int rank() {
    for (int i = 0; i < ranking.size(); i++) {
      if (relevant.contains(ranking.get(i))) {
        return i + 1;
      }
    }
    return 0;
  }

  Quality.Judged judged() {
    return new Quality.Judged(ranking, relevant);
  }

  /** More is better: what is said counts before where it was found. */
  private double worth() {
    if (!answerable()) {
      return answered ? 0 : 1;
    }
    double found = rank() == 0 ? 0 : 1.0 / rank();
    return (hit.orElse(false) ? 4 : 0) + (answered ? 2 : 0) + found;
  }

  /** Negative if this one is worse than the other. */
  int against(Outcome other) {
    return Double.compare(worth(), other.worth());
  }

  /** In a few words. */
  String words() {
    if (!answerable()) {
      return answered ? "answered though nothing answers it" : "refused, as it should be";
    }
    String place = rank() == 0 ? "right document not found" : "right document at place " + rank();
    String said = answered ? hit.map(Outcome::rightOrNot).orElse("answered") : "refused";
    return String.format(Locale.ROOT, "%s, %s", said, place);
  }

  private static String rightOrNot(boolean right) {
    return right ? "answered rightly" : "answered without the right words";
  }
}
