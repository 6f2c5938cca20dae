package dev.zhiku.api.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;

/**
 * What happens while a question is answered: {@link Retrieved} once, {@link Queued} for each place
 * in the line where it has to wait, any number of {@link Progress}, any number of {@link Reasoning}
 * and {@link Text}, then exactly one {@link Terminal}.
 */
public sealed interface AnswerEvent {
  /** What was found, before any word is written. */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Retrieved(String id, List<QueryResponse.Passage> passages) implements AnswerEvent {
    public Retrieved {
      passages = List.copyOf(passages);
    }
  }

  /**
   * All places are taken.
   *
   * @param position 1 for the next one to be served
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Queued(int position) implements AnswerEvent {}

  /**
   * A chosen document is being read in full, before the answer is written.
   *
   * @param read passages so far
   * @param of passages to be read
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Progress(int read, int of) implements AnswerEvent {}

  /** A part of the model's reasoning. */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Reasoning(String text) implements AnswerEvent {}

  /** A part of the answer. */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Text(String text) implements AnswerEvent {}

  /** The end. */
  sealed interface Terminal extends AnswerEvent {}

  /** An answer with its citations; without any where the model was asked alone. */
  record Answered(QueryResponse response) implements Terminal {}

  /** Nothing supports an answer. */
  record NoEvidence(QueryResponse response) implements Terminal {}

  /** Retrieval alone was asked for. */
  record PassagesOnly(QueryResponse response) implements Terminal {}

  /**
   * The generation broke off; what was written so far stands.
   *
   * @param code stable and kebab-case
   * @param detail what happened, in the asker's language
   * @param remedy what to do, in the asker's language
   * @param retryable whether asking again may help
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Failed(String id, String code, String detail, String remedy, boolean retryable)
      implements Terminal {
    /** Of HTTP, where no stream had begun: 400 where only another request helps, otherwise 502. */
    public int status() {
      return code.equals("no-model") || code.equals("prompt-too-long") ? 400 : 502;
    }
  }
}
