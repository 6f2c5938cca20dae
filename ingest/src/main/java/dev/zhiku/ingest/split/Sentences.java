package dev.zhiku.ingest.split;

import java.util.ArrayList;
import java.util.List;

/** Cuts a long text at the ends of sentences, and where there are none, between words. */
final class Sentences {
  private static final String WIDE_ENDS = "。！？；…";
  private static final String NARROW_ENDS = ".!?;";
  private static final String CLOSERS = "”’」』）)\"'》】";

  private Sentences() {}

  /**
   * Parts that give the text again when joined, each within the size.
   *
   * @param size in units of {@link TextSize}
   */
  static List<String> of(String text, int size) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (endsAfter(text, i)) {
        int end = afterClosersAndBlanks(text, i + 1);
        addWithin(text.substring(start, end), size, parts);
        start = end;
        i = end - 1;
      }
    }
    addWithin(text.substring(start), size, parts);
    return parts;
  }

  private static boolean endsAfter(String text, int i) {
    char c = text.charAt(i);
    if (c == '\n' || WIDE_ENDS.indexOf(c) >= 0) {
      return true;
    }
    boolean last = i + 1 == text.length();
    return NARROW_ENDS.indexOf(c) >= 0 && (last || Character.isWhitespace(text.charAt(i + 1)));
  }

  private static int afterClosersAndBlanks(String text, int from) {
    int end = from;
    while (end < text.length() && CLOSERS.indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static void addWithin(String sentence, int size, List<String> parts) {
    String rest = sentence;
    while (TextSize.of(rest) > size) {
      String part = untilWordEnd(TextSize.start(rest, size));
      parts.add(part);
      rest = rest.substring(part.length());
    }
    if (!rest.isEmpty()) {
      parts.add(rest);
    }
  }

  /** Gives up the last word, which may be half, unless that costs more than a quarter. */
  private static String untilWordEnd(String text) {
    for (int i = text.length(); i > text.length() * 3 / 4; i--) {
      char before = text.charAt(i - 1);
      if (Character.isWhitespace(before) || before == '，' || before == '、' || before == ',') {
        return text.substring(0, i);
      }
    }
    return text;
  }
}
