package dev.zhiku.server.identity.jdbc.rules;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** A row of {@code access_groups}. */
@MappedEntity(value = "access_groups", escape = false)
record GroupRow(@Id String name) {}
