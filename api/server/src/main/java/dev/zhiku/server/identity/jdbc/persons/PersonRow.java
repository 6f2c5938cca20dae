package dev.zhiku.server.identity.jdbc.persons;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** A row of {@code persons}. */
@MappedEntity(value = "persons", escape = false)
record PersonRow(
    @Id String id,
    String name,
    String role,
    long createdMs,
    String createdBy,
    @Nullable Long removedMs) {}
