package dev.zhiku.api.answer;

/** What a generator hands over while it writes. Never empty. */
public sealed interface Piece {
  String text();

  /** A part of the answer, in order. */
  record Text(String text) implements Piece {}

  /** A part of the model's reasoning, in order; never part of the answer. */
  record Reasoning(String text) implements Piece {}
}
