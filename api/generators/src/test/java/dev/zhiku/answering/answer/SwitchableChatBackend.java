package dev.zhiku.answering.answer;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.GenerationResult;
import dev.zhiku.answering.chat.Handover.Ability;
import dev.zhiku.answering.chat.ModelDescription;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.generators.extractive.ExtractiveBackend;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Passes on to whatever the test at hand uses; quotes to begin with. Thread-safe. */
public final class SwitchableChatBackend implements ChatBackend {
  private volatile ChatBackend current = new ExtractiveBackend(new Semaphore(2));

  public void use(ChatBackend backend) {
    current = backend;
  }

  @Override
  public ModelDescription model() {
    return current.model();
  }

  @Override
  public Set<Ability> abilities() {
    return current.abilities();
  }

  @Override
  public Health health() {
    return current.health();
  }

  @Override
  public int countTokens(String text) {
    return current.countTokens(text);
  }

  @Override
  public boolean countsReliably() {
    return current.countsReliably();
  }

  @Override
  public GenerationResult generate(Prompt prompt, Consumer<? super Piece> sink)
      throws InterruptedException {
    return current.generate(prompt, sink);
  }

  @Override
  public void close() {
    current.close();
  }
}
