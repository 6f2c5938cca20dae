package dev.zhiku.answering.contradiction;

import dev.zhiku.index.words.SearchText;
import java.util.regex.Pattern;

/**
 * Whether a passage that shares the words of a statement says something else: it denies what the
 * statement asserts or the other way round, has another word in the same place, another unit of
 * time, counts other things, or has another figure where it speaks of the same. By form, in Chinese
 * and English. Immutable.
 */
public final class Contradiction {
  private static final Pattern LINE_END = Pattern.compile("\\R");
  private static final Pattern OPEN_END = Pattern.compile("[^.。！？!?;；:：\\s]\\s*$");
  private static final Pattern BEGINS_WITHIN = Pattern.compile("\\s*[\\p{Ll}\\p{IsHan}]");
  private static final Pattern BEGINS_ANYWHERE = Pattern.compile("\\s*[\\p{Lu}\\d]");

  /** Characters of a line beyond which it was broken for its length. */
  private static final int LONG_LINE = 60;

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

  /**
   * A bound that is worded as a denial (no more than, 不超过) denies nothing, and a clause that ends
   * with 的 names those whom the next is about.
   */
  private static String withoutBounds(String text) {
    return text.replaceAll("\\b(?:no|not) (?:more|later|longer|higher) than\\b", "at most")
        .replaceAll("\\b(?:no|not) (?:less|fewer|earlier|lower) than\\b", "at least")
        .replaceAll("不(?:得|能|可|可以|应|准)?(?:超过|高于|多于|大于|晚于)", "至多")
        .replaceAll("不(?:得|能|可|可以|应|准)?(?:低于|少于|小于|早于)", "至少")
        .replaceAll("不(?:满|足|到)(?=\\s?\\d)", "至多")
        .replaceAll("的(?=\\s?[，,])", "者");
  }

  /**
   * A line that ends without a stop goes on in the next one of its paragraph, unless this is an
   * item, or either is a row of a table; a long one goes on also where the next begins with a
   * capital letter.
   */
  private static String joinedLines(String text) {
    StringBuilder joined = new StringBuilder();
    String last = "";
    for (String line : LINE_END.split(text, -1)) {
      joined.append(joined.isEmpty() ? "" : goesOn(last, line) ? " " : "\n").append(line);
      last = line;
    }
    return joined.toString();
  }

  private static boolean goesOn(String line, String next) {
    if (line.indexOf('|') >= 0 || next.indexOf('|') >= 0 || !OPEN_END.matcher(line).find()) {
      return false;
    }
    boolean isLong = line.strip().length() > LONG_LINE;
    return BEGINS_WITHIN.matcher(next).lookingAt()
        || (isLong && BEGINS_ANYWHERE.matcher(next).lookingAt());
  }
}
