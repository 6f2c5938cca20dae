package dev.zhiku.ingest.extract.pdf;

import java.util.List;

/**
 * The lines of a page in reading order.
 *
 * @param number from 1
 * @param height in points
 * @param unreadable signs whose font does not say which characters they are
 */
record PdfPage(int number, float height, List<PdfLine> lines, int unreadable) {
  PdfPage {
    lines = List.copyOf(lines);
  }

  PdfPage with(List<PdfLine> others) {
    return new PdfPage(number, height, others, 0);
  }
}
