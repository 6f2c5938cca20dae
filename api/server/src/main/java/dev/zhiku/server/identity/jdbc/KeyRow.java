package dev.zhiku.server.identity.jdbc;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** A row of {@code access_keys}. */
@MappedEntity(value = "access_keys", escape = false)
record KeyRow(
    @Id String id,
    String label,
    String role,
    @Nullable Long expiresMs,
    String addresses,
    @Nullable Integer questionsPerMinute,
    long createdMs,
    String createdBy,
    @Nullable Long revokedMs,
    boolean onBehalfOf) {}
