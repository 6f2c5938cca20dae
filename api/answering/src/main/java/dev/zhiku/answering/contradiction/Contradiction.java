package dev.zhiku.answering.contradiction;

import dev.zhiku.index.words.SearchText;

/**
 * Whether a passage that shares the words of a statement says something else: it denies what the
 * statement asserts or the other way round, has another word in the same place, another unit of
 * time, counts other things, or has another figure where it speaks of the same. By form, in Chinese
 * and English. Immutable.
 */
public final class Contradiction {
  private final Clauses clauses;
  private final TimeSpans spans;
  private final CountedThings things;
  private final RivalFigures figures;

  /**
   * @param passage that statements are held against
   */
  public Contradiction(String passage) {
    String text = withoutBounds(SearchText.normalize(PlainFigures.of(joinedLines(passage))));
    this.clauses = new Clauses(text);
    this.spans = TimeSpans.of(text);
    this.things = CountedThings.of(text);
    this.figures = new RivalFigures(text);
  }

  /** Whether the passage speaks against the statement. */
  public boolean isOf(String statement) {
    String said = withoutBounds(SearchText.normalize(PlainFigures.of(statement)));
    return !things.allow(CountedThings.of(said))
        || !spans.allow(TimeSpans.of(said))
        || figures.speakAgainst(said)
        || Polarity.isTurned(said, clauses)
        || Substitution.isIn(said, clauses);
  }

  /** A bound that is worded as a denial (no more than, 不超过) denies nothing. */
  private static String withoutBounds(String text) {
    return text.replaceAll("\\b(?:no|not) (?:more|later|longer|higher) than\\b", "at most")
        .replaceAll("\\b(?:no|not) (?:less|fewer|earlier|lower) than\\b", "at least")
        .replaceAll("不得?(?:超过|高于|多于|大于|晚于)", "至多")
        .replaceAll("不得?(?:低于|少于|小于|早于)", "至少");
  }

  /**
   * A line that ends without a stop goes on in the next, unless this is an item or a row; a long
   * one goes on also where the next begins with a capital letter.
   */
  private static String joinedLines(String text) {
    return text.replaceAll(
            "(?<=[^\\n|]{60,400}[^.。！？!?;；:：|\\s])[ \\t]*\\n\\s*(?=[\\p{Lu}\\d])", " ")
        .replaceAll("(?<=[^.。！？!?;；:：|\\s])[ \\t]*\\n\\s*(?=[\\p{Ll}\\p{IsHan}])", " ");
  }
}
