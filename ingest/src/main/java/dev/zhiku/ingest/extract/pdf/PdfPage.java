package dev.zhiku.ingest.extract.pdf;

import java.util.List;

/**
 * The lines of a page in reading order.
 *
 * @param number from 1
 * @param height in points
 */
record PdfPage(int number, float height, List<PdfLine> lines) {
  PdfPage {
    lines = List.copyOf(lines);
  }
}
