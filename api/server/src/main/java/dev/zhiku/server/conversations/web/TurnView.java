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
 * A question of a conversation and what became of it.
 *
 * @param number place in the conversation, from 1
 * @param queryId under which {@code GET /query/{id}/events} follows it while it is running
 * @param mode answer, passages or chat
 * @param status running, answered, no_evidence, passages, stopped or failed
 * @param answer its words so far as there are any
 * @param response the answer of POST /query as it was given then; null where it broke off
 * @param problem why it broke off
 * @param rating what its asker thinks of it
 * @param changedSources files it cites that are not what they were when it was given
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "ConversationTurn")
record TurnView(
    int number,
    String queryId,
    String mode,
    String question,
    String status,
    Instant askedAt,
    String answer,
    @Nullable @Schema(implementation = QueryResponse.class) JsonNode response,
    @Nullable ProblemView problem,
    @Nullable RatingView rating,
    List<ChangedSource> changedSources) {

  /** Why an answer broke off. */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "ConversationProblem")
  record ProblemView(String code, String detail, String remedy, boolean retryable) {
    static @Nullable ProblemView of(KeptTurn turn) {
      return turn.failure()
          .map(why -> new ProblemView(why.code(), why.detail(), why.remedy(), why.retryable()))
          .orElse(null);
    }
  }

  /**
   * What its asker thinks of an answer.
   *
   * @param rating up or down; null takes it back
   * @param comment why, at most 2,000 characters
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "ConversationRating")
  record RatingView(@Nullable String rating, @Nullable String comment) {
    static final String UP = "up";
    static final String DOWN = "down";

    static @Nullable RatingView of(KeptTurn turn) {
      return turn.rating()
          .map(said -> new RatingView(said.good() ? UP : DOWN, said.comment()))
          .orElse(null);
    }
  }

  /**
   * A cited file that is not what it was.
   *
   * @param state changed, or gone where there is no such file for the asker any more, or erased
   *     where what was said from it went with it
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @Schema(name = "ChangedSource")
  record ChangedSource(String documentId, String name, String state) {}
}
