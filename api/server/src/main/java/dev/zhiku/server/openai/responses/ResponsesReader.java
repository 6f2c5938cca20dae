package dev.zhiku.server.openai.responses;

import dev.zhiku.answering.chat.Handover;
import dev.zhiku.answering.chat.Handover.Format;
import dev.zhiku.answering.chat.Sampling;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.server.http.JsonFields;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.http.StrictJson.Value;
import dev.zhiku.server.openai.CompletionReader;
import dev.zhiku.server.openai.HandoverReader;
import dev.zhiku.server.openai.Message;
import dev.zhiku.server.openai.Message.Role;
import dev.zhiku.server.openai.ModelName;
import dev.zhiku.server.openai.responses.ResponsesRequest.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads the body of {@code POST /v1/responses} as OpenAI's server does: what is unknown is ignored,
 * what is known is held to its rule, and what would change the answer and cannot be done is refused
 * by name. Pure.
 */
final class ResponsesReader {
  /** Largest body, in bytes. */
  static final int MAX_BODY_BYTES = CompletionReader.MAX_BODY_BYTES;

  private static final int MAX_ITEMS = 2_000;
  private static final int MAX_PARTS = 1_000;
  private static final int MAX_NAME_CHARS = 200;
  private static final int MAX_METADATA = 16;
  private static final int MAX_METADATA_CHARS = 512;

  private static final Set<String> NO_REASONING = Set.of("none", "minimal");
  private static final Set<String> TEXTS = Set.of("input_text", "output_text", "text");

  private static final String PICTURE = "input_image";

  /** What this service searches with is the only tool that a client may insist on. */
  private static final String SEARCH = "file_search";

  private ResponsesReader() {}

  /**
   * What is asked for.
   *
   * @throws Problem naming the field and the rule
   */
  static ResponsesRequest read(byte[] body) {
    JsonFields fields = JsonFields.of(body);
    refuseWhatCannotBeDone(fields);
    String model =
        fields.text("model", MAX_NAME_CHARS).filter(n -> !n.isBlank()).orElse(ModelName.ALL);
    return new ResponsesRequest(
        model,
        items(fields),
        fields.text("instructions").filter(text -> !text.isBlank()),
        fields.text("previous_response_id", MAX_NAME_CHARS),
        fields.bool("store").orElse(true),
        fields.bool("stream").orElse(false),
        fields
            .object("reasoning")
            .flatMap(o -> o.text("effort", MAX_NAME_CHARS))
            .map(effort -> !NO_REASONING.contains(effort)),
        new Sampling(
            fields.number("temperature", 0, 2),
            fields.number("top_p", 0, 1).filter(p -> p > 0),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of()),
        fields.integer("max_output_tokens", 1, Integer.MAX_VALUE),
        format(fields, model.equals(ModelName.CHAT)),
        metadata(fields));
  }

  private static void refuseWhatCannotBeDone(JsonFields fields) {
    if (fields.bool("background").orElse(false)) {
      throw fields.refusal("background", ServerText.of("rule.left-out-or-false"));
    }
    if (fields.integer("top_logprobs", 0, Integer.MAX_VALUE).orElse(0) > 0) {
      throw fields.refusal("top_logprobs", ServerText.of("rule.left-out-or-zero"));
    }
    if (fields.value("tool_choice").filter(ResponsesReader::insistsOnOtherTool).isPresent()) {
      throw fields.refusal("tool_choice", ServerText.of("rule.no-tools"));
    }
    for (String unknown : List.of("conversation", "prompt")) {
      if (fields.value(unknown).isPresent()) {
        throw fields.refusal(unknown, ServerText.of("rule.left-out"));
      }
    }
  }

  /**
   * @param alone whether the model is asked alone, which can write JSON
   */
  private static Format format(JsonFields fields, boolean alone) {
    Supplier<Problem> refusal =
        () ->
            fields.refusal(
                "text",
                alone
                    ? ServerText.of("rule.response-format", Handover.MAX_CHARS)
                    : ServerText.of("rule.text-format"));
    Format format =
        fields
            .object("text")
            .flatMap(text -> text.object("format"))
            .map(o -> HandoverReader.format(o, Optional.of(o), refusal))
            .orElseGet(Format.Text::new);
    if (!alone && !(format instanceof Format.Text)) {
      throw refusal.get();
    }
    return format;
  }

  private static boolean insistsOnOtherTool(Value choice) {
    return switch (choice) {
      case Value.Text text -> text.value().equals("required");
      case Value.Fields object ->
          !(object.values().get("type") instanceof Value.Text type && type.value().equals(SEARCH));
      case Value.Null none -> false;
      case Value.Bool bool -> false;
      case Value.Num number -> false;
      case Value.Items several -> false;
    };
  }

  private static Map<String, String> metadata(JsonFields fields) {
    Map<String, String> pairs = new LinkedHashMap<>();
    Supplier<Phrase> rule = () -> ServerText.of("rule.metadata", MAX_METADATA, MAX_METADATA_CHARS);
    if (fields.value("metadata").orElse(new Value.Fields(Map.of())) instanceof Value.Fields given
        && given.values().size() <= MAX_METADATA) {
      given
          .values()
          .forEach(
              (name, value) -> {
                if (!(value instanceof Value.Text text)
                    || text.value().length() > MAX_METADATA_CHARS) {
                  throw fields.refusal("metadata", rule.get());
                }
                pairs.put(name, text.value());
              });
      return pairs;
    }
    throw fields.refusal("metadata", rule.get());
  }

  private static List<Item> items(JsonFields fields) {
    Value input = fields.required("input");
    List<Item> items = new ArrayList<>();
    Supplier<Phrase> rule = () -> ServerText.of("rule.response-input", MAX_ITEMS);
    switch (input) {
      case Value.Text text -> items.add(new Item.Said(new Message(Role.USER, text.value())));
      case Value.Items several when several.values().size() <= MAX_ITEMS -> {
        for (int i = 0; i < several.values().size(); i++) {
          item(several.values().get(i), "input[" + i + "]").ifPresent(items::add);
        }
      }
      case Value.Items many -> throw fields.refusal("input", rule.get());
      case Value.Null none -> throw fields.refusal("input", rule.get());
      case Value.Bool bool -> throw fields.refusal("input", rule.get());
      case Value.Num number -> throw fields.refusal("input", rule.get());
      case Value.Fields object -> throw fields.refusal("input", rule.get());
    }
    requireQuestion(fields, items);
    return items;
  }

  private static void requireQuestion(JsonFields fields, List<Item> items) {
    Optional<Message> question =
        items.reversed().stream()
            .filter(Item.Said.class::isInstance)
            .map(item -> ((Item.Said) item).message())
            .filter(said -> said.role() == Role.USER)
            .filter(said -> !said.isEmpty())
            .findFirst();
    Message asked =
        question.orElseThrow(() -> fields.refusal("input", ServerText.of("rule.user-message")));
    if (asked.unread().isPresent() && asked.pictures().isEmpty()) {
      throw fields.refusal("input", ServerText.of("rule.readable-part", asked.unread().get()));
    }
  }

  /** Empty for what tools said, for nobody here called them, and for what a model thought. */
  private static Optional<Item> item(Value value, String where) {
    JsonFields fields = JsonFields.of(value, where, () -> ServerText.of("rule.message"));
    return switch (fields.text("type", MAX_NAME_CHARS).orElse("message")) {
      case "message" -> Optional.of(new Item.Said(message(fields, where)));
      case "item_reference" -> reference(fields, where);
      default -> Optional.empty();
    };
  }

  private static Optional<Item> reference(JsonFields fields, String where) {
    String id = JsonFields.text(fields.required("id"), where + ".id", MAX_NAME_CHARS);
    return ResponseIds.isReasoning(id)
        ? Optional.empty()
        : Optional.of(new Item.Reference(id, where + ".id"));
  }

  private static Message message(JsonFields fields, String where) {
    Role role =
        switch (fields.text("role", MAX_NAME_CHARS).orElse("")) {
          case "system", "developer" -> Role.SYSTEM;
          case "user" -> Role.USER;
          case "assistant" -> Role.ASSISTANT;
          default -> throw fields.refusal("role", ServerText.of("rule.response-role"));
        };
    return switch (fields.value("content").orElse(new Value.Null())) {
      case Value.Null none -> new Message(role, "");
      case Value.Text text -> new Message(role, text.value());
      case Value.Items parts -> parts(role, parts.values(), fields, where);
      case Value.Bool bool -> throw contentRefusal(fields);
      case Value.Num number -> throw contentRefusal(fields);
      case Value.Fields object -> throw contentRefusal(fields);
    };
  }

  private static Message parts(Role role, List<Value> parts, JsonFields message, String where) {
    if (parts.size() > MAX_PARTS) {
      throw message.refusal("content", ServerText.of("rule.parts", MAX_PARTS));
    }
    List<String> texts = new ArrayList<>();
    List<String> pictures = new ArrayList<>();
    Optional<String> unread = Optional.empty();
    for (Value value : parts) {
      JsonFields part =
          JsonFields.of(value, where + ".content", () -> ServerText.of("rule.response-content"));
      String type = part.text("type", MAX_NAME_CHARS).orElseThrow(() -> contentRefusal(message));
      if (TEXTS.contains(type)) {
        texts.add(part.text("text").orElseThrow(() -> contentRefusal(message)));
      } else if (type.equals(PICTURE) && part.value("image_url").isPresent()) {
        part.text("image_url").ifPresent(pictures::add);
      } else if (unread.isEmpty()) {
        unread = Optional.of(type);
      }
    }
    String text = String.join("\n", texts);
    return unread.isPresent() || pictures.isEmpty()
        ? new Message(role, text, unread)
        : new Message(role, text, Optional.of(PICTURE), pictures);
  }

  private static Problem contentRefusal(JsonFields message) {
    return message.refusal("content", ServerText.of("rule.response-content"));
  }
}
