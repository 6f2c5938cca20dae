package dev.zhiku.server.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.answering.answer.AnswerEvent;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;

/**
 * An event of {@code POST /query} as it goes over the wire.
 *
 * @param data written as JSON
 */
record QueryEvent(String name, Object data) {
  /** Data of {@code retrieved}. */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Retrieved(String id, List<QueryResponse.Passage> passages) {
    Retrieved {
      passages = List.copyOf(passages);
    }
  }

  /** Data of {@code queued}. */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Queued(int position) {}

  /** Data of {@code progress}. */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Progress(int read, int of) {}

  /** Data of {@code reasoning} and of {@code text}. */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Part(String text) {}

  /** Data of {@code withdrawn}: nothing. */
  @Serdeable
  record Withdrawn() {}

  /** Data of {@code unsupported}. */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Unsupported(int position) {}

  /** Data of {@code failed}. */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Failed(String id, String code, String detail, String remedy, boolean retryable) {}

  static QueryEvent of(AnswerEvent event) {
    return switch (event) {
      case AnswerEvent.Retrieved found ->
          new QueryEvent(
              "retrieved", new Retrieved(found.id(), WireMapping.passages(found.passages())));
      case AnswerEvent.Queued queued -> new QueryEvent("queued", new Queued(queued.position()));
      case AnswerEvent.Progress progress ->
          new QueryEvent("progress", new Progress(progress.read(), progress.of()));
      case AnswerEvent.Reasoning part -> new QueryEvent("reasoning", new Part(part.text()));
      case AnswerEvent.Text part -> new QueryEvent("text", new Part(part.text()));
      case AnswerEvent.Withdrawn nothing -> new QueryEvent("withdrawn", new Withdrawn());
      case AnswerEvent.Unsupported place ->
          new QueryEvent("unsupported", new Unsupported(place.position()));
      case AnswerEvent.Answered end ->
          new QueryEvent("answered", WireMapping.response(end.answer()));
      case AnswerEvent.NoEvidence end ->
          new QueryEvent("no_evidence", WireMapping.response(end.answer()));
      case AnswerEvent.PassagesOnly end ->
          new QueryEvent("passages", WireMapping.response(end.answer()));
      case AnswerEvent.Failed end -> new QueryEvent("failed", failed(end));
    };
  }

  private static Failed failed(AnswerEvent.Failed end) {
    return new Failed(
        end.id(), end.code().wireName(), end.detail(), end.remedy(), end.code().isRetryable());
  }
}
