package dev.zhiku.server.openai;

import dev.zhiku.answering.chat.Handover;
import dev.zhiku.answering.chat.Sampling;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.server.http.JsonFields;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.http.StrictJson.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads the body of {@code POST /v1/chat/completions} as OpenAI's server does: what is unknown is
 * ignored, what is known is held to its rule, and what would change the answer and cannot be done
 * is refused by name. Pure.
 */
public final class CompletionReader {
  /** Largest body, in bytes, with the pictures of its question. */
  public static final int MAX_BODY_BYTES = 8 << 20;

  /** Longest name, in characters: of a model, a role, a type, an effort. */
  public static final int MAX_NAME_CHARS = 200;

  /** Longest text that ends an answer, in characters. */
  static final int MAX_STOP_CHARS = 1_000;

  private static final Set<String> NO_REASONING = Set.of("none", "minimal", "off");

  private CompletionReader() {}

  /**
   * What is asked for.
   *
   * @throws Problem naming the field and the rule
   */
  static CompletionRequest read(byte[] body) {
    JsonFields fields = JsonFields.of(body);
    refuseWhatCannotBeDone(fields);
    String model = name(fields, "model").filter(name -> !name.isBlank()).orElse(ModelName.ALL);
    boolean alone = model.equals(ModelName.CHAT);
    if (!alone) {
      refuseWhatOnlyTheModelCanDo(fields);
    }
    return new CompletionRequest(
        model,
        MessageReader.messages(fields, alone),
        fields.bool("stream").orElse(false),
        includeUsage(fields),
        reasoning(fields),
        sampling(fields),
        fields
            .integer("max_completion_tokens", 1, Integer.MAX_VALUE)
            .or(() -> fields.integer("max_tokens", 1, Integer.MAX_VALUE)),
        alone ? HandoverReader.ofChat(fields) : Handover.NONE);
  }

  /** Whether a stream ends with the counts of tokens. */
  public static boolean includeUsage(JsonFields fields) {
    return object(fields, "stream_options")
        .flatMap(options -> options.bool("include_usage"))
        .orElse(false);
  }

  private static void refuseWhatCannotBeDone(JsonFields fields) {
    if (fields.number("n").filter(n -> n.compareTo(BigDecimal.ONE) != 0).isPresent()) {
      throw fields.refusal("n", ServerText.of("rule.one-answer"));
    }
    if (fields.bool("logprobs").orElse(false)) {
      throw fields.refusal("logprobs", ServerText.of("rule.left-out-or-false"));
    }
    if (fields.value("audio").isPresent()) {
      throw fields.refusal("audio", ServerText.of("rule.no-audio"));
    }
  }

  /** Answers from documents quote them: no tool is called for one, and none is JSON. */
  private static void refuseWhatOnlyTheModelCanDo(JsonFields fields) {
    Optional<String> format = object(fields, "response_format").flatMap(o -> name(o, "type"));
    if (format.filter(type -> !type.equals("text")).isPresent()) {
      throw fields.refusal("response_format", ServerText.of("rule.text-format"));
    }
    Optional<Value> choice = fields.value("tool_choice");
    if (choice.filter(CompletionReader::insistsOnTool).isPresent()) {
      throw fields.refusal("tool_choice", ServerText.of("rule.tools-of-chat"));
    }
  }

  private static boolean insistsOnTool(Value choice) {
    return choice instanceof Value.Fields
        || (choice instanceof Value.Text text && text.value().equals("required"));
  }

  /** Whether to reason first, in the ways of clients of OpenAI, DeepSeek, Qwen and vLLM. */
  public static Optional<Boolean> reasoning(JsonFields fields) {
    Optional<Boolean> effort =
        name(fields, "reasoning_effort").map(value -> !NO_REASONING.contains(value));
    Optional<Boolean> thinking =
        object(fields, "thinking").flatMap(o -> name(o, "type")).map("enabled"::equals);
    return effort.or(() -> thinking).or(() -> switches(fields));
  }

  /** One that is on is enough, one that is off alone switches it off. */
  private static Optional<Boolean> switches(JsonFields fields) {
    Optional<JsonFields> template = object(fields, "chat_template_kwargs");
    return Stream.of(
            fields.bool("enable_thinking"),
            template.flatMap(o -> o.bool("enable_thinking")),
            template.flatMap(o -> o.bool("thinking")))
        .flatMap(Optional::stream)
        .reduce(Boolean::logicalOr);
  }

  /**
   * How the model chooses its words.
   *
   * @throws Problem naming the field and the rule
   */
  public static Sampling sampling(JsonFields fields) {
    return new Sampling(
        fields.number("temperature", 0, 2),
        fields.number("top_p", 0, 1).filter(p -> p > 0),
        fields.number("frequency_penalty", -2, 2),
        fields.number("presence_penalty", -2, 2),
        fields.integer("seed", Integer.MIN_VALUE, Integer.MAX_VALUE),
        stops(fields));
  }

  /**
   * The texts at which an answer ends.
   *
   * @throws Problem naming the field and the rule
   */
  public static List<String> stops(JsonFields fields) {
    List<String> stops =
        switch (fields.value("stop").orElse(new Value.Null())) {
          case Value.Text one -> List.of(one.value());
          case Value.Items several
              when several.values().stream().allMatch(Value.Text.class::isInstance) ->
              several.values().stream().map(item -> ((Value.Text) item).value()).toList();
          case Value.Null none -> List.of();
          case Value.Items mixed -> throw stopRefusal(fields);
          case Value.Bool bool -> throw stopRefusal(fields);
          case Value.Num number -> throw stopRefusal(fields);
          case Value.Fields object -> throw stopRefusal(fields);
        };
    if (stops.size() > Sampling.MAX_STOPS
        || stops.stream().anyMatch(stop -> stop.length() > MAX_STOP_CHARS)) {
      throw stopRefusal(fields);
    }
    return stops.stream().filter(stop -> !stop.isEmpty()).toList();
  }

  private static Problem stopRefusal(JsonFields fields) {
    return fields.refusal("stop", ServerText.of("rule.stops", Sampling.MAX_STOPS, MAX_STOP_CHARS));
  }

  /** Whatever is no object here says nothing: clients put other things in its place. */
  private static Optional<JsonFields> object(JsonFields fields, String name) {
    return fields
        .value(name)
        .filter(Value.Fields.class::isInstance)
        .flatMap(v -> fields.object(name));
  }

  private static Optional<String> name(JsonFields fields, String name) {
    return fields.text(name, MAX_NAME_CHARS);
  }
}
