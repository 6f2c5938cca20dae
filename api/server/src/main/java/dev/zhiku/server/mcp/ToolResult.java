package dev.zhiku.server.mcp;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemText;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a tool has to say: an object of the form that its schema describes, or why it has none. */
sealed interface ToolResult {
  /** A record that is written as JSON. */
  record Done(Object structured) implements ToolResult {}

  /**
   * An error that an agent can do something about.
   *
   * @param code stable and kebab-case
   * @param said what happened and what to do, in the reader's language
   */
  record Refused(String code, String said) implements ToolResult {}

  /** The refusal that a problem is. */
  static ToolResult of(Problem problem, Locale locale) {
    ProblemText text = ProblemText.of(problem.code(), problem.values(), locale);
    return new Refused(problem.code().wireName(), text.detail() + " " + text.remedy());
  }

  /** As the protocol writes it; what is structured stands there as text too, as it asks for. */
  default Map<String, Object> wire(JsonMapper json) {
    return switch (this) {
      case Done done ->
          Map.of(
              "content",
              text(write(json, done.structured())),
              "structuredContent",
              done.structured());
      case Refused refused ->
          Map.of(
              "content",
              text(refused.said()),
              "isError",
              true,
              "_meta",
              Map.of("dev.zhiku/code", refused.code()));
    };
  }

  private static List<Map<String, Object>> text(String text) {
    return List.of(Map.of("type", "text", "text", text));
  }

  private static String write(JsonMapper json, Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
