package dev.zhiku.server.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;

/**
 * A detached query that has not ended.
 *
 * @param status always {@code running}
 * @param answer what is written so far
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record RunningAnswer(
    String id, String status, String answer, List<QueryResponse.Passage> passages) {
  RunningAnswer {
    passages = List.copyOf(passages);
  }
}
