package dev.zhiku.answering.grounding;

import dev.zhiku.index.TextBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts the text of a passage into what can be quoted by itself: sentences, list items, rows of
 * tables. Chinese and English. Pure.
 */
public final class QuotableSentences {
  private static final Pattern ITEM =
      Pattern.compile(
          "\\s*([-*•·▪◦●○■□–—+]|\\(?\\d{1,3}[.)、）]|[（(]?[一二三四五六七八九十]{1,3}[）)、.])\\s*\\S.*");
  private static final Pattern ROW = Pattern.compile(".*(\\t|\\s\\|\\s|^\\|).*");
  private static final Pattern RUNS_ON = Pattern.compile("[\\p{Ll}\\p{IsHan}，,；;：、].*");

  /**
   * A line at least this long may have been broken only because the page was full, in characters.
   */
  private static final int FULL_LINE = 38;

  private static final int FULL_CHINESE_LINE = 18;

  private QuotableSentences() {}

  /**
   * A part of a text.
   *
   * @param start first character
   * @param end after the last character
   */
  public record Span(int start, int end) {
    /** The characters themselves. */
    public String in(String text) {
      return text.substring(start, end);
    }
  }

  /** In order, none blank, none overlapping; together all of the text but white space. */
  public static List<Span> of(String text) {
    List<Span> spans = new ArrayList<>();
    for (Span block : blocks(text)) {
      splitBlock(text, block, spans);
    }
    return spans;
  }

  /**
   * The same where the parts of the text are known: a heading and a row are one, and no sentence
   * goes on in the next block.
   *
   * @param blocks of the text, none where they are not known
   */
  public static List<Span> of(String text, List<TextBlock> blocks) {
    if (blocks.isEmpty()) {
      return of(text);
    }
    List<Span> spans = new ArrayList<>();
    for (TextBlock block : blocks) {
      switch (block.kind()) {
        case HEADING, ROW -> add(text, block.start(), block.end(), spans);
        case PARAGRAPH, LIST_ITEM, QUESTION, ANSWER, CODE, CAPTION, NOTE ->
            of(block.in(text)).stream()
                .map(span -> new Span(block.start() + span.start(), block.start() + span.end()))
                .forEach(spans::add);
      }
    }
    return spans;
  }

  /** Whether a line is an item of a list or a row of a table, which stands by itself. */
  public static boolean isMember(String line) {
    return isItem(line.strip()) || isRow(line);
  }

  /** Lines that belong together: an item or a row by itself, running text as far as it runs. */
  static List<Span> blocks(String text) {
    List<Span> blocks = new ArrayList<>();
    int start = 0;
    int at = 0;
    while (at < text.length()) {
      int lineEnd = text.indexOf('\n', at);
      if (lineEnd < 0) {
        break;
      }
      int next = lineEnd + 1;
      if (!runsOn(line(text, at), line(text, next))) {
        blocks.add(new Span(start, lineEnd));
        start = next;
      }
      at = next;
    }
    blocks.add(new Span(start, text.length()));
    return blocks;
  }

  private static String line(String text, int start) {
    int end = text.indexOf('\n', start);
    return text.substring(start, end < 0 ? text.length() : end).strip();
  }

  private static boolean runsOn(String line, String next) {
    if (line.isEmpty() || next.isEmpty() || isItem(next) || isRow(line) || isRow(next)) {
      return false;
    }
    char last = line.charAt(line.length() - 1);
    if (last == '.' && line.length() >= FULL_LINE) {
      return SentenceBreaks.isShortened(line, next);
    }
    if (SentenceBreaks.CHINESE_ENDS.indexOf(last) >= 0
        || last == '.'
        || last == ':'
        || last == '：') {
      return false;
    }
    boolean chinese = line.codePoints().anyMatch(Character::isIdeographic);
    return line.length() >= (chinese ? FULL_CHINESE_LINE : FULL_LINE)
        && RUNS_ON.matcher(next).matches();
  }

  private static boolean isItem(String line) {
    return ITEM.matcher(line).matches();
  }

  static boolean isRow(String line) {
    return ROW.matcher(line).matches();
  }

  private static void splitBlock(String text, Span block, List<Span> spans) {
    String content = block.in(text);
    if (isRow(content)) {
      add(text, block.start(), block.end(), spans);
      return;
    }
    int from = 0;
    for (int end : SentenceBreaks.of(content)) {
      add(text, block.start() + from, block.start() + end, spans);
      from = end;
    }
  }

  private static void add(String text, int start, int end, List<Span> spans) {
    int from = start;
    int to = end;
    while (from < to && Character.isWhitespace(text.charAt(from))) {
      from++;
    }
    while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
      to--;
    }
    if (from < to) {
      spans.add(new Span(from, to));
    }
  }
}
