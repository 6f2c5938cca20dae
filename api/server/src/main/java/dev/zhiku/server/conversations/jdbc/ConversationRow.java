package dev.zhiku.server.conversations.jdbc;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** A row of {@code conversations}. */
@MappedEntity(value = "conversations", escape = false)
record ConversationRow(
    @Id String id,
    String owner,
    String title,
    String words,
    int pinned,
    long createdMs,
    long changedMs,
    int turns,
    long bytes) {}
