package dev.zhiku.ingest.extract.sheet;

import dev.zhiku.ingest.extract.BlockSink;

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
    note(sink, sheets, "sheet", "个工作表");
    note(sink, rows, "row", "行");
    note(sink, columns, "column", "列");
  }

  private static void note(BlockSink sink, int count, String name, String chinese) {
    if (count > 0) {
      sink.note(
          count == 1
              ? "1 hidden " + name + " was left out."
              : count + " hidden " + name + "s were left out.",
          "有 " + count + " " + chinese + "被隐藏，未读取。");
    }
  }
}
