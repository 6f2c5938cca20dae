package dev.zhiku.generators.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.ChatBackend.Health;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.PromptForm;
import dev.zhiku.generators.server.Timeouts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * Models for tests, and backends that run them. What ends a question decides what the model says:
 * {@code !} {@link #SHORT}, {@code ?} digits without end, {@code &} a thought without end, {@code
 * #} the same letter without end, a Chinese question mark {@link #SHORT}.
 */
final class TinyModels {
  /** A model in a file to run the same tests on; names its path. */
  static final Optional<Path> REAL =
      Optional.ofNullable(System.getenv("ZHIKU_TEST_GGUF")).map(Path::of);

  static final String SHORT = "YES 是.";

  /** Of {@link #SHORT}: each byte is one, and so is the end. */
  static final int SHORT_TOKENS = "YES ".length() + 3 + ".".length() + 1;

  /** For what merely has to happen, also where many other programs compute. */
  private static final Duration PATIENCE = Duration.ofMinutes(REAL.isPresent() ? 10 : 5);

  static final ModelKeeper.Timing QUICK = quick(PATIENCE);

  static final Timeouts TIMEOUTS = new Timeouts(PATIENCE, PATIENCE);

  /** Turns without a word around them, so that the question's last character comes last. */
  private static final String TEMPLATE =
      "{% for m in messages %}{{ '<|' + m.role + '|>' + m.content }}{% endfor %}";

  private static final long SEED = 20_261_121;

  private TinyModels() {}

  /**
   * Looks often and starts again soon.
   *
   * @param silence after which a process that is asked for a sign of life is given up
   */
  static ModelKeeper.Timing quick(Duration silence) {
    return new ModelKeeper.Timing(
        Duration.ofMillis(100),
        Duration.ofMillis(100),
        Duration.ofSeconds(2),
        PATIENCE,
        silence,
        Duration.ofMinutes(5));
  }

  /** Says what the question's end asks for. */
  static TinyModel speaking() {
    return speaking(SEED);
  }

  /** The same with other weights. */
  static TinyModel speaking(long seed) {
    return new TinyModel(seed)
        .control("<|system|>", "<|user|>", "<|assistant|>")
        .template(TEMPLATE)
        .says(SHORT)
        .endsAfter('.')
        .after('!', 'Y')
        .afterByte(0x9F, 'Y')
        .says("0123456789")
        .after('9', '0')
        .after('?', '0')
        .says("<think>ABCD")
        .after('D', 'A')
        .after('&', '<')
        .after('#', 'z')
        .after('z', 'z');
  }

  static GeneratorConfig.Native config(Path model, int contextTokens, int slots) {
    return new GeneratorConfig.Native(
        Optional.of(model), contextTokens, slots, "auto", Optional.empty(), "all");
  }

  /** Opens a backend that loads the model; does not wait for it. */
  static NativeBackend open(Path model, int contextTokens, int slots, Path temporary) {
    return NativeBackend.open(
        config(model, contextTokens, slots), PromptForm.AUTO, TIMEOUTS, temporary, QUICK);
  }

  /** Waits until the model is loaded; where llama.cpp cannot run the test is skipped. */
  static <T extends ChatBackend> T ready(T backend) throws InterruptedException {
    long limit = System.nanoTime() + PATIENCE.toNanos();
    while (backend.health() instanceof Health.Away(var why)) {
      boolean impossible =
          why.english().contains("cannot be loaded on this machine")
              || why.english().contains("libgomp");
      Assumptions.assumeFalse(impossible, why.english());
      assertThat(System.nanoTime()).as(why.english()).isLessThan(limit);
      Thread.sleep(20);
    }
    return backend;
  }

  /** Waits until the model is away for a reason that holds these words. */
  static String away(ChatBackend backend, String words) throws InterruptedException {
    long limit = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Health health = backend.health();
      if (health instanceof Health.Away(var why) && why.english().contains(words)) {
        assertThat(why.chinese()).as("in Chinese too").containsPattern("[\u4e00-\u9fff]");
        return why.english();
      }
      assertThat(System.nanoTime()).as("%s", health).isLessThan(limit);
      Thread.sleep(20);
    }
  }
}
