package dev.zhiku.ingest.catalog.jdbc;

import dev.zhiku.ingest.catalog.HashRound;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/** A row of {@code hash_rounds}. */
@MappedEntity(value = "hash_rounds", escape = false)
record HashRoundRow(@Id String source, String path, long startedMs, boolean done) {
  static HashRoundRow of(HashRound round) {
    return new HashRoundRow(
        round.source(), round.path(), round.startedAt().toEpochMilli(), round.done());
  }

  HashRound hashRound() {
    return new HashRound(source, path, Instant.ofEpochMilli(startedMs), done);
  }
}
