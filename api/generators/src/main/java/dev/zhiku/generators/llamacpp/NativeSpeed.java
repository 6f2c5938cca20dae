package dev.zhiku.generators.llamacpp;

import dev.zhiku.answering.chat.ChatBackend.Health;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.chat.GenerationResult;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.PromptForm;
import dev.zhiku.generators.server.Timeouts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;

/** How fast the model in a file writes on this machine, as it is now. */
public final class NativeSpeed {
  private static final int TOKENS = 48;
  private static final Duration LOOK = Duration.ofMillis(100);

  private NativeSpeed() {}

  /**
   * Loads the model in a process of its own, has it write some words, and ends the process.
   *
   * @param temporary directory that is owned by the call
   * @param patience for all of it
   * @return tokens per second; empty if it is not loaded in time or says too little to tell
   * @throws ChatException if it fails
   */
  public static OptionalDouble measure(
      GeneratorConfig.Native config, Path temporary, Duration patience)
      throws InterruptedException {
    long limit = System.nanoTime() + patience.toNanos();
    Timeouts timeouts = new Timeouts(patience, patience);
    try (NativeBackend backend =
        NativeBackend.open(config, PromptForm.PLAIN, timeouts, temporary)) {
      while (!(backend.health() instanceof Health.Ready)) {
        if (System.nanoTime() > limit || backend.isGivenUp()) {
          return OptionalDouble.empty();
        }
        Thread.sleep(LOOK);
      }
      return write(backend, patience);
    }
  }

  private static OptionalDouble write(NativeBackend backend, Duration patience)
      throws InterruptedException {
    AtomicLong first = new AtomicLong();
    Prompt prompt =
        new Prompt(
            "",
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
