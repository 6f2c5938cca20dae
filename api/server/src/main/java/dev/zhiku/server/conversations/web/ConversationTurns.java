package dev.zhiku.server.conversations.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;

/**
 * A conversation with its last turns.
 *
 * @param items oldest first
 * @param more whether there are turns before these
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record ConversationTurns(ConversationView conversation, List<TurnView> items, boolean more) {}
