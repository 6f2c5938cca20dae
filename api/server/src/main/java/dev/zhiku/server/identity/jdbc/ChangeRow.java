package dev.zhiku.server.identity.jdbc;

import dev.zhiku.server.identity.Change;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/** A row of {@code access_changes}. */
@MappedEntity(value = "access_changes", escape = false)
record ChangeRow(@Id long seq, long atMs, String who, String what, String subject, String detail) {
  Change change() {
    return new Change(Instant.ofEpochMilli(atMs), who, what, subject, detail);
  }
}
