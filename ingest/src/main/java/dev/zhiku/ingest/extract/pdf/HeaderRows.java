package dev.zhiku.ingest.extract.pdf;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows at the beginning of a table that are set bold above others that are not, or above a rule.
 */
final class HeaderRows {
  private HeaderRows() {}

  static List<PdfLine> marked(List<PdfLine> rows) {
    return marked(rows, 0);
  }

  /**
   * @param named how many first rows are names of columns by a rule below them
   */
  static List<PdfLine> marked(List<PdfLine> rows, int named) {
    int bold = named;
    while (bold < rows.size() && rows.get(bold).bold()) {
      bold++;
    }
    if (bold == rows.size()) {
      return rows;
    }
    List<PdfLine> marked = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      PdfRow row = rows.get(i).cells();
      if (i < bold && row != null && row.cells().size() > 1) {
        marked.add(rows.get(i).with(row.asHeader(true)));
      } else {
        marked.add(rows.get(i));
      }
    }
    return marked;
  }
}
