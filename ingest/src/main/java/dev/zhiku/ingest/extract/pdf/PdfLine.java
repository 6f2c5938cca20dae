package dev.zhiku.ingest.extract.pdf;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a page as it was set.
 *
 * @param fontSize of most of its characters, in points as shown
 * @param bold whether most of its characters are
 * @param left left edge in points
 * @param right right edge in points
 * @param y distance of its base from the top of the page, in points
 * @param row whether it is a row of cells with wide gaps between
 * @param cells of a row whose table is known
 */
record PdfLine(
    String text,
    float fontSize,
    boolean bold,
    float left,
    float right,
    float y,
    boolean row,
    @Nullable PdfRow cells) {
  PdfLine(
      String text, float fontSize, boolean bold, float left, float right, float y, boolean row) {
    this(text, fontSize, bold, left, right, y, row, null);
  }

  /** Pieces side by side as one line. */
  static PdfLine of(List<PdfLine> pieces, boolean row) {
    StringBuilder text = new StringBuilder();
    double sizes = 0;
    int letters = 0;
    for (PdfLine piece : pieces) {
      text.append(text.isEmpty() ? "" : " ").append(piece.text());
      sizes += piece.fontSize() * piece.text().length();
      letters += piece.text().length();
    }
    return new PdfLine(
        text.toString(),
        Math.round(sizes / letters * 2) / 2f,
        pieces.stream().allMatch(PdfLine::bold),
        pieces.getFirst().left(),
        pieces.getLast().right(),
        pieces.getFirst().y(),
        row);
  }

  /** The words of a table's row. */
  static PdfLine ofRow(List<PdfLine> words, PdfRow cells) {
    return of(words, true).with(cells);
  }

  PdfLine with(PdfRow cells) {
    return new PdfLine(text, fontSize, bold, left, right, y, true, cells);
  }
}
