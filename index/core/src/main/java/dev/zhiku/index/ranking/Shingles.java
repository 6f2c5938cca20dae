package dev.zhiku.index.ranking;

import dev.zhiku.index.words.SearchText;
import java.util.Arrays;

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
    String normal = SearchText.normalize(text);
    char[] letters = new char[normal.length()];
    int length = 0;
    for (int i = 0; i < normal.length(); ) {
      int c = normal.codePointAt(i);
      i += Character.charCount(c);
      if (counts(c)) {
        length += Character.toChars(c, letters, length);
      }
    }
    return new Shingles(pieces(letters, length));
  }

  /** A text shorter than a piece is one. */
  private static long[] pieces(char[] letters, int length) {
    long[] pieces = new long[Math.max(Math.min(1, length), length - LENGTH + 1)];
    long last = 0;
    for (int i = 0; i < length; i++) {
      last = (last << Character.SIZE | letters[i]) & WHOLE;
      if (i >= LENGTH - 1 || i == length - 1) {
        pieces[Math.max(0, i - LENGTH + 1)] = last;
      }
    }
    Arrays.sort(pieces);
    int distinct = 0;
    for (int i = 0; i < pieces.length; i++) {
      if (i == 0 || pieces[i] != pieces[i - 1]) {
        pieces[distinct++] = pieces[i];
      }
    }
    return Arrays.copyOf(pieces, distinct);
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
