package dev.zhiku.ingest.extract.sheet;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The formula {@code HYPERLINK("address", words)} of a cell. */
final class LinkFormula {
  static final int LONGEST = 1_000;
  private static final Pattern LINK =
      Pattern.compile("(?i)\\s*HYPERLINK\\(\\s*\"(?<address>[^\"]{1,400})\".*", Pattern.DOTALL);

  private LinkFormula() {}

  /** The address that it leads to; empty where the formula is another one. */
  static String target(CharSequence formula) {
    Matcher link = LINK.matcher(formula);
    return link.matches() ? link.group("address") : "";
  }
}
