package dev.zhiku.ingest.extract.pdf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The distance of a page's lines, by the lines themselves: where a line is full, the next one is
 * most likely of the same paragraph, however far below it stands.
 */
final class LineDistance {
  private static final float NOT_QUITE_FULL = 0.12f;
  private static final float TOLERANCE = 1.15f;
  private static final float MOST_SIZES = 3.5f;
  private static final float INDENT = 0.8f;

  private LineDistance() {}

  /**
   * The usual distance below a full line in points; 0 on a page without one.
   *
   * @param right edge of the page's text
   */
  static float of(List<PdfLine> lines, float right) {
    List<Float> distances = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      PdfLine above = lines.get(i - 1);
      float distance = lines.get(i).y() - above.y();
      boolean sameText = lines.get(i).fontSize() == above.fontSize() && isFull(above, right);
      if (sameText && distance > 0 && distance <= above.fontSize() * MOST_SIZES) {
        distances.add(distance);
      }
    }
    Collections.sort(distances);
    return distances.isEmpty() ? 0 : distances.get(distances.size() / 2);
  }

  /** Whether the line reaches the right edge, but for a word that did not fit. */
  static boolean isFull(PdfLine line, float right) {
    return line.right() >= right - (right - line.left()) * NOT_QUITE_FULL;
  }

  /** Whether a line is the next one of a paragraph on a page with that distance of lines. */
  static boolean goesOn(PdfLine above, PdfLine line, float right, float distance) {
    return isFull(above, right)
        && isNext(above, line, distance)
        && line.left() <= above.left() + line.fontSize() * INDENT;
  }

  /** Whether a line of text stands below another one as lines of the page do. */
  static boolean isNext(PdfLine above, PdfLine line, float distance) {
    return !above.row() && !line.row() && line.y() - above.y() <= distance * TOLERANCE;
  }
}
