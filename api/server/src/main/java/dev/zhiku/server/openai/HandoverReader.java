package dev.zhiku.server.openai;

import dev.zhiku.answering.chat.Handover;
import dev.zhiku.answering.chat.Handover.Choice;
import dev.zhiku.answering.chat.Handover.Format;
import dev.zhiku.answering.chat.Handover.Tool;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.server.http.JsonFields;
import dev.zhiku.server.http.JsonText;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.http.StrictJson.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads what a client hands to the model beside words: tools, and the form of the text. Pure. */
public final class HandoverReader {
  private static final String FUNCTION = "function";
  private static final Value NONE = new Value.Text("none");

  private HandoverReader() {}

  /**
   * What stands in a request for a chat.
   *
   * @throws Problem naming the field and the rule
   */
  static Handover ofChat(JsonFields fields) {
    List<Tool> tools = tools(fields);
    Optional<Choice> choice = choice(fields, tools);
    return new Handover(
        choice.isEmpty() ? List.of() : tools,
        choice.orElseGet(Choice.Auto::new),
        List.of(),
        fields
            .object("response_format")
            .map(o -> format(o, o.object("json_schema"), () -> formatRefusal(fields)))
            .orElseGet(Format.Text::new));
  }

  private static Problem formatRefusal(JsonFields fields) {
    return fields.refusal(
        "response_format", ServerText.of("rule.response-format", Handover.MAX_CHARS));
  }

  private static List<Tool> tools(JsonFields fields) {
    Supplier<Phrase> rule =
        () -> ServerText.of("rule.tools", Handover.MAX_TOOLS, Handover.MAX_CHARS);
    List<Value> values = fields.items("tools", Handover.MAX_TOOLS, rule).orElse(List.of());
    List<Tool> tools = new ArrayList<>();
    int length = 0;
    for (int i = 0; i < values.size(); i++) {
      Tool tool = tool(values.get(i), "tools[" + i + "]", rule);
      tools.add(tool);
      length += tool.definition().length();
    }
    if (length > Handover.MAX_CHARS) {
      throw fields.refusal("tools", rule.get());
    }
    return tools;
  }

  private static Tool tool(Value value, String where, Supplier<Phrase> rule) {
    JsonFields tool = JsonFields.of(value, where, rule);
    JsonFields function =
        tool.object(FUNCTION).orElseThrow(() -> tool.refusal(FUNCTION, rule.get()));
    String name =
        name(function, "name")
            .filter(text -> !text.isBlank())
            .orElseThrow(() -> function.refusal("name", ServerText.of("rule.given")));
    function.object("parameters");
    return new Tool(name, JsonText.of(tool.required(FUNCTION)));
  }

  /** Which tools may be called; empty for none. */
  private static Optional<Choice> choice(JsonFields fields, List<Tool> tools) {
    Value given = fields.value("tool_choice").orElse(new Value.Text("auto"));
    Choice choice =
        given instanceof Value.Fields
            ? new Choice.Named(named(fields))
            : given.equals(new Value.Text("required")) ? new Choice.Required() : new Choice.Auto();
    boolean possible =
        switch (choice) {
          case Choice.Named(String name) -> tools.stream().anyMatch(t -> t.name().equals(name));
          case Choice.Required required -> !tools.isEmpty();
          case Choice.Auto auto -> given.equals(new Value.Text("auto")) || given.equals(NONE);
        };
    if (!possible) {
      throw fields.refusal("tool_choice", ServerText.of("rule.tool-choice"));
    }
    return given.equals(NONE) ? Optional.empty() : Optional.of(choice);
  }

  private static String named(JsonFields fields) {
    return fields
        .object("tool_choice")
        .flatMap(choice -> choice.object(FUNCTION))
        .flatMap(function -> name(function, "name"))
        .orElse("");
  }

  /**
   * The form of a text.
   *
   * @param format with its type
   * @param schema where it stands, if it is there
   * @param refusal of what cannot be read
   * @throws Problem the refusal
   */
  public static Format format(
      JsonFields format, Optional<JsonFields> schema, Supplier<Problem> refusal) {
    return switch (name(format, "type").orElse("")) {
      case "text" -> new Format.Text();
      case "json_object" -> new Format.JsonObject();
      case "json_schema" -> schema(schema.orElseThrow(refusal), refusal);
      default -> throw refusal.get();
    };
  }

  private static Format schema(JsonFields by, Supplier<Problem> refusal) {
    String schema =
        by.value("schema")
            .filter(Value.Fields.class::isInstance)
            .map(JsonText::of)
            .filter(text -> text.length() <= Handover.MAX_CHARS)
            .orElseThrow(refusal);
    return new Format.JsonSchema(
        name(by, "name").orElse("answer"), schema, by.bool("strict").orElse(false));
  }

  private static Optional<String> name(JsonFields fields, String name) {
    return fields.text(name, CompletionReader.MAX_NAME_CHARS);
  }
}
