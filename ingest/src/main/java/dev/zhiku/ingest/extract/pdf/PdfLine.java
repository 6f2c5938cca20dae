package dev.zhiku.ingest.extract.pdf;

import java.util.ArrayList;
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
 * @param gaps between its words, the wide ones
 */
record PdfLine(
    String text,
    float fontSize,
    boolean bold,
    float left,
    float right,
    float y,
    boolean row,
    @Nullable PdfRow cells,
    List<Gap> gaps) {
  PdfLine {
    gaps = List.copyOf(gaps);
  }

  PdfLine(
      String text, float fontSize, boolean bold, float left, float right, float y, boolean row) {
    this(text, fontSize, bold, left, right, y, row, null, List.of());
  }

  /**
   * A gap between two words that is wider than a blank, yet not wide enough to part the line.
   *
   * @param from right edge of the word before
   * @param to left edge of the word behind
   * @param index of the first character of the word behind
   */
  record Gap(float from, float to, int index) {
    Gap back(int characters) {
      return new Gap(from, to, index - characters);
    }
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
    return new PdfLine(text, fontSize, bold, left, right, y, true, cells, gaps);
  }

  PdfLine with(List<Gap> wide) {
    return new PdfLine(text, fontSize, bold, left, right, y, row, cells, wide);
  }

  /** The words before a gap and those behind it. */
  List<PdfLine> partedAt(Gap gap) {
    String behind = text.substring(gap.index());
    List<Gap> before = new ArrayList<>();
    List<Gap> after = new ArrayList<>();
    for (Gap other : gaps) {
      if (other.index() < gap.index()) {
        before.add(other);
      } else if (other.index() > gap.index()) {
        after.add(other.back(gap.index()));
      }
    }
    String words = text.substring(0, gap.index()).strip();
    return List.of(
        new PdfLine(words, fontSize, bold, left, gap.from(), y, row, null, before),
        new PdfLine(behind, fontSize, bold, gap.to(), right, y, row, null, after));
  }
}
