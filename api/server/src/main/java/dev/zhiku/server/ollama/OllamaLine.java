package dev.zhiku.server.ollama;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.server.query.QueryResponse;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An answer of {@code /api/chat} or {@code /api/generate}, or a part of one that streams. Durations
 * are nanoseconds. The last three fields are this service's own.
 *
 * @param model that answered
 * @param message of a chat
 * @param response of a generation
 * @param thinking of a generation
 * @param done whether it is the last part
 * @param doneReason {@code stop}, {@code length}, or {@code load} where nothing was asked
 * @param totalDuration from the request to the end
 * @param loadDuration always 0
 * @param promptEvalCount tokens of the prompt; 0 where nothing was generated
 * @param promptEvalDuration to the first word: searching and reading
 * @param evalCount tokens of the answer; of quoted answers, characters
 * @param evalDuration from the first word on
 * @param status {@code answered} or {@code no_evidence}
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "OllamaAnswer")
record OllamaLine(
    String model,
    Instant createdAt,
    Optional<Said> message,
    Optional<String> response,
    Optional<String> thinking,
    boolean done,
    Optional<String> doneReason,
    Optional<Long> totalDuration,
    Optional<Long> loadDuration,
    Optional<Integer> promptEvalCount,
    Optional<Long> promptEvalDuration,
    Optional<Integer> evalCount,
    Optional<Long> evalDuration,
    Optional<String> status,
    Optional<List<QueryResponse.Citation>> citations,
    Optional<List<QueryResponse.Warning>> warnings) {

  /**
   * What was said.
   *
   * @param role always {@code assistant}
   * @param thinking what the model thought first
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  @Schema(name = "OllamaMessage")
  record Said(String role, String content, Optional<String> thinking) {}
}
