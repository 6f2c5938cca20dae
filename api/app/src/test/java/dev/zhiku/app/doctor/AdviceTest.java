package dev.zhiku.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.zhiku.app.doctor.Machine.Gpu;
import dev.zhiku.generators.library.CatalogueModel;
import dev.zhiku.ingest.child.ChildWall;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceTest {
  private static Machine machine(int cores, long gibibytes, Gpu... gpus) {
    return new Machine(
        cores,
        0,
        gibibytes << 30,
        1L << 40,
        List.of(gpus),
        1 << 20,
        Optional.empty(),
        ChildWall.State.UP);
  }

  private static String name(Advice advice) {
    return advice.model().map(CatalogueModel::name).orElse("none");
  }

  /** The machine of the figures in llama.cpp's issue 39, whose 7B model had 4.2 GB. */
  @Test
  void the_estimate_stays_below_what_was_reported_for_the_machine_that_it_is_taken_from() {
    CatalogueModel model = CatalogueModel.named("deepseek-r1-distill-qwen-7b").orElseThrow();

    double eightCores = Advice.tokensPerSecond(model, 51.2e9, 8) * model.bytes() / 4.2e9;
    double fourCores = Advice.tokensPerSecond(model, 51.2e9, 4) * model.bytes() / 4.2e9;

    assertThat(eightCores).isBetween(8.0, 1 / 0.100);
    assertThat(fourCores).isCloseTo(1 / 0.137, within(0.1));
  }

  @ParameterizedTest
  @CsvSource({
    "2, 3, 20e9, none",
    "2, 8, 20e9, deepseek-r1-distill-qwen-1.5b",
    "4, 16, 40e9, deepseek-r1-distill-llama-8b",
    "8, 6, 40e9, deepseek-r1-distill-qwen-1.5b",
    "64, 64, 300e9, deepseek-r1-distill-qwen-32b",
    "1, 32, 2e9, deepseek-r1-distill-qwen-1.5b",
  })
  void the_largest_model_that_fits_and_is_quick_enough_is_recommended(
      int cores, long gibibytes, double bandwidth, String expected) {
    Advice advice = Advice.of(machine(cores, gibibytes), bandwidth, false);

    assertThat(name(advice)).isEqualTo(expected);
    assertThat(advice.backend()).isEqualTo(expected.equals("none") ? "extractive" : "native");
  }

  @Test
  void where_ollama_answers_it_is_recommended() {
    assertThat(Advice.of(machine(4, 16), 40e9, true).backend()).isEqualTo("ollama");
  }

  @ParameterizedTest
  @CsvSource({
    "4, deepseek-r1-distill-qwen-1.5b",
    "8, deepseek-r1-distill-llama-8b",
    "16, deepseek-r1-distill-qwen-14b",
    "24, deepseek-r1-distill-qwen-32b",
    "80, deepseek-r1-distill-qwen-32b"
  })
  void with_a_graphics_card_native_is_never_recommended(long gibibytes, String expected) {
    Advice advice = Advice.of(machine(64, 256, new Gpu("a card", gibibytes << 30)), 300e9, false);

    assertThat(advice.backend()).isEqualTo("ollama");
    assertThat(name(advice)).isEqualTo(expected);
    assertThat(advice.tokensPerSecond()).isEmpty();
  }

  @Test
  void a_long_context_is_recommended_only_where_it_fits() {
    CatalogueModel smallest = CatalogueModel.ALL.getFirst();
    assertThat(Advice.needs(smallest, 8_192)).isGreaterThan(Advice.needs(smallest, 4_096));
    assertThat(Advice.of(machine(4, 16), 40e9, false).contextTokens()).isEqualTo(8_192);
  }

  @Test
  void cards_are_read_as_the_tool_lists_them() {
    assertThat(NvidiaCards.read("NVIDIA H200, 143771\nNVIDIA A10, 23028\nno line of it\n"))
        .containsExactly(
            new Gpu("NVIDIA H200", 143_771L << 20), new Gpu("NVIDIA A10", 23_028L << 20));
  }

  @Test
  void reading_memory_takes_time() throws Exception {
    assertThat(MemoryBandwidth.measure(Duration.ofMillis(1))).isBetween(1e7, 1e14);
  }
}
