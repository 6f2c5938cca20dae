package dev.zhiku.server.documents;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import java.util.Optional;

/**
 * A part of the list of documents, ordered by source and path.
 *
 * @param nextCursor for the next part; null on the last
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record DocumentPage(List<DocumentView> items, Optional<String> nextCursor) {
  DocumentPage {
    items = List.copyOf(items);
  }
}
