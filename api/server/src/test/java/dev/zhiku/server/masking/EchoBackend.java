package dev.zhiku.server.masking;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.GenerationResult;
import dev.zhiku.answering.chat.ModelDescription;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Prompt;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** A model that repeats the question in pieces of a few characters, first thinking, then aloud. */
final class EchoBackend implements ChatBackend {
  private static final int MOST_CHARS = 5;

  private final Random random;

  EchoBackend(long seed) {
    random = new Random(seed);
  }

  @Override
  public ModelDescription model() {
    return new ModelDescription("echo", Optional.of("echo"), 32_000, 1, true);
  }

  @Override
  public Health health() {
    return new Health.Ready();
  }

  @Override
  public int countTokens(String text) {
    return text.length();
  }

  @Override
  public boolean countsReliably() {
    return true;
  }

  @Override
  public synchronized GenerationResult generate(Prompt prompt, Consumer<? super Piece> sink) {
    String said = prompt.question();
    cut(said, piece -> sink.accept(new Piece.Reasoning(piece)));
    cut(said, piece -> sink.accept(new Piece.Text(piece)));
    return new GenerationResult(GenerationResult.Finish.STOP, said.length(), said.length());
  }

  private void cut(String text, Consumer<String> sink) {
    int at = 0;
    while (at < text.length()) {
      int end = Math.min(text.length(), at + 1 + random.nextInt(MOST_CHARS));
      sink.accept(text.substring(at, end));
      at = end;
    }
  }

  @Override
  public void close() {}
}
