package dev.zhiku.answering.grounding;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which lines of a Markdown text are code or a formula, so that a number in brackets in them is no
 * citation and nothing is put behind them. Used by one thread.
 */
final class VerbatimLines {
  private static final Pattern FENCE = Pattern.compile("^[\\s>]*(`{3,}|~{3,})[^`]*$");
  private static final Pattern FORMULA =
      Pattern.compile("^\\s*(\\$\\$|\\\\\\[)(?!.*(\\$\\$|\\\\\\])).*$");

  /** Of which the closing line begins; empty outside. */
  private String fence = "";

  /** Whether the line that is to be read now stands inside code or a formula. */
  boolean isInside() {
    return !fence.isEmpty();
  }

  /** Whether this line is one that opens code or a formula, as far as it is known. */
  static boolean opens(String line) {
    return FENCE.matcher(line).matches() || FORMULA.matcher(line).matches();
  }

  /** The line has come to its end. */
  void end(String line) {
    if (isInside()) {
      if (closes(line)) {
        fence = "";
      }
      return;
    }
    Matcher opening = FENCE.matcher(line);
    Matcher formula = FORMULA.matcher(line);
    if (opening.matches()) {
      fence = opening.group(1);
    } else if (formula.matches()) {
      fence = formula.group(1).equals("$$") ? "$$" : "\\]";
    }
  }

  private boolean closes(String line) {
    String bare = line.replaceAll("^[\\s>]+", "").stripTrailing();
    char c = fence.charAt(0);
    if (c == '`' || c == '~') {
      return bare.length() >= fence.length() && bare.chars().allMatch(each -> each == c);
    }
    return line.contains(fence);
  }
}
