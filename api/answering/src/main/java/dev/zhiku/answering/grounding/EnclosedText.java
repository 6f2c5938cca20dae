package dev.zhiku.answering.grounding;

import dev.zhiku.answering.grounding.QuotableSentences.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The stretches of a text that stand in quotation marks or brackets. Pure. */
final class EnclosedText {
  private static final String OPENING = "“‘「『（《【([";
  private static final String CLOSING = "”’」』）》】)]";

  /** A longer quotation is read sentence by sentence, in characters. */
  private static final int LONGEST = 240;

  private static final int LONGEST_CHINESE = 80;

  private EnclosedText() {}

  /** With their marks; one that is never closed, or long, is left out. */
  static List<Span> of(String text) {
    List<Span> pairs = new ArrayList<>();
    Deque<Integer> open = new ArrayDeque<>();
    int straight = -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (OPENING.indexOf(c) >= 0) {
        open.push(i);
      } else if (CLOSING.indexOf(c) >= 0) {
        close(text, i, open, pairs);
      } else if (c == '"' && straight < 0 && opens(text, i)) {
        straight = i;
      } else if (c == '"' && straight >= 0) {
        add(text, straight, i, pairs);
        straight = -1;
      }
    }
    return pairs;
  }

  /** An apostrophe or the bracket of "a)" closes nothing. */
  private static void close(String text, int at, Deque<Integer> open, List<Span> pairs) {
    char wanted = OPENING.charAt(CLOSING.indexOf(text.charAt(at)));
    if (open.stream().noneMatch(i -> text.charAt(i) == wanted)) {
      return;
    }
    int start = open.pop();
    while (text.charAt(start) != wanted) {
      start = open.pop();
    }
    add(text, start, at, pairs);
  }

  /** Behind a figure it is the sign for inches. */
  private static boolean opens(String text, int at) {
    return at == 0 || !Character.isDigit(text.charAt(at - 1));
  }

  private static void add(String text, int start, int end, List<Span> pairs) {
    boolean chinese = text.substring(start, end).codePoints().anyMatch(Character::isIdeographic);
    if (end - start <= (chinese ? LONGEST_CHINESE : LONGEST)) {
      pairs.add(new Span(start, end + 1));
    }
  }
}
