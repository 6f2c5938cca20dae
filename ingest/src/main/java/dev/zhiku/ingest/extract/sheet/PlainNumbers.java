package dev.zhiku.ingest.extract.sheet;

import java.math.BigDecimal;
import java.util.Locale;
import org.apache.poi.ss.usermodel.DataFormatter;

/** Values as a sheet shows them, but account and part numbers with all their digits. */
final class PlainNumbers extends DataFormatter {
  /** Name of the format that a cell has when nobody chose one. */
  static final String GENERAL = "General";

  private static final double EXACT_BELOW = 1e15;

  PlainNumbers() {
    super(Locale.ROOT);
  }

  @Override
  public String formatRawCellContents(double value, int index, String format) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < EXACT_BELOW;
    return whole && GENERAL.equalsIgnoreCase(format)
        ? BigDecimal.valueOf(value).toBigInteger().toString()
        : super.formatRawCellContents(value, index, format);
  }
}
