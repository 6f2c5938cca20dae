package dev.zhiku.server.conversations.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.server.conversations.Conversation;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * A conversation of the asker, without its turns.
 *
 * @param id by which it is read, and asked in
 * @param title beginning of the first question unless it was renamed
 * @param pinned whether it stands before the others and outlives them
 * @param changedAt when its last question was asked
 * @param turns questions in it
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Conversation")
record ConversationView(
    String id, String title, boolean pinned, Instant createdAt, Instant changedAt, int turns) {
  static ConversationView of(Conversation one) {
    return new ConversationView(
        one.id(), one.title(), one.pinned(), one.createdAt(), one.changedAt(), one.turns());
  }
}
