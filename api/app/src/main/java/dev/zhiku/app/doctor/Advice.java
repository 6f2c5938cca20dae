package dev.zhiku.app.doctor;

import dev.zhiku.generators.library.CatalogueModel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which backend and model suit a machine.
 *
 * @param backend {@code extractive}, {@code native} or {@code ollama}
 * @param model of the catalogue; empty for {@code extractive}
 * @param contextTokens 0 for {@code extractive}
 * @param tokensPerSecond expected of an answer; empty where nothing was measured that tells it
 */
public record Advice(
    String backend,
    Optional<CatalogueModel> model,
    int contextTokens,
    OptionalDouble tokensPerSecond) {
  /**
   * Share of the measured bandwidth that a model gets out of it. Taken on the careful side of what
   * users of llama.cpp report, not measured here: in its issue 39 a model of 4.2 GB takes 100 ms a
   * token on a Ryzen 5700G, which is .82 of the 51 GB/s that its two channels of DDR4-3200 have.
   */
  static final double EFFICIENCY = 0.7;

  /**
   * Bytes of a model with 4 bits a weight that one core works through in a second, however fast the
   * memory. From the same table: four threads take 137 ms for 4.2 GB.
   */
  static final double CORE_BYTES_PER_SECOND = 7.7e9;

  /** Slower than this nobody waits for an answer that is reasoned first. */
  static final double LEAST_TOKENS_PER_SECOND = 5;

  private static final int CONTEXT = 8_192;
  private static final int SMALL_CONTEXT = 4_096;

  /** The service with its parsers; and what the system needs for itself. */
  private static final long OTHERS_BYTES = 3L << 30;

  private static final long BUFFERS_BYTES = 1L << 30;
  private static final double GPU_SHARE = 0.9;

  /** Tokens that a model of this size writes in a second on CPUs. */
  static double tokensPerSecond(CatalogueModel model, double bandwidth, int cores) {
    double bytesPerSecond = Math.min(EFFICIENCY * bandwidth, CORE_BYTES_PER_SECOND * cores);
    return bytesPerSecond / model.bytes();
  }

  /**
   * @param bandwidth measured, in bytes per second
   * @param hasOllama whether an Ollama server answers
   */
  public static Advice of(Machine machine, double bandwidth, boolean hasOllama) {
    return machine.gpus().isEmpty() ? onCpu(machine, bandwidth, hasOllama) : onGpu(machine);
  }

  /** Never native, which has no CUDA. How fast a card is, only its server tells. */
  private static Advice onGpu(Machine machine) {
    long memory = machine.gpus().stream().mapToLong(Machine.Gpu::memoryBytes).max().orElse(0);
    long room = (long) (GPU_SHARE * memory);
    return largest(room, CatalogueModel.ALL)
        .map(
            fit ->
                new Advice("ollama", Optional.of(fit), context(fit, room), OptionalDouble.empty()))
        .orElseGet(Advice::none);
  }

  private static Advice onCpu(Machine machine, double bandwidth, boolean hasOllama) {
    long room = machine.memoryBytes() - OTHERS_BYTES;
    List<CatalogueModel> quick =
        CatalogueModel.ALL.stream()
            .filter(
                model ->
                    tokensPerSecond(model, bandwidth, machine.cores()) >= LEAST_TOKENS_PER_SECOND)
            .toList();
    return largest(room, quick)
        .or(() -> largest(room, CatalogueModel.ALL.subList(0, 1)))
        .map(
            fit ->
                new Advice(
                    hasOllama ? "ollama" : "native",
                    Optional.of(fit),
                    context(fit, room),
                    OptionalDouble.of(tokensPerSecond(fit, bandwidth, machine.cores()))))
        .orElseGet(Advice::none);
  }

  private static Advice none() {
    return new Advice("extractive", Optional.empty(), 0, OptionalDouble.empty());
  }

  private static Optional<CatalogueModel> largest(long room, List<CatalogueModel> models) {
    return models.stream()
        .filter(model -> needs(model, SMALL_CONTEXT) <= room)
        .reduce((smaller, larger) -> larger);
  }

  private static int context(CatalogueModel model, long room) {
    return needs(model, CONTEXT) <= room ? CONTEXT : SMALL_CONTEXT;
  }

  /** Weights, the cache of keys and values, and room to compute in. */
  static long needs(CatalogueModel model, int contextTokens) {
    return model.bytes() + contextTokens * model.kvBytes() + BUFFERS_BYTES;
  }
}
