package dev.zhiku.generators.server;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.ChatBackend.Health;
import dev.zhiku.answering.chat.GenerationResult;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.generators.GeneratorText;
import dev.zhiku.index.message.Phrase;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** How fast a model that the service runs itself writes on this machine, as it is now. */
public final class WritingSpeed {
  private static final int TOKENS = 48;
  private static final Duration LOOK = Duration.ofMillis(100);

  private WritingSpeed() {}

  /**
   * Waits until the model is loaded and has it write some words.
   *
   * @param backend just opened, so that it says that it is loading; closed by its owner
   * @param patience for all of it
   * @return tokens per second; empty if it cannot be loaded in time or says too little to tell
   * @throws dev.zhiku.answering.chat.ChatException if it fails
   */
  public static OptionalDouble of(ChatBackend backend, Duration patience)
      throws InterruptedException {
    long limit = System.nanoTime() + patience.toNanos();
    Health first = backend.health();
    Set<Phrase> coming =
        first instanceof Health.Away(Phrase loading)
            ? Set.of(loading, GeneratorText.of("server.looked-for"))
            : Set.of();
    while (backend.health() instanceof Health.Away(Phrase why)) {
      if (System.nanoTime() > limit || !coming.contains(why)) {
        return OptionalDouble.empty();
      }
      Thread.sleep(LOOK);
    }
    return write(backend, patience);
  }

  private static OptionalDouble write(ChatBackend backend, Duration patience)
      throws InterruptedException {
    AtomicLong first = new AtomicLong();
    Prompt prompt =
        new Prompt(
            "Answer briefly.",
            List.of(),
            "Count from one to fifty in words.",
            List.of(),
            false,
            new Prompt.Limits(TOKENS, 0, patience));
    GenerationResult written =
        backend.generate(prompt, piece -> first.compareAndSet(0, System.nanoTime()));
    double seconds = (System.nanoTime() - first.get()) / 1e9;
    int tokens = written.completionTokens() - 1;
    return tokens > 0 ? OptionalDouble.of(tokens / seconds) : OptionalDouble.empty();
  }
}
