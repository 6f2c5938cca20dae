package dev.zhiku.api.backend.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.api.answer.Prompt;
import dev.zhiku.api.answer.Prompt.Source;
import dev.zhiku.api.answer.Turn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long the first piece takes, of a conversation that the model sees for the first time and of
 * its follow-up, each with passages of its own that have to be read in any case.
 */
@Tag("figures")
class PromptCacheFiguresIT {
  private static final long SEED = 20_261_121;
  private static final int ROUNDS = 7;

  @Test
  void a_follow_up_does_not_pay_for_its_history_again(@TempDir Path folder) throws Exception {
    System.out.println("prompt cache: seed " + SEED);
    Random random = new Random(SEED);
    Path model =
        TinyModels.REAL.orElseGet(
            () -> TinyModels.speaking().size(8, 256).write(folder.resolve("tiny.gguf")));
    try (NativeBackend backend = TinyModels.open(model, 8_192, 2, folder.resolve("tmp"))) {
      TinyModels.ready(backend);
      List<Long> firsts = new ArrayList<>();
      List<Long> followUps = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        List<Turn> history = history(random);
        firsts.add(firstPiece(backend, prompt(history, "First " + round + "!", random)));
        List<Turn> longer = new ArrayList<>(history);
        longer.add(new Turn(Turn.Role.USER, "First " + round + "!"));
        longer.add(new Turn(Turn.Role.ASSISTANT, TinyModels.SHORT));
        followUps.add(firstPiece(backend, prompt(longer, "And then!", random)));
      }
      long first = median(firsts);
      long followUp = median(followUps);
      System.out.printf(
          Locale.ROOT,
          "first piece, median of %d: %d ms for 4,000 characters of history seen for the first time, "
              + "%d ms for the follow-up, ratio %.2f%n",
          ROUNDS,
          Duration.ofNanos(first).toMillis(),
          Duration.ofNanos(followUp).toMillis(),
          (double) followUp / first);
      assertThat(followUp).isLessThan(first);
    }
  }

  private static List<Turn> history(Random random) {
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      turns.add(new Turn(Turn.Role.USER, words(random, 200)));
      turns.add(new Turn(Turn.Role.ASSISTANT, words(random, 800)));
    }
    return turns;
  }

  private static Prompt prompt(List<Turn> history, String question, Random random) {
    List<Source> sources = List.of(new Source(1, "notes.txt", words(random, 1_000), 1));
    return new Prompt(
        "Answer.",
        history,
        question,
        sources,
        false,
        new Prompt.Limits(16, 16, Duration.ofMinutes(10)));
  }

  private static String words(Random random, int characters) {
    StringBuilder text = new StringBuilder();
    while (text.length() < characters) {
      random.ints(5, 'a', 'z' + 1).forEach(c -> text.append((char) c));
      text.append(' ');
    }
    return text.toString();
  }

  private static long firstPiece(NativeBackend backend, Prompt prompt) throws InterruptedException {
    long begun = System.nanoTime();
    List<Long> pieces = new ArrayList<>();
    backend.generate(prompt, piece -> pieces.add(System.nanoTime() - begun));
    return pieces.getFirst();
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
