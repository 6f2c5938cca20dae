package dev.zhiku.ingest.extract.sheet;

import dev.zhiku.ingest.extract.CleanText;
import java.util.regex.Pattern;

/** The words of a header or footer of a sheet, without its codes for pages, days and fonts. */
final class MarginText {
  private static final Pattern CODE =
      Pattern.compile(
          "&(?:\"[^\"]*\"|K(?:[0-9A-Fa-f]{6}|\\d{2}[+-]\\d{3})|\\d{1,3}|[LCRPNDTAFZGBIUESXYOH][+-]?)");
  private static final String AMPERSAND = "&&";
  private static final char HELD = '\uFDD2';
  private static final Pattern ONLY_PAGE =
      Pattern.compile("(?i)(?:page|seite|p\\.|of|第|页|頁|共|[\\s/()（）\\-–—|·])*");

  private MarginText() {}

  /** Empty where nothing but numbers of pages and the like is left. */
  static String plain(String written) {
    String held = written.replace(AMPERSAND, String.valueOf(HELD));
    String plain = CleanText.line(CODE.matcher(held).replaceAll(" ")).replace(HELD, '&').strip();
    boolean coded = !plain.equals(written.strip());
    return coded && ONLY_PAGE.matcher(plain).matches() ? "" : plain;
  }
}
