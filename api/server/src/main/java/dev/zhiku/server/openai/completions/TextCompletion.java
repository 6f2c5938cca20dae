package dev.zhiku.server.openai.completions;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.server.openai.OpenAiReply;
import dev.zhiku.server.openai.OpenAiReply.Ending;
import dev.zhiku.server.openai.Usage;
import dev.zhiku.server.query.QueryResponse;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/**
 * A completion of a prompt, or a part of one that streams. Status, citations and warnings, which
 * are this service's own, come with the reason why it finished.
 *
 * @param object always {@code text_completion}
 * @param created seconds since 1970
 * @param model which one answered
 * @param choices one, or none beside the usage of a stream
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "TextCompletion")
record TextCompletion(
    String id,
    String object,
    long created,
    String model,
    List<Choice> choices,
    Optional<Usage> usage,
    Optional<String> status,
    Optional<List<QueryResponse.Citation>> citations,
    Optional<List<QueryResponse.Warning>> warnings) {
  private static final String OBJECT = "text_completion";

  TextCompletion {
    choices = List.copyOf(choices);
  }

  /**
   * The one answer.
   *
   * @param text what is new of it
   * @param index always 0
   * @param logprobs always null
   * @param finishReason {@code stop} or {@code length}; null but at its end
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "TextCompletionChoice")
  record Choice(String text, int index, Optional<String> logprobs, Optional<String> finishReason) {}

  /** A part of the text. */
  static TextCompletion part(OpenAiReply reply, String text) {
    return new TextCompletion(
        reply.id(),
        OBJECT,
        reply.created(),
        reply.model(),
        List.of(new Choice(text, 0, Optional.empty(), Optional.empty())),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * The end of it: all of it, or the rest where it streams.
   *
   * @param usage counts, where they belong to this part
   */
  static TextCompletion end(OpenAiReply reply, Ending.Said said, Optional<Usage> usage) {
    return new TextCompletion(
        reply.id(),
        OBJECT,
        reply.created(),
        reply.model(),
        List.of(new Choice(said.rest(), 0, Optional.empty(), Optional.of(said.finishReason()))),
        usage,
        Optional.of(said.status()),
        Optional.of(said.citations()),
        Optional.of(said.warnings()));
  }

  /** What was counted, behind the last part of a stream. */
  static TextCompletion counted(OpenAiReply reply, Usage usage) {
    return new TextCompletion(
        reply.id(),
        OBJECT,
        reply.created(),
        reply.model(),
        List.of(),
        Optional.of(usage),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
