package dev.zhiku.ingest.extract.pdf;

import dev.zhiku.ingest.extract.Raised;
import java.util.List;
import org.apache.pdfbox.text.TextPosition;

/** Numbers of a word that are set smaller and above its base: 10⁷ is not 107. */
final class RaisedDigits {
  private static final float SMALLER = 0.85f;
  private static final float HIGHER = 0.15f;

  private RaisedDigits() {}

  /**
   * The word with its raised numbers as such.
   *
   * @param word what the positions say together; other words are left as they are
   */
  static String shown(String word, List<TextPosition> positions) {
    int length = positions.stream().mapToInt(p -> p.getUnicode().length()).sum();
    if (length != word.length() || word.chars().noneMatch(c -> c >= '0' && c <= '9')) {
      return word;
    }
    TextPosition base = positions.getFirst();
    for (TextPosition position : positions) {
      base = size(position) > size(base) ? position : base;
    }
    StringBuilder shown = new StringBuilder();
    StringBuilder raised = new StringBuilder();
    int end = 0;
    for (TextPosition position : positions) {
      int start = end;
      end += position.getUnicode().length();
      if (isRaised(position, base)) {
        raised.append(word, start, end);
      } else {
        shown.append(Raised.number(raised.toString())).append(word, start, end);
        raised.setLength(0);
      }
    }
    return shown.append(Raised.number(raised.toString())).toString();
  }

  private static boolean isRaised(TextPosition position, TextPosition base) {
    return size(position) < size(base) * SMALLER
        && base.getYDirAdj() - position.getYDirAdj() > size(base) * HIGHER;
  }

  private static float size(TextPosition position) {
    return Math.abs(position.getFontSizeInPt());
  }
}
