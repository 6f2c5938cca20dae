package dev.zhiku.server.query;

import dev.zhiku.answering.answer.Question;
import dev.zhiku.answering.answer.Question.Mode;
import dev.zhiku.answering.chat.Turn;
import dev.zhiku.answering.problem.NearestName;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.http.StrictJson;
import dev.zhiku.server.http.StrictJson.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the body of {@code POST /query} strictly: what is unknown, of another type or out of range
 * is refused by name. Thread-safe.
 */
final class QuestionReader {
  /** Largest body, in bytes. */
  static final int MAX_BODY_BYTES = 512 * 1024;

  /** Most entries in one list of a filter. */
  static final int MAX_LISTED = 1_000;

  /** Longest name of a source and longest media type in a filter, in characters. */
  static final int MAX_NAME_CHARS = 200;

  private static final List<String> FIELDS = QuestionBody.names(QuestionBody.class);
  private static final List<String> FILTER_FIELDS = QuestionBody.names(QuestionBody.Where.class);
  private static final List<String> TURN_FIELDS = QuestionBody.names(QuestionBody.Said.class);
  private static final int MAX_SHOWN = 40;

  private final SearchConfig search;
  private final AnswerConfig answers;

  QuestionReader(SearchConfig search, AnswerConfig answers) {
    this.search = search;
    this.answers = answers;
  }

  /**
   * What was asked.
   *
   * @param detach the answer goes on when the client leaves
   */
  record Asked(Question question, boolean detach) {}

  /**
   * @param locale language of warnings
   * @throws Problem naming the field, the rule and the value
   */
  Asked read(byte[] body, Locale locale) {
    Value value = StrictJson.read(body);
    if (!(value instanceof Value.Fields fields)) {
      throw new Problem(ProblemCode.MALFORMED_JSON, "the body is not an object");
    }
    refuseUnknown(fields, FIELDS, "");
    Mode mode = optional(fields, "mode").map(QuestionReader::mode).orElse(Mode.ANSWER);
    Question question =
        new Question(
            question(fields, mode),
            optional(fields, "top_k").map(this::topK).orElse(search.topK()),
            mode,
            optional(fields, "reasoning")
                .map(v -> bool(v, "reasoning"))
                .orElse(answers.reasoning()),
            optional(fields, "filter").map(QuestionReader::filter).orElse(new Filter.All()),
            optional(fields, "conversation").map(QuestionReader::turns).orElse(List.of()),
            locale);
    return new Asked(
        question, optional(fields, "detach").map(v -> bool(v, "detach")).orElse(false));
  }

  private static void refuseUnknown(Value.Fields fields, List<String> known, String prefix) {
    for (String name : fields.values().keySet()) {
      if (!known.contains(name)) {
        throw new Problem(
            ProblemCode.UNKNOWN_FIELD,
            prefix + shorten(name) + NearestName.hint(name, known, prefix));
      }
    }
  }

  /** Null means the same as left out. */
  private static Optional<Value> optional(Value.Fields fields, String name) {
    return Optional.ofNullable(fields.values().get(name)).filter(v -> !(v instanceof Value.Null));
  }

  private static String question(Value.Fields fields, Mode mode) {
    String text = optional(fields, "question").map(v -> text(v, "question")).orElse("").strip();
    if (text.isEmpty() || text.codePoints().noneMatch(QuestionReader::isVisible)) {
      throw new Problem(ProblemCode.QUESTION_EMPTY);
    }
    int length = text.codePointCount(0, text.length());
    if (length > Question.maxChars(mode)) {
      throw new Problem(ProblemCode.QUESTION_TOO_LONG, Question.maxChars(mode), length);
    }
    return text;
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private int topK(Value value) {
    Phrase rule = ServerText.of("rule.integer-from-one", SearchConfig.MAX_TOP_K);
    BigDecimal most = BigDecimal.valueOf(SearchConfig.MAX_TOP_K);
    if (value instanceof Value.Num number
        && number.value().compareTo(BigDecimal.ONE) >= 0
        && number.value().compareTo(most) <= 0
        && number.value().remainder(BigDecimal.ONE).signum() == 0) {
      return number.value().intValueExact();
    }
    throw outOfRange("top_k", rule, value);
  }

  private static Mode mode(Value value) {
    return switch (text(value, "mode")) {
      case "answer" -> Mode.ANSWER;
      case "passages" -> Mode.PASSAGES;
      case "chat" -> Mode.CHAT;
      default -> throw outOfRange("mode", ServerText.of("rule.mode"), value);
    };
  }

  private static boolean bool(Value value, String name) {
    if (value instanceof Value.Bool bool) {
      return bool.value();
    }
    throw outOfRange(name, ServerText.of("rule.true-false-or-null"), value);
  }

  private static String text(Value value, String name) {
    if (value instanceof Value.Text text) {
      return text.value();
    }
    throw outOfRange(name, ServerText.of("rule.string"), value);
  }

  private static String text(Value value, String name, int maxChars) {
    String text = text(value, name);
    if (text.length() > maxChars) {
      throw outOfRange(name, ServerText.of("rule.characters", maxChars), value);
    }
    return text;
  }

  private static Filter filter(Value value) {
    if (!(value instanceof Value.Fields fields)) {
      throw outOfRange("filter", ServerText.of("rule.object"), value);
    }
    refuseUnknown(fields, FILTER_FIELDS, "filter.");
    List<Filter> all = new ArrayList<>();
    listed(fields, "sources", MAX_NAME_CHARS, Function.identity())
        .map(names -> names.stream().<Filter>map(Filter.Source::new).toList())
        .ifPresent(sources -> all.add(new Filter.AnyOf(sources)));
    optional(fields, "path_prefix")
        .map(v -> text(v, "filter.path_prefix", Filter.MAX_PATH_CHARS))
        .ifPresent(prefix -> all.add(new Filter.PathPrefix(prefix)));
    listed(fields, "paths", Filter.MAX_PATH_CHARS, Function.identity())
        .ifPresent(p -> all.add(new Filter.Paths(p)));
    listed(fields, "document_ids", MAX_NAME_CHARS, QuestionReader::documentId)
        .ifPresent(ids -> all.add(new Filter.Documents(ids)));
    listed(fields, "media_types", MAX_NAME_CHARS, Function.identity())
        .ifPresent(types -> all.add(new Filter.MediaTypes(types)));
    Optional<Instant> after = instant(fields, "modified_after");
    Optional<Instant> before = instant(fields, "modified_before");
    if (after.isPresent() || before.isPresent()) {
      all.add(new Filter.Modified(after, before));
    }
    return new Filter.AllOf(all);
  }

  /** An empty list filters nothing: clients send one where nothing was chosen. */
  private static <T> Optional<Set<T>> listed(
      Value.Fields fields, String name, int maxChars, Function<String, T> read) {
    Optional<Value> value = optional(fields, name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    String path = "filter." + name;
    if (!(value.get() instanceof Value.Items items) || items.values().size() > MAX_LISTED) {
      throw outOfRange(path, ServerText.of("rule.strings", MAX_LISTED), value.get());
    }
    if (items.values().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        items.values().stream()
            .map(item -> read.apply(text(item, path, maxChars)))
            .collect(Collectors.toCollection(LinkedHashSet::new)));
  }

  private static DocumentId documentId(String value) {
    if (!DocumentId.isWellFormed(value)) {
      throw outOfRange(
          "filter.document_ids", ServerText.of("rule.document-ids"), new Value.Text(value));
    }
    return new DocumentId(value);
  }

  private static Optional<Instant> instant(Value.Fields fields, String name) {
    return optional(fields, name)
        .map(
            value -> {
              String text = text(value, "filter." + name);
              try {
                return Instant.parse(text);
              } catch (DateTimeParseException e) {
                throw outOfRange("filter." + name, ServerText.of("rule.time"), value);
              }
            });
  }

  private static List<Turn> turns(Value value) {
    if (!(value instanceof Value.Items items) || items.values().size() > Question.MAX_TURNS) {
      throw outOfRange("conversation", ServerText.of("rule.turns", Question.MAX_TURNS), value);
    }
    return items.values().stream().map(QuestionReader::turn).toList();
  }

  private static Turn turn(Value value) {
    if (!(value instanceof Value.Fields fields)) {
      throw outOfRange("conversation", ServerText.of("rule.objects"), value);
    }
    refuseUnknown(fields, TURN_FIELDS, "conversation.");
    Value role = required(fields, "role");
    String content = text(required(fields, "content"), "conversation.content");
    if (content.codePointCount(0, content.length()) > Question.MAX_TURN_CHARS) {
      throw outOfRange(
          "conversation.content",
          ServerText.of("rule.turn-characters", Question.MAX_TURN_CHARS),
          required(fields, "content"));
    }
    return new Turn(role(role), content);
  }

  private static Value required(Value.Fields fields, String name) {
    return optional(fields, name)
        .orElseThrow(
            () ->
                outOfRange("conversation." + name, ServerText.of("rule.given"), new Value.Null()));
  }

  private static Turn.Role role(Value value) {
    return switch (text(value, "conversation.role")) {
      case "user" -> Turn.Role.USER;
      case "assistant" -> Turn.Role.ASSISTANT;
      default -> throw outOfRange("conversation.role", ServerText.of("rule.turn-role"), value);
    };
  }

  private static Problem outOfRange(String field, Phrase rule, Value value) {
    String got = shown(value);
    return new Problem(ProblemCode.VALUE_OUT_OF_RANGE, field, ServerText.of("rule.got", rule, got));
  }

  private static String shown(Value value) {
    return switch (value) {
      case Value.Null none -> "null";
      case Value.Bool bool -> Boolean.toString(bool.value());
      case Value.Num number -> number.value().toString();
      case Value.Text text -> "\"" + shorten(text.value()) + "\"";
      case Value.Items items -> "[" + items.values().size() + "]";
      case Value.Fields fields -> "{" + fields.values().size() + "}";
    };
  }

  private static String shorten(String text) {
    String line = text.replaceAll("\\p{Cntrl}|\\p{Cf}", " ");
    return line.length() <= MAX_SHOWN
        ? line
        : line.substring(0, line.offsetByCodePoints(0, MAX_SHOWN / 2)) + "…";
  }
}
