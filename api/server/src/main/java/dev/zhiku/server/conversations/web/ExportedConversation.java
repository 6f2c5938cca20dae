package dev.zhiku.server.conversations.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.server.conversations.KeptTurn;
import dev.zhiku.server.query.QueryResponse;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/**
 * A conversation as a file, to be brought in again here or elsewhere.
 *
 * @param format always {@code zhiku-conversation-1}
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record ExportedConversation(String format, String title, List<ExportedTurn> turns) {
  static final String FORMAT = "zhiku-conversation-1";

  /**
   * A question and what became of it.
   *
   * @param response the answer of POST /query
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "ExportedTurn")
  record ExportedTurn(
      String mode,
      String question,
      String status,
      Instant askedAt,
      String answer,
      @Nullable @Schema(implementation = QueryResponse.class) JsonNode response,
      TurnView.@Nullable ProblemView problem,
      TurnView.@Nullable RatingView rating) {}

  /** What a running answer is in a file, which it does not go on in. */
  static String status(KeptTurn turn) {
    return turn.status().equals(KeptTurn.RUNNING) ? KeptTurn.STOPPED : turn.status();
  }
}
