package dev.zhiku.index.ranking;

import dev.zhiku.index.words.SearchText;
import java.util.stream.LongStream;

/**
 * The three-character pieces of a text; signs and spaces do not count. As sorted numbers, for each
 * question compares some fifty passages with one another.
 */
final class Shingles {
  private static final int LENGTH = 3;
  private static final long WHOLE = (1L << (LENGTH * Character.SIZE)) - 1;

  private final long[] pieces;

  private Shingles(long[] pieces) {
    this.pieces = pieces;
  }

  static Shingles of(String text) {
    String letters = letters(SearchText.normalize(text));
    LongStream.Builder pieces = LongStream.builder();
    long last = 0;
    for (int i = 0; i < letters.length(); i++) {
      last = (last << Character.SIZE | letters.charAt(i)) & WHOLE;
      if (i >= LENGTH - 1 || (letters.length() < LENGTH && i == letters.length() - 1)) {
        pieces.add(last);
      }
    }
    return new Shingles(pieces.build().sorted().distinct().toArray());
  }

  private static String letters(String text) {
    StringBuilder letters = new StringBuilder(text.length());
    text.codePoints().filter(Shingles::counts).forEach(letters::appendCodePoint);
    return letters.toString();
  }

  private static boolean counts(int codePoint) {
    return Character.isLetter(codePoint)
        || switch (Character.getType(codePoint)) {
          case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
              true;
          default -> false;
        };
  }

  /**
   * Whether the common pieces are at least this share of all pieces of both (Jaccard). Two texts
   * without any are not alike.
   */
  boolean isLike(Shingles other, double share) {
    int shorter = Math.min(pieces.length, other.pieces.length);
    int longer = Math.max(pieces.length, other.pieces.length);
    if (shorter == 0 || shorter < share * longer) {
      return false;
    }
    int all = pieces.length + other.pieces.length;
    int common = common(other, (int) (share * all / (1 + share)));
    return common >= share * (all - common);
  }

  /**
   * Fewer than all where they cannot become as many as the least any more, which most texts that
   * are not alike show after a few pieces.
   */
  private int common(Shingles other, int least) {
    int common = 0;
    int here = 0;
    int there = 0;
    while (common + Math.min(pieces.length - here, other.pieces.length - there) >= least
        && here < pieces.length
        && there < other.pieces.length) {
      int order = Long.compare(pieces[here], other.pieces[there]);
      common += order == 0 ? 1 : 0;
      here += order <= 0 ? 1 : 0;
      there += order >= 0 ? 1 : 0;
    }
    return common;
  }
}
