package dev.zhiku.answering.chat;

/** What a generator hands over while it writes. */
public sealed interface Piece {
  /** A part of the answer, in order; never empty. */
  record Text(String text) implements Piece {}

  /** A part of the model's reasoning, in order; never part of the answer and never empty. */
  record Reasoning(String text) implements Piece {}

  /**
   * All that was handed over before is to be read like this: where a reasoning began or ended
   * showed only later.
   *
   * @param reasoning all of it so far
   * @param text all of the answer so far
   */
  record Sorted(String reasoning, String text) implements Piece {}

  /** Collects the text of what is written, for a reader who wants neither pieces nor reasoning. */
  static void addText(Piece piece, StringBuilder text) {
    switch (piece) {
      case Text part -> text.append(part.text());
      case Reasoning thought -> {} // not a part of the text
      case Sorted sorted -> {
        text.setLength(0);
        text.append(sorted.text());
      }
    }
  }
}
