package dev.zhiku.server.conversations.jdbc;

import dev.zhiku.server.conversations.Conversation;
import dev.zhiku.server.conversations.KeptTurn;
import dev.zhiku.server.conversations.SearchWords;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What conversations and turns are in rows. Pure. */
final class Rows {
  /** Most characters of a text that a column holds. */
  private static final int MAX_TEXT = 1_000_000;

  private static final int MAX_DETAIL = 4_000;
  private static final int MAX_DOCUMENTS = 4_000;

  private Rows() {}

  static String turnId(String conversation, int place) {
    return conversation + "/" + place;
  }

  /** The pattern that finds a word anywhere; {@code !} stands before signs meant as they are. */
  static String pattern(String word) {
    return "%" + word.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
  }

  static Conversation conversation(ConversationRow row) {
    return new Conversation(
        row.id(),
        row.title(),
        row.pinned() > 0,
        Instant.ofEpochMilli(row.createdMs()),
        Instant.ofEpochMilli(row.changedMs()),
        row.turns());
  }

  static ConversationRow changed(ConversationRow row, String title, boolean pinned) {
    return new ConversationRow(
        row.id(),
        row.owner(),
        title,
        SearchWords.fold(title),
        pinned ? 1 : 0,
        row.createdMs(),
        row.changedMs(),
        row.turns(),
        row.bytes());
  }

  static ConversationRow asked(ConversationRow row, String title, Instant at) {
    ConversationRow named = changed(row, title, row.pinned() > 0);
    return new ConversationRow(
        row.id(),
        row.owner(),
        title,
        named.words(),
        row.pinned(),
        row.createdMs(),
        Math.max(row.changedMs(), at.toEpochMilli()),
        row.turns(),
        row.bytes());
  }

  static ConversationRow counted(ConversationRow row, int turns, long bytes) {
    return new ConversationRow(
        row.id(),
        row.owner(),
        row.title(),
        row.words(),
        row.pinned(),
        row.createdMs(),
        row.changedMs(),
        turns,
        bytes);
  }

  static KeptTurn turn(TurnRow row) {
    return new KeptTurn(
        row.place(),
        row.queryId(),
        row.mode(),
        row.question(),
        row.status(),
        Instant.ofEpochMilli(row.askedMs()),
        row.answer(),
        Optional.ofNullable(row.response()),
        Optional.ofNullable(row.failureCode())
            .map(
                code ->
                    new KeptTurn.Failure(
                        code,
                        Optional.ofNullable(row.failureDetail()).orElse(""),
                        Optional.ofNullable(row.failureRemedy()).orElse(""),
                        row.failureRetryable())),
        row.rating() == 0
            ? Optional.empty()
            : Optional.of(new KeptTurn.Rating(row.rating() > 0, row.ratingComment())),
        row.documents().isEmpty() ? List.of() : List.of(row.documents().split(" ")));
  }

  static TurnRow row(String conversation, KeptTurn turn) {
    Optional<KeptTurn.Failure> failure = turn.failure();
    TurnRow row =
        new TurnRow(
            turnId(conversation, turn.number()),
            conversation,
            turn.number(),
            turn.queryId(),
            turn.mode(),
            turn.question(),
            turn.status(),
            turn.askedAt().toEpochMilli(),
            cut(turn.answer(), MAX_TEXT),
            turn.response().filter(json -> json.length() <= MAX_TEXT).orElse(null),
            failure.map(KeptTurn.Failure::code).orElse(null),
            failure.map(why -> cut(why.detail(), MAX_DETAIL)).orElse(null),
            failure.map(why -> cut(why.remedy(), MAX_DETAIL)).orElse(null),
            failure.map(KeptTurn.Failure::retryable).orElse(false),
            0,
            "",
            cut(SearchWords.fold(turn.question() + "\n" + turn.answer()), MAX_TEXT),
            turn.size(),
            cut(String.join(" ", turn.documents()), MAX_DOCUMENTS));
    return rated(row, turn.rating());
  }

  static TurnRow rated(TurnRow row, Optional<KeptTurn.Rating> rating) {
    return new TurnRow(
        row.id(),
        row.conversationId(),
        row.place(),
        row.queryId(),
        row.mode(),
        row.question(),
        row.status(),
        row.askedMs(),
        row.answer(),
        row.response(),
        row.failureCode(),
        row.failureDetail(),
        row.failureRemedy(),
        row.failureRetryable(),
        rating.map(said -> said.good() ? 1 : -1).orElse(0),
        rating.map(KeptTurn.Rating::comment).orElse(""),
        row.words(),
        row.bytes(),
        row.documents());
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }
}
