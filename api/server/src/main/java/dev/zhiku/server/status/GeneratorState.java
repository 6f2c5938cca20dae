package dev.zhiku.server.status;

import java.util.Locale;
import java.util.Optional;

/** Who writes the answers, and whether they can; asked without waiting for a model. */
public interface GeneratorState {
  /**
   * The state at this moment.
   *
   * @param locale of the detail
   */
  Now now(Locale locale);

  /**
   * A moment of the generator.
   *
   * @param backend name of its kind, such as {@code extractive}
   * @param model its model, if it has one
   * @param ready whether it answers
   * @param detail why not, or what to know; empty when all is well
   * @param promptForm name of the form in which prompts are written for its model, if it has one
   * @param reasoning whether it reasons before it answers where a question does not say
   */
  record Now(
      String backend,
      Optional<String> model,
      boolean ready,
      Optional<String> detail,
      Optional<String> promptForm,
      boolean reasoning) {}
}
