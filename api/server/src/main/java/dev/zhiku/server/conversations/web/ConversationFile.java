package dev.zhiku.server.conversations.web;

import dev.zhiku.answering.answer.Question;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.server.conversations.Conversation;
import dev.zhiku.server.conversations.KeptTurn;
import dev.zhiku.server.conversations.web.ExportedConversation.ExportedTurn;
import dev.zhiku.server.http.JsonFields;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.query.QueryResponse;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Conversations as files of JSON, written and read. Thread-safe. */
@Singleton
final class ConversationFile {
  /** Largest file that is read, in bytes. */
  static final int MAX_BYTES = 8 * 1_024 * 1_024;

  private static final Set<String> MODES = Set.of("answer", "passages", "chat");
  private static final Set<String> ENDS =
      Set.of("answered", "no_evidence", "passages", KeptTurn.STOPPED, KeptTurn.FAILED);

  private final TurnViews views;
  private final JsonMapper json;

  ConversationFile(TurnViews views, JsonMapper json) {
    this.views = views;
    this.json = json;
  }

  /** What was read. */
  record Read(String title, List<KeptTurn> turns) {}

  ExportedConversation write(Conversation conversation, List<KeptTurn> turns) {
    return new ExportedConversation(
        ExportedConversation.FORMAT,
        conversation.title(),
        turns.stream().map(this::exported).toList());
  }

  private ExportedTurn exported(KeptTurn turn) {
    return new ExportedTurn(
        turn.mode(),
        turn.question(),
        ExportedConversation.status(turn),
        turn.askedAt(),
        turn.answer(),
        views.response(turn).orElse(null),
        TurnView.ProblemView.of(turn),
        TurnView.RatingView.of(turn));
  }

  /**
   * Reads a file; what is none, or holds more than a conversation has, is refused whole.
   *
   * @throws Problem if it is not as {@link #write} makes it
   */
  Read read(byte[] body) {
    JsonFields.of(body).only(ExportedConversation.class);
    try {
      ExportedConversation file = json.readValue(body, ExportedConversation.class);
      if (!file.format().equals(ExportedConversation.FORMAT)
          || file.title().length() > Conversation.MAX_TITLE) {
        throw refusal();
      }
      List<ExportedTurn> turns = file.turns();
      return new Read(
          file.title(),
          IntStream.range(0, turns.size()).mapToObj(i -> turn(i + 1, turns.get(i))).toList());
    } catch (IOException | RuntimeException e) {
      throw e instanceof Problem known ? known : refusal();
    }
  }

  private KeptTurn turn(int number, ExportedTurn turn) {
    if (!MODES.contains(turn.mode())
        || !ENDS.contains(turn.status())
        || turn.question().isBlank()
        || turn.question().codePointCount(0, turn.question().length()) > Question.MAX_TURN_CHARS) {
      throw refusal();
    }
    return new KeptTurn(
        number,
        "imported",
        turn.mode(),
        turn.question(),
        turn.status(),
        turn.askedAt(),
        turn.answer(),
        checked(turn.response()),
        Optional.ofNullable(turn.problem())
            .map(
                why ->
                    new KeptTurn.Failure(why.code(), why.detail(), why.remedy(), why.retryable())),
        Optional.ofNullable(turn.rating()).flatMap(Ratings::of),
        List.of());
  }

  /** The answer written anew from the fields that an answer has. */
  private Optional<String> checked(@Nullable JsonNode response) {
    if (response == null || response.isNull()) {
      return Optional.empty();
    }
    try {
      QueryResponse known = json.readValue(json.writeValueAsString(response), QueryResponse.class);
      return Optional.of(json.writeValueAsString(known));
    } catch (IOException e) {
      throw refusal();
    }
  }

  private static Problem refusal() {
    return new Problem(
        ProblemCode.VALUE_OUT_OF_RANGE, "body", ServerText.of("rule.conversation-file"));
  }
}
