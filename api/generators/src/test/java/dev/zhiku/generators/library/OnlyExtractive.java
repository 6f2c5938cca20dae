package dev.zhiku.generators.library;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.PromptForm;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A selection of one: the generator that needs no model. */
final class OnlyExtractive implements GeneratorSelector {
  private static final GeneratorConfig CONFIG =
      new GeneratorConfig(
          GeneratorConfig.Backend.EXTRACTIVE,
          1_024,
          false,
          4_096,
          0,
          PromptForm.AUTO,
          Duration.ofMinutes(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(15),
          List.of(),
          List.of(),
          new GeneratorConfig.Native(Optional.empty(), 8_192, 2, "auto", Optional.empty(), "all"),
          new GeneratorConfig.Ollama(
              URI.create("http://127.0.0.1:11434"),
              "none",
              8_192,
              Duration.ofMinutes(30),
              2,
              List.of()),
          new GeneratorConfig.OpenAi(
              URI.create("http://127.0.0.1:8000/v1"),
              Optional.empty(),
              Optional.empty(),
              8_192,
              8));

  @Override
  public GeneratorConfig now() {
    return CONFIG;
  }

  @Override
  public Map<String, String> locked() {
    return Map.of();
  }

  @Override
  public boolean hasPrevious() {
    return false;
  }

  @Override
  public void use(Choice choice) {
    if (!(choice instanceof Choice.Extractive)) {
      throw new Problem(ProblemCode.MODEL_NOT_USABLE, "only extractive can be used");
    }
  }

  @Override
  public void usePrevious() {
    throw new Problem(ProblemCode.NO_PREVIOUS_MODEL);
  }
}
