package dev.zhiku.server.identity.jdbc;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** A row of {@code asker_usage}. */
@MappedEntity(value = "asker_usage", escape = false)
record UsageRow(
    @Id String asker,
    long questions,
    long promptTokens,
    long completionTokens,
    @Nullable Long lastAskedMs) {}
