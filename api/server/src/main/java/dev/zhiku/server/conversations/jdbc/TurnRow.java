package dev.zhiku.server.conversations.jdbc;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/**
 * A row of {@code conversation_turns}.
 *
 * @param documents ids with a space between
 * @param rating 1 of use, -1 of none, 0 unsaid
 */
@MappedEntity(value = "conversation_turns", escape = false)
record TurnRow(
    @Id String id,
    String conversationId,
    int place,
    String queryId,
    String mode,
    String question,
    String status,
    long askedMs,
    String answer,
    @Nullable String response,
    @Nullable String failureCode,
    @Nullable String failureDetail,
    @Nullable String failureRemedy,
    boolean failureRetryable,
    int rating,
    String ratingComment,
    String words,
    long bytes,
    String documents) {}
