package dev.zhiku.answering.grounding;

import dev.zhiku.answering.search.ScoredPassage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What a model writes without the numbers in brackets that point at no passage and stand in none,
 * while it streams. Holds back only what it cannot tell yet. Used by one thread.
 */
public final class CitationForms {
  /** Longest mark that is waited for, in characters. */
  private static final int LONGEST_MARK = 12;

  private static final Pattern NUMBER = Pattern.compile("\\[(\\d{1,9})]");

  private final int passages;
  private final Set<String> numbers;
  private final Consumer<String> sink;
  private String held = "";

  /**
   * @param passages how many there are; marks from 1 to this number stay
   */
  public CitationForms(int passages, Consumer<String> sink) {
    this(passages, Set.of(), sink);
  }

  private CitationForms(int passages, Set<String> held, Consumer<String> sink) {
    this.passages = passages;
    this.numbers = Set.copyOf(held);
    this.sink = sink;
  }

  /**
   * Of an answer from these passages, in the order of their numbers; a number in brackets that one
   * of them holds, such as the year of a case number, stays.
   */
  public static CitationForms ofAnswer(List<ScoredPassage> passages, Consumer<String> sink) {
    Set<String> held = new HashSet<>();
    for (ScoredPassage found : passages) {
      NUMBER.matcher(found.passage().text()).results().map(m -> m.group(1)).forEach(held::add);
    }
    return new CitationForms(passages.size(), held, sink);
  }

  /** The next characters. */
  public void add(String part) {
    pass(held + part, false);
  }

  /** There is no more. */
  public void end() {
    pass(held, true);
  }

  private void pass(String text, boolean all) {
    StringBuilder safe = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int taken =
          switch (c) {
            case '[' -> mark(text, at, all, safe);
            case ' ' -> space(text, at, all, safe);
            default -> plain(c, safe);
          };
      if (taken == 0) {
        break;
      }
      at += taken;
    }
    held = text.substring(at);
    if (!safe.isEmpty()) {
      sink.accept(safe.toString());
    }
  }

  private static int plain(char c, StringBuilder safe) {
    safe.append(c);
    return 1;
  }

  private int mark(String text, int at, boolean all, StringBuilder safe) {
    int end = at + 1;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    if (end == text.length() && !all && end - at < LONGEST_MARK) {
      return 0;
    }
    if (end == text.length() || text.charAt(end) != ']' || end == at + 1) {
      return plain('[', safe);
    }
    String digits = text.substring(at + 1, end);
    boolean points =
        digits.length() < 4
            && Integer.parseInt(digits) >= 1
            && Integer.parseInt(digits) <= passages;
    if (points) {
      safe.append('[').append(Integer.parseInt(digits)).append(']');
    } else if (numbers.contains(digits)) {
      safe.append('[').append(digits).append(']');
    }
    return end + 1 - at;
  }

  /** The space before a mark that is left out goes with it. */
  private int space(String text, int at, boolean all, StringBuilder safe) {
    if (at + 1 == text.length()) {
      return all ? plain(' ', safe) : 0;
    }
    if (text.charAt(at + 1) != '[') {
      return plain(' ', safe);
    }
    StringBuilder mark = new StringBuilder();
    int taken = mark(text, at + 1, all, mark);
    if (taken > 0 && !mark.isEmpty()) {
      safe.append(' ');
    }
    safe.append(mark);
    return taken == 0 ? 0 : taken + 1;
  }
}
