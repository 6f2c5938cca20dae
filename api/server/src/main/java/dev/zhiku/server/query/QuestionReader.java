package dev.zhiku.server.query;

import dev.zhiku.answering.answer.Question;
import dev.zhiku.answering.answer.Question.Mode;
import dev.zhiku.answering.chat.Turn;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import dev.zhiku.server.http.JsonFields;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.http.StrictJson.Value;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the body of {@code POST /query} strictly: what is unknown, of another type or out of range
 * is refused by name. Thread-safe.
 */
public final class QuestionReader {
  /** Largest body, in bytes. */
  public static final int MAX_BODY_BYTES = 512 * 1024;

  /** Most entries in one list of a filter. */
  static final int MAX_LISTED = 1_000;

  /** Longest name of a source and longest media type in a filter, in characters. */
  static final int MAX_NAME_CHARS = 200;

  private final SearchConfig search;
  private final AnswerConfig answers;

  public QuestionReader(SearchConfig search, AnswerConfig answers) {
    this.search = search;
    this.answers = answers;
  }

  /**
   * What was asked.
   *
   * @param detach the answer goes on when the client leaves
   * @param in the conversation that the service keeps it in
   */
  record Asked(Question question, boolean detach, Optional<InConversation> in) {
    /** The question with what was said before it. */
    Question after(List<Turn> turns) {
      return new Question(
          question.text(),
          question.topK(),
          question.mode(),
          question.reasoning(),
          question.filter(),
          turns,
          question.locale(),
          question.wishes());
    }
  }

  /**
   * Where in a conversation that is kept a question stands.
   *
   * @param from number of the turn whose place it takes, with all that follow; empty at the end
   */
  record InConversation(String id, OptionalInt from) {}

  /**
   * @param locale language of warnings
   * @throws Problem naming the field, the rule and the value
   */
  Asked read(byte[] body, Locale locale) {
    JsonFields fields = JsonFields.of(body).only(QuestionBody.class);
    Mode mode = fields.text("mode").map(text -> mode(fields, text)).orElse(Mode.ANSWER);
    return new Asked(
        question(fields, mode, locale), fields.bool("detach").orElse(false), kept(fields));
  }

  /**
   * What is asked by fields of the same names and meanings, of which any may be absent but the
   * question.
   *
   * @param locale language of warnings
   * @throws Problem naming the field, the rule and the value
   */
  public Question question(JsonFields fields, Mode mode, Locale locale) {
    return new Question(
        question(fields, mode),
        fields.integer("top_k", 1, SearchConfig.MAX_TOP_K).orElse(search.topK()),
        mode,
        fields.bool("reasoning").orElse(answers.reasoning()),
        filter(fields),
        turns(fields),
        locale);
  }

  private static Optional<InConversation> kept(JsonFields fields) {
    Optional<String> id = fields.text("conversation_id", MAX_NAME_CHARS);
    Optional<Integer> from = fields.integer("replace_from", 1, Integer.MAX_VALUE);
    if (id.isPresent() && fields.value("conversation").isPresent()) {
      throw fields.refusal("conversation", ServerText.of("rule.no-conversation"));
    }
    if (id.isEmpty() && from.isPresent()) {
      throw fields.refusal("replace_from", ServerText.of("rule.no-replace-from"));
    }
    return id.map(
        known -> new InConversation(known, from.map(OptionalInt::of).orElse(OptionalInt.empty())));
  }

  /** The documents that the field {@code filter} lets through; every document without it. */
  public static Filter filter(JsonFields fields) {
    return fields.object("filter").map(QuestionReader::where).orElse(new Filter.All());
  }

  /** What is asked, stripped. */
  static String question(JsonFields fields, Mode mode) {
    String text = fields.text("question").orElse("").strip();
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

  private static Mode mode(JsonFields fields, String mode) {
    return switch (mode) {
      case "answer" -> Mode.ANSWER;
      case "passages" -> Mode.PASSAGES;
      case "chat" -> Mode.CHAT;
      default -> throw fields.refusal("mode", ServerText.of("rule.mode"));
    };
  }

  private static Filter where(JsonFields fields) {
    fields.only(QuestionBody.Where.class);
    List<Filter> all = new ArrayList<>();
    listed(fields, "sources", MAX_NAME_CHARS, Function.identity())
        .map(names -> names.stream().<Filter>map(Filter.Source::new).toList())
        .ifPresent(sources -> all.add(new Filter.AnyOf(sources)));
    fields
        .text("path_prefix", Filter.MAX_PATH_CHARS)
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
      JsonFields fields, String name, int maxChars, Function<String, T> read) {
    return fields
        .items(name, MAX_LISTED, () -> ServerText.of("rule.strings", MAX_LISTED))
        .filter(items -> !items.isEmpty())
        .map(
            items ->
                items.stream()
                    .map(item -> read.apply(JsonFields.text(item, "filter." + name, maxChars)))
                    .collect(Collectors.toCollection(LinkedHashSet::new)));
  }

  private static DocumentId documentId(String value) {
    if (!DocumentId.isWellFormed(value)) {
      throw JsonFields.refusal(
          "filter.document_ids", ServerText.of("rule.document-ids"), new Value.Text(value));
    }
    return new DocumentId(value);
  }

  private static Optional<Instant> instant(JsonFields fields, String name) {
    return fields
        .text(name)
        .map(
            text -> {
              try {
                return Instant.parse(text);
              } catch (DateTimeParseException e) {
                throw fields.refusal(name, ServerText.of("rule.time"));
              }
            });
  }

  private static List<Turn> turns(JsonFields fields) {
    return fields
        .items(
            "conversation",
            Question.MAX_TURNS,
            () -> ServerText.of("rule.turns", Question.MAX_TURNS))
        .map(turns -> turns.stream().map(QuestionReader::turn).toList())
        .orElse(List.of());
  }

  private static Turn turn(Value value) {
    JsonFields fields =
        JsonFields.of(value, "conversation", () -> ServerText.of("rule.objects"))
            .only(QuestionBody.Said.class);
    Turn.Role role = role(fields, JsonFields.text(fields.required("role"), "conversation.role"));
    String content = JsonFields.text(fields.required("content"), "conversation.content");
    if (content.codePointCount(0, content.length()) > Question.MAX_TURN_CHARS) {
      throw fields.refusal(
          "content", ServerText.of("rule.turn-characters", Question.MAX_TURN_CHARS));
    }
    return new Turn(role, content);
  }

  private static Turn.Role role(JsonFields fields, String role) {
    return switch (role) {
      case "user" -> Turn.Role.USER;
      case "assistant" -> Turn.Role.ASSISTANT;
      default -> throw fields.refusal("role", ServerText.of("rule.turn-role"));
    };
  }
}
