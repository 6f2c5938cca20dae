package dev.zhiku.server.openai;

import dev.zhiku.answering.answer.Answer;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Tokens, as the model counted them or estimated; of quoted answers, characters.
 *
 * @param completionTokens of answer and reasoning
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@Schema(name = "CompletionUsage")
public record Usage(int promptTokens, int completionTokens, int totalTokens) {
  /** Nothing was generated. */
  static final Usage NONE = new Usage(0, 0, 0);

  static Usage of(Answer.Budget budget) {
    return new Usage(
        budget.promptTokens(),
        budget.completionTokens(),
        budget.promptTokens() + budget.completionTokens());
  }
}
