package dev.zhiku.answering.chat;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a client that talks to the model alone hands to it beside words. The service calls no tool
 * and reads none of it.
 *
 * @param tools that the model may call, at most {@link #MAX_TOOLS}
 * @param choice which of them
 * @param later what was said since the question: calls of tools and their replies
 * @param format of the text
 */
public record Handover(List<Tool> tools, Choice choice, List<Turn> later, Format format) {
  /** Nothing beside words. */
  public static final Handover NONE =
      new Handover(List.of(), new Choice.Auto(), List.of(), new Format.Text());

  /** Most tools; OpenAI's limit. */
  public static final int MAX_TOOLS = 128;

  /** Longest definitions of all tools together, and longest schema of a format, in characters. */
  public static final int MAX_CHARS = 100_000;

  public Handover {
    tools = List.copyOf(tools);
    later = List.copyOf(later);
    if (tools.size() > MAX_TOOLS) {
      throw new IllegalArgumentException("at most " + MAX_TOOLS + " tools, got " + tools.size());
    }
  }

  /**
   * A tool of the client's.
   *
   * @param definition the JSON object with its name, its description and the schema of its
   *     parameters, as the client wrote it
   */
  public record Tool(String name, String definition) {}

  /** Whether the model has to call a tool. */
  public sealed interface Choice {
    /** As it thinks best. */
    record Auto() implements Choice {}

    /** One of them at least. */
    record Required() implements Choice {}

    /** This one. */
    record Named(String name) implements Choice {}
  }

  /** The form of the text. */
  public sealed interface Format {
    /** Any. */
    record Text() implements Format {}

    /** A JSON object. */
    record JsonObject() implements Format {}

    /**
     * JSON by a schema.
     *
     * @param name of the schema, which the model may read
     * @param schema a JSON object
     */
    record JsonSchema(String name, String schema, boolean strict) implements Format {}
  }

  /** Something beside words that a backend can take, or cannot. */
  public enum Ability {
    /** Tools are offered to the model, and their replies handed to it. */
    TOOLS,
    /** The model can be made to call a tool. */
    TOOL_CHOICE,
    /** The model can be held to JSON, with a schema and without. */
    JSON
  }

  /** Whether the text is to be JSON. */
  public boolean isJson() {
    return !(format instanceof Format.Text);
  }

  /** The schema that the text is to follow. */
  public Optional<String> schema() {
    return format instanceof Format.JsonSchema by ? Optional.of(by.schema()) : Optional.empty();
  }

  /**
   * What a backend has to be able to do for it.
   *
   * @param before what was said before the question
   */
  public Set<Ability> needs(List<Turn> before) {
    Set<Ability> needs = EnumSet.noneOf(Ability.class);
    if (!tools.isEmpty()
        || Stream.concat(before.stream(), later.stream()).anyMatch(Turn::isOfTools)) {
      needs.add(Ability.TOOLS);
    }
    if (!(choice instanceof Choice.Auto)) {
      needs.add(Ability.TOOL_CHOICE);
    }
    if (isJson()) {
      needs.add(Ability.JSON);
    }
    return needs;
  }

  /** The texts that a model reads of it, beside those of the turns. */
  public List<String> read() {
    return Stream.concat(tools.stream().map(Tool::definition), schema().stream()).toList();
  }
}
