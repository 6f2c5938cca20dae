package dev.zhiku.server.http;

import static dev.zhiku.answering.problem.ProblemCode.UNKNOWN_FIELD;
import static dev.zhiku.answering.problem.ProblemCode.VALUE_OUT_OF_RANGE;

import dev.zhiku.answering.problem.Problem;
import io.micronaut.http.HttpParameters;
import io.micronaut.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The query parameters of a request, read strictly: an unknown name or an unreadable value is
 * refused, since a filter that is silently left out shows the wrong documents.
 */
public final class Parameters {
  private static final String CURSOR = "cursor";

  private final HttpParameters parameters;

  private Parameters(HttpParameters parameters) {
    this.parameters = parameters;
  }

  /**
   * The parameters of a request that knows these names.
   *
   * @throws Problem for any other name, and for one given twice
   */
  public static Parameters of(HttpRequest<?> request, Set<String> names) {
    HttpParameters parameters = request.getParameters();
    for (String name : parameters.names()) {
      if (!names.contains(name)) {
        throw new Problem(UNKNOWN_FIELD, name);
      }
      if (parameters.getAll(name).size() > 1) {
        throw new Problem(VALUE_OUT_OF_RANGE, name, ServerText.of("rule.given-once"));
      }
    }
    return new Parameters(parameters);
  }

  /**
   * A text; empty where it is left out or has no characters.
   *
   * @param maxChars longest text accepted
   */
  public Optional<String> text(String name, int maxChars) {
    List<String> values = parameters.getAll(name);
    Optional<String> value = values.stream().filter(text -> !text.isEmpty()).findFirst();
    if (value.isPresent() && value.get().length() > maxChars) {
      throw new Problem(VALUE_OUT_OF_RANGE, name, ServerText.of("rule.characters", maxChars));
    }
    return value;
  }

  /**
   * The cursor of a list, as the part before gave it; empty where the list is read from its
   * beginning.
   *
   * @param maxChars longest text accepted
   * @param read what the cursor says; empty for a text that no part ever gave
   */
  public <T> Optional<T> cursor(int maxChars, Function<String, Optional<T>> read) {
    return text(CURSOR, maxChars)
        .map(
            text ->
                read.apply(text)
                    .orElseThrow(
                        () ->
                            new Problem(VALUE_OUT_OF_RANGE, CURSOR, ServerText.of("rule.cursor"))));
  }

  /** A whole number from least to most; the default where it is left out. */
  public int number(String name, int least, int most, int ifAbsent) {
    Optional<String> text = text(name, 32);
    if (text.isEmpty()) {
      return ifAbsent;
    }
    try {
      int value = Integer.parseInt(text.get());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, as any other value that is not in the range.
    }
    throw new Problem(VALUE_OUT_OF_RANGE, name, ServerText.of("rule.whole-number", least, most));
  }
}
