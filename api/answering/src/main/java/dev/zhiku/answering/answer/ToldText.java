package dev.zhiku.answering.answer;

import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * The text that an asker has, as parts, each followed by the places of the marks in it that say
 * that a statement has no ground. Used by one thread.
 */
final class ToldText {
  private static final String MARK = "[?]";

  private final IntPredicate made;
  private final Consumer<? super AnswerEvent> sink;
  private final StringBuilder text = new StringBuilder();
  private int searched;
  private int marks;

  /**
   * @param made whether the mark of this number among all that look like it, from 0, says that
   */
  ToldText(IntPredicate made, Consumer<? super AnswerEvent> sink) {
    this.made = made;
    this.sink = sink;
  }

  void add(String part) {
    text.append(part);
    sink.accept(new AnswerEvent.Text(part));
    for (int at = text.indexOf(MARK, searched); at >= 0; at = text.indexOf(MARK, searched)) {
      searched = at + MARK.length();
      if (made.test(marks++)) {
        sink.accept(new AnswerEvent.Unsupported(text.codePointCount(0, at)));
      }
    }
  }

  /** The text goes on; its next mark is the first of what is told anew. */
  void countMarksAnew() {
    marks = 0;
  }
}
