package dev.zhiku.ingest.extract.sheet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.poi.ss.util.CellRangeAddress;

/**
 * Cells of a sheet that were merged. In XLSX they stand after the rows, so they are sought first.
 */
final class MergedCells {
  private static final Pattern MERGED =
      Pattern.compile("mergeCell\\s[^>]*?ref\\s*=\\s*[\"']([A-Z]{1,3}\\d{1,7}:[A-Z]{1,3}\\d{1,7})");
  private static final String NAME = "mergeCell";
  private static final int CHUNK_BYTES = 1 << 16;
  private static final int LONGEST_MARK = 200;
  private static final int MOST = 100_000;

  private final Map<Long, CellRangeAddress> byFirst = new HashMap<>();

  private MergedCells() {}

  static MergedCells of(List<CellRangeAddress> regions) {
    MergedCells merged = new MergedCells();
    regions.forEach(merged::add);
    return merged;
  }

  /**
   * @param xml of a sheet; only looked through for the names of merged ranges, not parsed
   */
  static MergedCells of(InputStream xml) throws IOException {
    MergedCells merged = new MergedCells();
    byte[] chunk = new byte[CHUNK_BYTES];
    String rest = "";
    for (int read = xml.readNBytes(chunk, 0, CHUNK_BYTES);
        read > 0;
        read = xml.readNBytes(chunk, 0, CHUNK_BYTES)) {
      String text = rest + new String(chunk, 0, read, StandardCharsets.ISO_8859_1);
      if (text.contains(NAME)) {
        for (Matcher range = MERGED.matcher(text); range.find(); ) {
          merged.add(CellRangeAddress.valueOf(range.group(1)));
        }
      }
      rest = text.substring(Math.max(0, text.length() - LONGEST_MARK));
    }
    return merged;
  }

  int rows(int row, int column) {
    CellRangeAddress range = byFirst.get(key(row, column));
    return range == null ? 1 : range.getLastRow() - row + 1;
  }

  int columns(int row, int column) {
    CellRangeAddress range = byFirst.get(key(row, column));
    return range == null ? 1 : range.getLastColumn() - column + 1;
  }

  private void add(CellRangeAddress range) {
    if (byFirst.size() < MOST) {
      byFirst.put(key(range.getFirstRow(), range.getFirstColumn()), range);
    }
  }

  private static long key(int row, int column) {
    return ((long) row << Integer.SIZE) | column;
  }
}
