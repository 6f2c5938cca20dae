package dev.zhiku.server.openai;

import dev.zhiku.answering.chat.ToolCall;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.server.http.JsonFields;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.http.StrictJson.Value;
import dev.zhiku.server.openai.Message.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the messages of {@code POST /v1/chat/completions}. Pure. */
final class MessageReader {
  /** Most messages. */
  static final int MAX_MESSAGES = 2_000;

  /** Most parts of one message. */
  static final int MAX_PARTS = 1_000;

  /** Most calls of tools in one message. */
  static final int MAX_CALLS = 128;

  private static final String PICTURE = "image_url";

  private MessageReader() {}

  /**
   * The messages of a request.
   *
   * @param withTools whether calls of tools and their replies are read; else they are left out
   * @throws Problem naming the place and the rule
   */
  static List<Message> messages(JsonFields fields, boolean withTools) {
    Supplier<Phrase> rule = () -> ServerText.of("rule.messages", MAX_MESSAGES);
    List<Value> values = fields.items("messages", MAX_MESSAGES, rule).orElse(List.of());
    if (values.isEmpty()) {
      throw fields.refusal("messages", rule.get());
    }
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      message(values.get(i), "messages[" + i + "]", withTools).ifPresent(messages::add);
    }
    return messages;
  }

  /** Empty for what tools said where nobody called them. */
  private static Optional<Message> message(Value value, String where, boolean withTools) {
    JsonFields fields = JsonFields.of(value, where, () -> ServerText.of("rule.message"));
    return switch (name(fields, "role").orElse("")) {
      case "system", "developer" -> Optional.of(content(Role.SYSTEM, fields, where));
      case "user" -> Optional.of(content(Role.USER, fields, where));
      case "assistant" -> {
        Message said = content(Role.ASSISTANT, fields, where);
        yield Optional.of(withTools ? said.calling(calls(fields, where)) : said);
      }
      case "tool" -> withTools ? Optional.of(toolReply(fields, where)) : Optional.empty();
      case "function" -> Optional.empty();
      default -> throw fields.refusal("role", ServerText.of("rule.message-role"));
    };
  }

  private static Message toolReply(JsonFields fields, String where) {
    fields.required("tool_call_id");
    return content(Role.TOOL, fields, where).answering(name(fields, "tool_call_id").orElseThrow());
  }

  private static List<ToolCall> calls(JsonFields fields, String where) {
    Supplier<Phrase> rule = () -> ServerText.of("rule.tool-calls", MAX_CALLS);
    List<Value> values = fields.items("tool_calls", MAX_CALLS, rule).orElse(List.of());
    List<ToolCall> calls = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      JsonFields call = JsonFields.of(values.get(i), where + ".tool_calls[" + i + "]", rule);
      JsonFields function =
          call.object("function").orElseThrow(() -> fields.refusal("tool_calls", rule.get()));
      calls.add(
          new ToolCall(
              name(call, "id").orElse(""),
              name(function, "name").orElseThrow(() -> call.refusal("function", rule.get())),
              function.text("arguments").orElse("{}")));
    }
    return calls;
  }

  private static Message content(Role role, JsonFields fields, String where) {
    return switch (fields.value("content").orElse(new Value.Null())) {
      case Value.Null none -> new Message(role, "");
      case Value.Text text -> new Message(role, text.value());
      case Value.Items parts -> parts(role, parts, fields, where);
      case Value.Bool bool -> throw contentRefusal(fields);
      case Value.Num number -> throw contentRefusal(fields);
      case Value.Fields object -> throw contentRefusal(fields);
    };
  }

  private static Message parts(Role role, Value.Items parts, JsonFields message, String where) {
    List<String> texts = new ArrayList<>();
    List<String> pictures = new ArrayList<>();
    Optional<String> unread = Optional.empty();
    if (parts.values().size() > MAX_PARTS) {
      throw message.refusal("content", ServerText.of("rule.parts", MAX_PARTS));
    }
    for (Value value : parts.values()) {
      JsonFields part =
          JsonFields.of(value, where + ".content", () -> ServerText.of("rule.content"));
      String type = name(part, "type").orElseThrow(() -> contentRefusal(message));
      switch (type) {
        case "text" -> texts.add(part.text("text").orElseThrow(() -> contentRefusal(message)));
        case PICTURE -> pictures.add(address(part).orElseThrow(() -> contentRefusal(message)));
        default -> unread = unread.or(() -> Optional.of(type));
      }
    }
    String text = String.join("\n", texts);
    return unread.isPresent() || pictures.isEmpty()
        ? new Message(role, text, unread)
        : new Message(role, text, Optional.of(PICTURE), pictures);
  }

  /** Some clients leave out the object around the address. */
  private static Optional<String> address(JsonFields part) {
    return part.value("image_url")
        .flatMap(
            given ->
                given instanceof Value.Text text
                    ? Optional.of(text.value())
                    : part.object("image_url").flatMap(object -> object.text("url")));
  }

  private static Problem contentRefusal(JsonFields message) {
    return message.refusal("content", ServerText.of("rule.content"));
  }

  private static Optional<String> name(JsonFields fields, String name) {
    return fields.text(name, CompletionReader.MAX_NAME_CHARS);
  }
}
