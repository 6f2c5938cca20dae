package dev.zhiku.server.query;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * A question; a field that is not named here is refused.
 *
 * @param question what is asked, 1 to 4,096 characters; 20,000 where the model is talked to alone
 * @param topK passages that may be used, 1 to 20; 6 if absent
 * @param mode {@code answer} (if absent), {@code passages}, or {@code chat} for the model alone
 * @param reasoning whether the model may reason before it answers; as {@code
 *     zhiku.generator.reasoning} says if absent
 * @param filter where to look; everywhere if absent
 * @param conversation earlier turns, oldest first, at most 50
 * @param conversationId the conversation that the service keeps the question in, and whose turns it
 *     follows, in place of {@code conversation}
 * @param replaceFrom number of the turn whose place it takes in that conversation, with all that
 *     follow; at the end if absent
 * @param detach whether the answer goes on when the client leaves
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@Schema(name = "Question")
record QuestionBody(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, minLength = 1) String question,
    @Nullable @Schema(minimum = "1", maximum = "20") Integer topK,
    @Nullable @Schema(pattern = "answer|passages|chat") String mode,
    @Nullable Boolean reasoning,
    @Nullable Where filter,
    @Nullable List<Said> conversation,
    @Nullable @Schema(pattern = "c_[0-9a-f]{24}") String conversationId,
    @Nullable @Schema(minimum = "1") Integer replaceFrom,
    @Nullable Boolean detach) {

  /** Where to look: a passage has to meet every condition that is given, one of each list. */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @Schema(name = "QuestionFilter")
  record Where(
      @Nullable List<String> sources,
      @Nullable String pathPrefix,
      @Nullable List<String> paths,
      @Nullable List<String> documentIds,
      @Nullable List<String> mediaTypes,
      @Nullable @Schema(format = "date-time") String modifiedAfter,
      @Nullable @Schema(format = "date-time") String modifiedBefore) {}

  /** An earlier turn. */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @Schema(name = "QuestionTurn")
  record Said(@Schema(pattern = "user|assistant") String role, String content) {}
}
