package dev.zhiku.server.query;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.GenerationResult;
import dev.zhiku.answering.chat.GenerationResult.Finish;
import dev.zhiku.answering.chat.ModelDescription;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Prompt;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A model that writes a piece every so often, and counts who writes now. Thread-safe. */
final class SlowBackend implements ChatBackend {
  private final List<String> pieces;
  private final long pauseMillis;
  private final int concurrency;
  private final AtomicInteger writing = new AtomicInteger();
  private final AtomicInteger begun = new AtomicInteger();

  SlowBackend(List<String> pieces, long pauseMillis, int concurrency) {
    this.pieces = List.copyOf(pieces);
    this.pauseMillis = pauseMillis;
    this.concurrency = concurrency;
  }

  /** Answers that are being written now. */
  int writing() {
    return writing.get();
  }

  /** Answers that were begun so far. */
  int begun() {
    return begun.get();
  }

  @Override
  public ModelDescription model() {
    return new ModelDescription("scripted", Optional.of("slow"), 8_192, concurrency, true);
  }

  @Override
  public Health health() {
    return new Health.Ready();
  }

  @Override
  public int countTokens(String text) {
    return text.codePointCount(0, text.length());
  }

  @Override
  public boolean countsReliably() {
    return true;
  }

  @Override
  public GenerationResult generate(Prompt prompt, Consumer<? super Piece> sink)
      throws InterruptedException {
    writing.incrementAndGet();
    begun.incrementAndGet();
    try {
      int tokens = 0;
      for (String piece : pieces) {
        Thread.sleep(pauseMillis);
        sink.accept(new Piece.Text(piece));
        tokens += countTokens(piece);
      }
      return new GenerationResult(Finish.STOP, countTokens(prompt.question()), tokens);
    } finally {
      writing.decrementAndGet();
    }
  }

  @Override
  public void close() {}
}
