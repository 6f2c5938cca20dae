package dev.zhiku.answering.search;

/**
 * {@code zhiku.search}: how much is looked at for one question.
 *
 * @param topK passages given to the answer when the request does not say, 1 to {@link #MAX_TOP_K}
 * @param candidates length of each ranked list before fusion, {@link #MAX_TOP_K} to 1,000
 */
public record SearchConfig(int topK, int candidates) {
  /** Most passages one request may ask for. */
  public static final int MAX_TOP_K = 20;

  /** What holds unless configured otherwise. */
  public static final SearchConfig DEFAULT = new SearchConfig(6, 100);

  private static final int MAX_CANDIDATES = 1_000;

  public SearchConfig {
    if (topK < 1 || topK > MAX_TOP_K) {
      throw new IllegalArgumentException(
          "zhiku.search.top-k must be 1.." + MAX_TOP_K + ", got " + topK);
    }
    if (candidates < MAX_TOP_K || candidates > MAX_CANDIDATES) {
      throw new IllegalArgumentException(
          "zhiku.search.candidates must be "
              + MAX_TOP_K
              + ".."
              + MAX_CANDIDATES
              + ", got "
              + candidates);
    }
  }
}
