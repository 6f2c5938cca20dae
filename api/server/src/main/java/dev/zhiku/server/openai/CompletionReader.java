package dev.zhiku.server.openai;

import dev.zhiku.answering.chat.Sampling;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.http.StrictJson;
import dev.zhiku.server.http.StrictJson.Value;
import dev.zhiku.server.openai.Message.Role;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads the body of {@code POST /v1/chat/completions} as OpenAI's server does: what is unknown is
 * ignored, what is known is held to its rule, and what would change the answer and cannot be done
 * is refused by name. Pure.
 */
final class CompletionReader {
  /** Largest body, in bytes. */
  static final int MAX_BODY_BYTES = 2 << 20;

  /** Most messages. */
  static final int MAX_MESSAGES = 2_000;

  /** Longest name, in characters: of a model, a role, a type, an effort. */
  static final int MAX_NAME_CHARS = 200;

  /** Longest text that ends an answer, in characters. */
  static final int MAX_STOP_CHARS = 1_000;

  /** Most parts of one message. */
  static final int MAX_PARTS = 1_000;

  private static final Set<String> NO_REASONING = Set.of("none", "minimal", "off");

  private CompletionReader() {}

  /**
   * What is asked for.
   *
   * @throws Problem naming the field and the rule
   */
  static CompletionRequest read(byte[] body) {
    if (!(StrictJson.read(body) instanceof Value.Fields fields)) {
      throw new Problem(ProblemCode.MALFORMED_JSON, "the body is not an object");
    }
    refuseWhatCannotBeDone(fields);
    return new CompletionRequest(
        text(fields, "model").filter(name -> !name.isBlank()).orElse(ModelName.ALL),
        messages(fields),
        flag(fields, "stream"),
        object(fields, "stream_options").map(o -> flag(o, "include_usage")).orElse(false),
        reasoning(fields),
        sampling(fields),
        integer(fields, "max_completion_tokens", 1).or(() -> integer(fields, "max_tokens", 1)));
  }

  private static void refuseWhatCannotBeDone(Value.Fields fields) {
    if (number(fields, "n").filter(n -> n.compareTo(BigDecimal.ONE) != 0).isPresent()) {
      throw refusal("n", ServerText.of("rule.one-answer"));
    }
    Optional<String> format = object(fields, "response_format").flatMap(o -> text(o, "type"));
    if (format.filter(type -> !type.equals("text")).isPresent()) {
      throw refusal("response_format", ServerText.of("rule.text-format"));
    }
    Optional<Value> choice = value(fields, "tool_choice");
    if (choice.filter(CompletionReader::insistsOnTool).isPresent()) {
      throw refusal("tool_choice", ServerText.of("rule.no-tools"));
    }
    if (flag(fields, "logprobs")) {
      throw refusal("logprobs", ServerText.of("rule.left-out-or-false"));
    }
    if (value(fields, "audio").isPresent()) {
      throw refusal("audio", ServerText.of("rule.no-audio"));
    }
  }

  private static boolean insistsOnTool(Value choice) {
    return choice instanceof Value.Fields
        || (choice instanceof Value.Text text && text.value().equals("required"));
  }

  /** The ways in which clients of OpenAI, DeepSeek, Qwen and vLLM ask for it. */
  private static Optional<Boolean> reasoning(Value.Fields fields) {
    Optional<Boolean> effort =
        text(fields, "reasoning_effort").map(value -> !NO_REASONING.contains(value));
    Optional<Boolean> thinking =
        object(fields, "thinking").flatMap(o -> text(o, "type")).map("enabled"::equals);
    return effort.or(() -> thinking).or(() -> switches(fields));
  }

  /** One that is on is enough, one that is off alone switches it off. */
  private static Optional<Boolean> switches(Value.Fields fields) {
    Optional<Value.Fields> template = object(fields, "chat_template_kwargs");
    return Stream.of(
            bool(fields, "enable_thinking"),
            template.flatMap(o -> bool(o, "enable_thinking")),
            template.flatMap(o -> bool(o, "thinking")))
        .flatMap(Optional::stream)
        .reduce(Boolean::logicalOr);
  }

  private static Sampling sampling(Value.Fields fields) {
    return new Sampling(
        within(fields, "temperature", 0, 2),
        within(fields, "top_p", 0, 1).filter(p -> p > 0),
        within(fields, "frequency_penalty", -2, 2),
        within(fields, "presence_penalty", -2, 2),
        integer(fields, "seed", Integer.MIN_VALUE),
        stops(fields));
  }

  private static List<String> stops(Value.Fields fields) {
    List<String> stops =
        switch (value(fields, "stop").orElse(new Value.Null())) {
          case Value.Text one -> List.of(one.value());
          case Value.Items several
              when several.values().stream().allMatch(Value.Text.class::isInstance) ->
              several.values().stream().map(item -> ((Value.Text) item).value()).toList();
          case Value.Null none -> List.of();
          case Value.Items mixed -> throw stopRefusal();
          case Value.Bool bool -> throw stopRefusal();
          case Value.Num number -> throw stopRefusal();
          case Value.Fields object -> throw stopRefusal();
        };
    if (stops.size() > Sampling.MAX_STOPS
        || stops.stream().anyMatch(stop -> stop.length() > MAX_STOP_CHARS)) {
      throw stopRefusal();
    }
    return stops.stream().filter(stop -> !stop.isEmpty()).toList();
  }

  private static Problem stopRefusal() {
    return refusal("stop", ServerText.of("rule.stops", Sampling.MAX_STOPS, MAX_STOP_CHARS));
  }

  private static List<Message> messages(Value.Fields fields) {
    if (!(value(fields, "messages").orElse(new Value.Null()) instanceof Value.Items items)
        || items.values().isEmpty()
        || items.values().size() > MAX_MESSAGES) {
      throw refusal("messages", ServerText.of("rule.messages", MAX_MESSAGES));
    }
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < items.values().size(); i++) {
      message(items.values().get(i), "messages[" + i + "]").ifPresent(messages::add);
    }
    return messages;
  }

  /** Empty for what tools said: nobody here called them. */
  private static Optional<Message> message(Value value, String where) {
    if (!(value instanceof Value.Fields fields)) {
      throw refusal(where, ServerText.of("rule.message"));
    }
    Optional<Role> role =
        switch (text(fields, "role").orElse("")) {
          case "system", "developer" -> Optional.of(Role.SYSTEM);
          case "user" -> Optional.of(Role.USER);
          case "assistant" -> Optional.of(Role.ASSISTANT);
          case "tool", "function" -> Optional.empty();
          default -> throw refusal(where + ".role", ServerText.of("rule.message-role"));
        };
    return role.map(known -> content(known, fields, where + ".content"));
  }

  private static Message content(Role role, Value.Fields fields, String where) {
    return switch (value(fields, "content").orElse(new Value.Null())) {
      case Value.Null none -> new Message(role, "");
      case Value.Text text -> new Message(role, text.value());
      case Value.Items parts -> parts(role, parts, where);
      case Value.Bool bool -> throw contentRefusal(where);
      case Value.Num number -> throw contentRefusal(where);
      case Value.Fields object -> throw contentRefusal(where);
    };
  }

  private static Message parts(Role role, Value.Items parts, String where) {
    List<String> texts = new ArrayList<>();
    Optional<String> unread = Optional.empty();
    if (parts.values().size() > MAX_PARTS) {
      throw refusal(where, ServerText.of("rule.parts", MAX_PARTS));
    }
    for (Value value : parts.values()) {
      if (!(value instanceof Value.Fields part)) {
        throw contentRefusal(where);
      }
      String type = text(part, "type").orElseThrow(() -> contentRefusal(where));
      if (type.equals("text")) {
        texts.add(anyText(part, "text").orElseThrow(() -> contentRefusal(where)));
      } else if (unread.isEmpty()) {
        unread = Optional.of(type);
      }
    }
    return new Message(role, String.join("\n", texts), unread);
  }

  private static Problem contentRefusal(String where) {
    return refusal(where, ServerText.of("rule.content"));
  }

  /** Null means the same as left out. */
  private static Optional<Value> value(Value.Fields fields, String name) {
    return Optional.ofNullable(fields.values().get(name)).filter(v -> !(v instanceof Value.Null));
  }

  private static Optional<Value.Fields> object(Value.Fields fields, String name) {
    return value(fields, name).filter(Value.Fields.class::isInstance).map(Value.Fields.class::cast);
  }

  private static Optional<String> text(Value.Fields fields, String name) {
    Optional<String> text = anyText(fields, name);
    if (text.isPresent() && text.get().length() > MAX_NAME_CHARS) {
      throw refusal(name, ServerText.of("rule.characters", MAX_NAME_CHARS));
    }
    return text;
  }

  private static Optional<String> anyText(Value.Fields fields, String name) {
    return value(fields, name)
        .map(
            value -> {
              if (value instanceof Value.Text text) {
                return text.value();
              }
              throw refusal(name, ServerText.of("rule.string"));
            });
  }

  private static boolean flag(Value.Fields fields, String name) {
    return bool(fields, name).orElse(false);
  }

  private static Optional<Boolean> bool(Value.Fields fields, String name) {
    return value(fields, name)
        .map(
            value -> {
              if (value instanceof Value.Bool bool) {
                return bool.value();
              }
              throw refusal(name, ServerText.of("rule.true-or-false"));
            });
  }

  private static Optional<BigDecimal> number(Value.Fields fields, String name) {
    return value(fields, name)
        .map(
            value -> {
              if (value instanceof Value.Num number) {
                return number.value();
              }
              throw refusal(name, ServerText.of("rule.number"));
            });
  }

  private static Optional<Double> within(Value.Fields fields, String name, int least, int most) {
    return number(fields, name)
        .map(
            number -> {
              if (isWithin(number, least, most)) {
                return number.doubleValue();
              }
              throw refusal(name, ServerText.of("rule.number-range", least, most));
            });
  }

  private static Optional<Integer> integer(Value.Fields fields, String name, int least) {
    return number(fields, name)
        .map(
            number -> {
              if (isWithin(number, least, Integer.MAX_VALUE)
                  && number.remainder(BigDecimal.ONE).signum() == 0) {
                return number.intValueExact();
              }
              throw refusal(name, ServerText.of("rule.integer-range", least, Integer.MAX_VALUE));
            });
  }

  private static boolean isWithin(BigDecimal number, int least, int most) {
    return number.compareTo(BigDecimal.valueOf(least)) >= 0
        && number.compareTo(BigDecimal.valueOf(most)) <= 0;
  }

  private static Problem refusal(String field, Phrase rule) {
    return new Problem(ProblemCode.VALUE_OUT_OF_RANGE, field, rule);
  }
}
