package dev.zhiku.ingest.extract.sheet;

import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.outcome.IngestText;

/** What the author of a workbook hid: it is left out, counted and named. */
final class HiddenParts {
  private int sheets;
  private int rows;
  private int columns;

  void addSheet() {
    sheets++;
  }

  void addRow() {
    rows++;
  }

  void addColumns(int count) {
    columns += count;
  }

  void note(BlockSink sink) {
    note(sink, "sheets.hidden", sheets);
    note(sink, "rows.hidden", rows);
    note(sink, "columns.hidden", columns);
  }

  private static void note(BlockSink sink, String key, int count) {
    if (count > 0) {
      sink.note(IngestText.of(key, count));
    }
  }
}
