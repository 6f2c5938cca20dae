package dev.zhiku.generators.llamacpp;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the child is started with.
 *
 * @param contextTokens of each slot
 * @param slots answers at once
 * @param threads that compute
 * @param opening token that opens every prompt, if the model wants one
 * @param template to write prompts with
 * @param thinks whether the model knows reasoning in {@code <think>} tags
 */
record ModelOptions(
    Path model,
    int contextTokens,
    int slots,
    int threads,
    OptionalInt opening,
    TemplateKind template,
    boolean thinks) {
  private static final String NONE = "none";

  ModelOptions with(TemplateKind other) {
    return new ModelOptions(model, contextTokens, slots, threads, opening, other, thinks);
  }

  /** As arguments of the child's main class. */
  List<String> arguments() {
    return List.of(
        model.toString(),
        Integer.toString(contextTokens),
        Integer.toString(slots),
        Integer.toString(threads),
        opening.isPresent() ? Integer.toString(opening.getAsInt()) : NONE,
        template.name(),
        Boolean.toString(thinks));
  }

  /** What {@link #arguments} were made of. */
  static ModelOptions of(String[] arguments) {
    return new ModelOptions(
        Path.of(arguments[0]),
        Integer.parseInt(arguments[1]),
        Integer.parseInt(arguments[2]),
        Integer.parseInt(arguments[3]),
        arguments[4].equals(NONE)
            ? OptionalInt.empty()
            : OptionalInt.of(Integer.parseInt(arguments[4])),
        TemplateKind.valueOf(arguments[5]),
        Boolean.parseBoolean(arguments[6]));
  }
}
