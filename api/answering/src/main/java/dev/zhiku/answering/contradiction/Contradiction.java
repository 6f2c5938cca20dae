package dev.zhiku.answering.contradiction;

import dev.zhiku.index.words.SearchText;

/**
 * Whether a passage that shares the words of a statement says something else: it denies what the
 * statement asserts or the other way round, has another word in the same place, or another unit of
 * time. By form, in Chinese and English. Immutable.
 */
public final class Contradiction {
  private final Clauses clauses;
  private final TimeSpans spans;

  /**
   * @param passage that statements are held against
   */
  public Contradiction(String passage) {
    String text = SearchText.normalize(joinedLines(passage));
    this.clauses = new Clauses(text);
    this.spans = TimeSpans.of(text);
  }

  /** Whether the passage speaks against the statement. */
  public boolean isOf(String statement) {
    String said = SearchText.normalize(statement);
    return !spans.allow(TimeSpans.of(said))
        || Polarity.isTurned(said, clauses)
        || Substitution.isIn(said, clauses);
  }

  /** A line that ends without a stop goes on in the next, unless this is an item or a row. */
  private static String joinedLines(String text) {
    return text.replaceAll("(?<=[^.。！？!?;；:：|\\s])[ \\t]*\\n\\s*(?=[\\p{Ll}\\p{IsHan}])", " ");
  }
}
