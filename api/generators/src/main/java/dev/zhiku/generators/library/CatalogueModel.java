package dev.zhiku.generators.library;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A model that is offered by name: DeepSeek R1's distilled ones, in the quantisation that people
 * run on CPUs. Size and SHA-256 of what is fetched come from the hub when it is asked; the figures
 * here are for choosing.
 *
 * @param name to ask for it by
 * @param repository the same on both hubs
 * @param file in it
 * @param ollamaName of the same model at Ollama
 * @param bytes of the file, about: as the hubs listed it in November 2026
 * @param kvBytes what a token of context takes in the cache of keys and values, with 16 bits each:
 *     2 x layers x key-value heads x head size x 2 bytes, from the models' config.json
 */
public record CatalogueModel(
    String name, String repository, String file, String ollamaName, long bytes, long kvBytes) {

  /** Quantisation of all of them. */
  public static final String QUANTIZATION = "Q4_K_M";

  private static final int HEAD_SIZE = 128;

  /** All there are, the smallest first. */
  public static final List<CatalogueModel> ALL =
      List.of(
          of("Qwen-1.5B", "1.5b", 1_117_320_576L, 28, 2),
          of("Qwen-7B", "7b", 4_683_073_504L, 28, 4),
          of("Llama-8B", "8b-llama-distill-q4_K_M", 4_920_736_704L, 32, 8),
          of("Qwen-14B", "14b", 8_988_109_984L, 48, 8),
          of("Qwen-32B", "32b", 19_851_335_584L, 64, 8));

  private static CatalogueModel of(String kind, String tag, long bytes, int layers, int heads) {
    String model = "DeepSeek-R1-Distill-" + kind;
    return new CatalogueModel(
        model.toLowerCase(Locale.ROOT),
        "unsloth/" + model + "-GGUF",
        model + "-" + QUANTIZATION + ".gguf",
        "deepseek-r1:" + tag,
        bytes,
        2L * layers * heads * HEAD_SIZE * 2);
  }

  /** The one of this name. */
  public static Optional<CatalogueModel> named(String name) {
    return ALL.stream().filter(model -> model.name().equalsIgnoreCase(name)).findFirst();
  }
}
