package dev.zhiku.server.ollama;

import dev.zhiku.answering.chat.Handover;
import dev.zhiku.answering.chat.Handover.Format;
import dev.zhiku.answering.chat.Sampling;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.server.http.JsonFields;
import dev.zhiku.server.http.JsonText;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.http.StrictJson.Value;
import dev.zhiku.server.openai.CompletionReader;
import dev.zhiku.server.openai.CompletionRequest;
import dev.zhiku.server.openai.Message;
import dev.zhiku.server.openai.Message.Role;
import dev.zhiku.server.openai.ModelName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the bodies of {@code /api/chat} and {@code /api/generate} as Ollama does: what is unknown
 * is ignored, what would change the answer and cannot be done is refused by name. Pure.
 */
final class OllamaReader {
  /** Largest body, in bytes. */
  static final int MAX_BODY_BYTES = CompletionReader.MAX_BODY_BYTES;

  /** Most pictures of one message. */
  static final int MAX_IMAGES = 100;

  static final int MAX_NAME_CHARS = 200;
  private static final int MAX_MESSAGES = 2_000;

  private OllamaReader() {}

  /**
   * A chat; without messages it asks nothing.
   *
   * @throws Problem naming the field and the rule
   */
  static CompletionRequest chat(byte[] body) {
    JsonFields fields = JsonFields.of(body);
    List<Message> messages = new ArrayList<>();
    List<Value> values =
        fields
            .items("messages", MAX_MESSAGES, () -> ServerText.of("rule.messages", MAX_MESSAGES))
            .orElse(List.of());
    for (int i = 0; i < values.size(); i++) {
      message(values.get(i), "messages[" + i + "]").ifPresent(messages::add);
    }
    return request(fields, messages);
  }

  /**
   * A generation; without a prompt it asks nothing.
   *
   * @throws Problem naming the field and the rule
   */
  static CompletionRequest generation(byte[] body) {
    JsonFields fields = JsonFields.of(body);
    if (fields.text("suffix").filter(text -> !text.isEmpty()).isPresent()) {
      throw fields.refusal("suffix", ServerText.of("rule.left-out"));
    }
    List<Message> messages = new ArrayList<>();
    fields
        .text("prompt")
        .filter(text -> !text.isBlank())
        .ifPresent(
            prompt -> {
              fields.text("system").ifPresent(t -> messages.add(new Message(Role.SYSTEM, t)));
              messages.add(said(Role.USER, prompt, fields));
            });
    return request(fields, messages);
  }

  private static CompletionRequest request(JsonFields fields, List<Message> messages) {
    String model =
        OllamaModel.untagged(JsonFields.text(fields.required("model"), "model", MAX_NAME_CHARS));
    Format format = format(fields, model.equals(ModelName.CHAT));
    refuseWhatCannotBeDone(fields);
    Optional<JsonFields> options = fields.object("options");
    return new CompletionRequest(
        model,
        messages,
        fields.bool("stream").orElse(true),
        false,
        fields.value("think").map(think -> thinks(fields, think)),
        options.map(OllamaReader::sampling).orElse(Sampling.DEFAULT),
        options
            .flatMap(o -> o.integer("num_predict", Integer.MIN_VALUE, Integer.MAX_VALUE))
            .filter(most -> most > 0),
        new Handover(List.of(), new Handover.Choice.Auto(), List.of(), format));
  }

  /**
   * @param alone whether the model is asked alone, which can write JSON
   */
  private static Format format(JsonFields fields, boolean alone) {
    Value given = fields.value("format").orElse(new Value.Text(""));
    if (given.equals(new Value.Text(""))) {
      return new Format.Text();
    }
    if (!alone) {
      throw fields.refusal("format", ServerText.of("rule.text-format"));
    }
    if (given.equals(new Value.Text("json"))) {
      return new Format.JsonObject();
    }
    String schema = given instanceof Value.Fields ? JsonText.of(given) : "";
    if (schema.isEmpty() || schema.length() > Handover.MAX_CHARS) {
      throw fields.refusal("format", ServerText.of("rule.ollama-format", Handover.MAX_CHARS));
    }
    return new Format.JsonSchema("answer", schema, true);
  }

  private static void refuseWhatCannotBeDone(JsonFields fields) {
    if (fields.bool("logprobs").orElse(false)) {
      throw fields.refusal("logprobs", ServerText.of("rule.left-out-or-false"));
    }
  }

  private static boolean thinks(JsonFields fields, Value think) {
    return switch (think) {
      case Value.Bool bool -> bool.value();
      case Value.Text effort -> !effort.value().equals("none");
      case Value.Null none -> throw thinkRefusal(fields);
      case Value.Num number -> throw thinkRefusal(fields);
      case Value.Items several -> throw thinkRefusal(fields);
      case Value.Fields object -> throw thinkRefusal(fields);
    };
  }

  private static Problem thinkRefusal(JsonFields fields) {
    return fields.refusal("think", ServerText.of("rule.think"));
  }

  private static Sampling sampling(JsonFields options) {
    return new Sampling(
        options.number("temperature", 0, 2),
        options.number("top_p", 0, 1).filter(p -> p > 0),
        options.number("frequency_penalty", -2, 2),
        options.number("presence_penalty", -2, 2),
        options.integer("seed", Integer.MIN_VALUE, Integer.MAX_VALUE),
        CompletionReader.stops(options));
  }

  /** Empty for what tools said: nobody here called them. */
  private static Optional<Message> message(Value value, String where) {
    JsonFields fields = JsonFields.of(value, where, () -> ServerText.of("rule.message"));
    Optional<Role> role =
        switch (fields.text("role", MAX_NAME_CHARS).orElse("")) {
          case "system" -> Optional.of(Role.SYSTEM);
          case "user" -> Optional.of(Role.USER);
          case "assistant" -> Optional.of(Role.ASSISTANT);
          case "tool" -> Optional.empty();
          default -> throw fields.refusal("role", ServerText.of("rule.ollama-role"));
        };
    return role.map(known -> said(known, fields.text("content").orElse(""), fields));
  }

  /** With its pictures, which Ollama has in base64 alone. */
  private static Message said(Role role, String text, JsonFields fields) {
    List<String> pictures =
        fields
            .items("images", MAX_IMAGES, () -> ServerText.of("rule.images", MAX_IMAGES))
            .orElse(List.of())
            .stream()
            .map(value -> "data:;base64," + JsonFields.text(value, "images"))
            .toList();
    return pictures.isEmpty()
        ? new Message(role, text)
        : new Message(role, text, Optional.of("images"), pictures);
  }
}
