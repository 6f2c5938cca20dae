package dev.zhiku.server.conversations.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/**
 * A part of the asker's conversations: pinned ones, then the newest.
 *
 * @param nextCursor for the next part; null on the last
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Conversations")
record ConversationPage(List<ConversationView> items, Optional<String> nextCursor) {}
