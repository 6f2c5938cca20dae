package dev.zhiku.server.identity.jdbc;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** A row of {@code access_changes}. */
@MappedEntity(value = "access_changes", escape = false)
record ChangeRow(@Id long seq, long atMs, String who, String what, String subject, String detail) {}
