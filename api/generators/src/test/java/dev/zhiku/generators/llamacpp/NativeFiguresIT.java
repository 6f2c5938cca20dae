package dev.zhiku.generators.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.chat.GenerationResult;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.chat.Sampling;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.PromptForm;
import dev.zhiku.generators.dialogue.Dialogue;
import dev.zhiku.generators.dialogue.PromptFamily;
import dev.zhiku.generators.llamacpp.BareModel.Timed;
import dev.zhiku.generators.server.SmolLm2;
import dev.zhiku.ingest.child.ChildSettings;
import dev.zhiku.ingest.child.StreamingChild;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What we add to java-llama.cpp: the same prompts, read and answered in turns by the native backend
 * and by the library alone, in children of the same options, with one thread each. Each prompt
 * begins in its own way, so that no cache has it. Skipped, and says so, where the model is missing.
 */
@Tag("figures")
@Timeout(1_800)
class NativeFiguresIT {
  private static final int PAIRS = 5;
  private static final int TOKENS = 48;
  private static final int CONTEXT_TOKENS = 2_048;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final double LEAST_READING_SHARE = 0.85;
  private static final double MOST_MICROS_A_TOKEN = 1_000;
  private static final String TEXT = "The sea was calm and the harbour lay open before the ship. ";

  /** Both, of one prompt. */
  private record Pair(Timed ours, Timed bare) {}

  @Test
  void tokens_of_the_native_backend_against_the_library_alone(@TempDir Path folder)
      throws Exception {
    Path model = SmolLm2.file();
    List<Pair> pairs = new ArrayList<>();
    try (NativeBackend backend = open(model, folder.resolve("tmp"));
        StreamingChild alone = StreamingChild.start(bare(model, folder.resolve("bare")))) {
      TinyModels.ready(backend);
      for (int i = -1; i < PAIRS; i++) {
        Prompt prompt = prompt(i);
        String written = written(prompt);
        Pair pair =
            i % 2 == 0
                ? oursFirst(backend, alone, prompt, written)
                : bareFirst(backend, alone, prompt, written);
        assertThat(pair.ours().promptTokens()).isEqualTo(pair.bare().promptTokens());
        assertThat(pair.ours().tokens()).isEqualTo(pair.bare().tokens());
        if (i >= 0) {
          pairs.add(pair);
        }
      }
    }
    double reading =
        median(pairs, pair -> (double) pair.bare().firstMicros() / pair.ours().firstMicros());
    double added =
        median(pairs, pair -> pair.ours().microsPerPiece() - pair.bare().microsPerPiece());
    print(pairs, reading, added);
    assertThat(reading).isGreaterThanOrEqualTo(LEAST_READING_SHARE);
    assertThat(added).isLessThanOrEqualTo(MOST_MICROS_A_TOKEN);
  }

  private static Pair oursFirst(
      NativeBackend backend, StreamingChild alone, Prompt prompt, String written) throws Exception {
    Timed ours = ours(backend, prompt);
    return new Pair(ours, bare(alone, written));
  }

  private static Pair bareFirst(
      NativeBackend backend, StreamingChild alone, Prompt prompt, String written) throws Exception {
    Timed bare = bare(alone, written);
    return new Pair(ours(backend, prompt), bare);
  }

  private static void print(List<Pair> pairs, double reading, double added) {
    for (Pair pair : pairs) {
      System.out.printf(Locale.ROOT, "%s against %s%n", pair.ours(), pair.bare());
    }
    System.out.printf(
        Locale.ROOT,
        "native against the library alone, median of %d pairs of %d tokens: prompt reading %.2f of"
            + " its speed, %.2f ms more a token (%.1f against %.1f ms)%n",
        PAIRS,
        pairs.getFirst().ours().tokens(),
        reading,
        added / 1e3,
        median(pairs, pair -> pair.ours().microsPerPiece()) / 1e3,
        median(pairs, pair -> pair.bare().microsPerPiece()) / 1e3);
  }

  private static double median(List<Pair> pairs, ToDoubleFunction<Pair> value) {
    return pairs.stream()
        .mapToDouble(value)
        .sorted()
        .skip(pairs.size() / 2)
        .findFirst()
        .orElseThrow();
  }

  private static NativeBackend open(Path model, Path temporary) {
    GeneratorConfig.Native config =
        new GeneratorConfig.Native(
            Optional.of(model), CONTEXT_TOKENS, 1, "1", Optional.empty(), "all");
    return NativeBackend.open(
        config, PromptForm.AUTO, TinyModels.TIMEOUTS, temporary, TinyModels.QUICK);
  }

  /** As {@link ModelLauncher} starts the one of the backend. */
  private static ChildSettings bare(Path model, Path temporary) {
    return new ChildSettings(
        "bare",
        BareModel.class.getName(),
        List.of(model.toString(), Integer.toString(CONTEXT_TOKENS), "1", Integer.toString(TOKENS)),
        List.of("--enable-native-access=ALL-UNNAMED", "-Dde.kherud.llama.tmpdir=" + temporary),
        0,
        1,
        128L << 20,
        64 << 20,
        PATIENCE,
        Integer.MAX_VALUE,
        temporary);
  }

  /** About 400 tokens, of which the first few are no other prompt's. */
  private static Prompt prompt(int number) {
    return new Prompt(
        (number + 100) + " is the number of this task. Answer it at length.",
        List.of(),
        TEXT.repeat(24) + "Tell a long story that goes on from here.",
        List.of(),
        false,
        new Prompt.Limits(TOKENS, 0, PATIENCE),
        new Sampling(
            Optional.of(0.0),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of()));
  }

  /** As the model's own template writes it. */
  private static String written(Prompt prompt) {
    StringBuilder text = new StringBuilder();
    Dialogue.of(prompt, PromptFamily.of(PromptForm.AUTO, "SmolLM2-135M-Instruct.Q4_1", "llama"))
        .forEach(
            message ->
                text.append("<|im_start|>")
                    .append(message.role().name().toLowerCase(Locale.ROOT))
                    .append('\n')
                    .append(message.text())
                    .append("<|im_end|>\n"));
    return text + "<|im_start|>assistant";
  }

  private static Timed ours(NativeBackend backend, Prompt prompt) throws InterruptedException {
    List<Long> pieces = new ArrayList<>();
    long begun = System.nanoTime();
    GenerationResult end = backend.generate(prompt, piece -> pieces.add(System.nanoTime()));
    return new Timed(
        end.promptTokens(),
        end.completionTokens(),
        pieces.size(),
        (int) ((pieces.getFirst() - begun) / 1_000),
        (int) ((pieces.getLast() - pieces.getFirst()) / 1_000));
  }

  private static Timed bare(StreamingChild alone, String prompt) throws Exception {
    try (StreamingChild.Call call = alone.call(WireWriter.bytes(out -> out.text(prompt)))) {
      return Timed.decode(call.next(PATIENCE).orElseThrow());
    }
  }
}
