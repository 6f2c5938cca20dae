package dev.zhiku.api.answer;

import dev.zhiku.api.search.Found;
import dev.zhiku.index.words.Words;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether what was found can support an answer at all. Thresholds are chosen by measurement, see
 * the module's README; they keep questions out that the collection knows nothing of, and cannot
 * tell a passage that answers from one that merely looks as if it did. Pure.
 */
final class Evidence {
  /** Share of the question's words that the best passage has to hold. */
  private static final double ENOUGH_WORDS = 0.5;

  /** A passage this near in meaning supports an answer with half the words. */
  private static final double NEAR = 0.75;

  /** How many of the best passages may carry the answer. */
  private static final int LOOKED_AT = 3;

  private Evidence() {}

  static boolean supports(String question, List<Found> passages) {
    Set<String> asked = QuestionWords.of(question);
    return passages.stream().limit(LOOKED_AT).anyMatch(found -> carries(found, asked));
  }

  private static boolean carries(Found found, Set<String> asked) {
    double needed = found.similarity() >= NEAR ? ENOUGH_WORDS / 2 : ENOUGH_WORDS;
    return share(found, asked) >= needed;
  }

  static double share(Found found, Set<String> asked) {
    if (asked.isEmpty()) {
      return 0;
    }
    Set<String> held = new HashSet<>(Words.of(found.passage().text()).terms());
    held.addAll(Words.of(Places.title(found.document(), found.passage().location())).terms());
    held.addAll(Words.of(found.document().path()).terms());
    return asked.stream().filter(held::contains).count() / (double) asked.size();
  }
}
