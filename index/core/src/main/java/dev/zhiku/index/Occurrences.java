package dev.zhiku.index;

import dev.zhiku.index.Passage.PassageId;
import java.util.List;

/**
 * The passages that hold certain words, without a ranking.
 *
 * @param passages ordered by document and ordinal
 * @param complete whether these are all; if not, as many as were asked for
 */
public record Occurrences(List<PassageId> passages, boolean complete) {
  /** Most passages listed at once. */
  public static final int MAX_PASSAGES = 100_000;

  public Occurrences {
    passages = List.copyOf(passages);
  }
}
