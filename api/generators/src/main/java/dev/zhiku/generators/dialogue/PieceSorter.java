package dev.zhiku.generators.dialogue;

import dev.zhiku.answering.chat.GenerationResult.Finish;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Prompt;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * Sorts what a model writes into reasoning and answer and holds each to its budget. Used by one
 * thread.
 */
public final class PieceSorter {
  /** A longer piece is counted part by part, so that none takes more than is left. */
  private static final int LONGEST_PIECE = 256;

  private final Prompt.Limits limits;
  private final ToIntFunction<String> tokens;
  private final Consumer<? super Piece> sink;
  private final ReasoningTags tags;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();
  private int textTokens;
  private int reasoningTokens;
  private boolean leftOutTag;

  /**
   * @param opensSilently whether the model begins with reasoning that no tag opens
   * @param tokens of a piece, as the model counts them or estimated
   */
  public PieceSorter(
      Prompt.Limits limits,
      boolean opensSilently,
      ToIntFunction<String> tokens,
      Consumer<? super Piece> sink) {
    this.limits = limits;
    this.tokens = tokens;
    this.sink = sink;
    this.tags = new ReasoningTags(opensSilently, new Handed());
  }

  /** Characters of the answer, perhaps with reasoning in tags. */
  public void content(String part) {
    if (!part.isEmpty()) {
      tags.add(part);
    }
  }

  /** Characters that the server marked as reasoning. */
  public void reasoning(String part) {
    if (!part.isEmpty() && !(reasoning.isEmpty() && part.isBlank())) {
      handOver(part, this::mayThink, this::think);
    }
  }

  /** Whether a budget is used up; the model is to be stopped. */
  public boolean isFull() {
    return textTokens > limits.answerTokens()
        || (text.isEmpty() && reasoningTokens > limits.reasoningTokens());
  }

  /** Whether the model left out the tag that opens reasoning, and will do so again. */
  public boolean leftOutTag() {
    return leftOutTag;
  }

  /** Tokens handed over so far, reasoning included. */
  public int tokens() {
    return textTokens + reasoningTokens;
  }

  /**
   * There is no more.
   *
   * @param finish as the server gave it, or {@link Finish#LENGTH} if the model was stopped
   */
  public Finish end(Finish finish) {
    tags.end(finish == Finish.STOP);
    if (!text.toString().isBlank()) {
      return finish;
    }
    return reasoning.isEmpty() ? Finish.DECLINED : Finish.EXHAUSTED;
  }

  /** What is beyond the budget is not handed over, however much comes at once. */
  private static void handOver(String part, BooleanSupplier fits, Consumer<String> each) {
    int at = 0;
    while (at < part.length() && fits.getAsBoolean()) {
      int end = Math.min(part.length(), at + LONGEST_PIECE);
      boolean cuts = end < part.length() && Character.isHighSurrogate(part.charAt(end - 1));
      end -= cuts ? 1 : 0;
      each.accept(part.substring(at, end));
      at = end;
    }
  }

  private boolean mayThink() {
    return !text.isEmpty() || reasoningTokens <= limits.reasoningTokens();
  }

  private void think(String part) {
    reasoning.append(part);
    reasoningTokens += tokens.applyAsInt(part);
    sink.accept(new Piece.Reasoning(part));
  }

  private void correct(String thought, String said) {
    reasoning.setLength(0);
    reasoning.append(thought);
    text.setLength(0);
    text.append(said);
    sink.accept(new Piece.Sorted(thought, said));
  }

  private final class Handed implements ReasoningTags.Out {
    @Override
    public void text(String part) {
      handOver(part, () -> textTokens <= limits.answerTokens(), this::say);
    }

    private void say(String part) {
      text.append(part);
      textTokens += tokens.applyAsInt(part);
      sink.accept(new Piece.Text(part));
    }

    @Override
    public void reasoning(String part) {
      handOver(part, PieceSorter.this::mayThink, PieceSorter.this::think);
    }

    @Override
    public void textWasReasoning() {
      leftOutTag = true;
      reasoningTokens += textTokens;
      textTokens = 0;
      correct(reasoning.toString() + text, "");
    }

    @Override
    public void reasoningWasText() {
      correct("", reasoning.toString());
    }

    @Override
    public void endOfReasoningWasText(String end) {
      correct(reasoning.substring(0, reasoning.length() - end.length()), end.strip());
    }
  }
}
