package dev.zhiku.server.openai.responses;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.answering.chat.Handover.Format;
import dev.zhiku.server.http.JsonText;
import dev.zhiku.server.openai.Usage;
import dev.zhiku.server.query.QueryResponse;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An answer. The last three fields are this service's own.
 *
 * @param object always {@code response}
 * @param createdAt seconds since 1970
 * @param status {@code in_progress}, {@code completed}, {@code incomplete} or {@code failed}
 * @param error why it failed
 * @param incompleteDetails why it is incomplete
 * @param model that answered
 * @param output reasoning, if there was any, and the answer
 * @param tools always empty: this service calls none
 * @param answerStatus {@code answered} or {@code no_evidence}; null before the end
 * @param citations where the statements of the answer can be checked
 * @param warnings what is to be known beside the answer
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Response")
record ResponseView(
    String id,
    String object,
    long createdAt,
    String status,
    Optional<Failure> error,
    Optional<Incomplete> incompleteDetails,
    Optional<String> instructions,
    Optional<Integer> maxOutputTokens,
    Map<String, String> metadata,
    String model,
    List<ResponseItem> output,
    boolean parallelToolCalls,
    Optional<String> previousResponseId,
    boolean store,
    Optional<Double> temperature,
    TextConfig text,
    String toolChoice,
    List<String> tools,
    Optional<Double> topP,
    String truncation,
    Optional<Use> usage,
    Optional<String> answerStatus,
    List<QueryResponse.Citation> citations,
    List<QueryResponse.Warning> warnings) {
  ResponseView {
    metadata = Map.copyOf(metadata);
    output = List.copyOf(output);
    tools = List.copyOf(tools);
    citations = List.copyOf(citations);
    warnings = List.copyOf(warnings);
  }

  /** What went wrong. */
  @Serdeable
  @Schema(name = "ResponseFailure")
  record Failure(String code, String message) {}

  /**
   * What is missing.
   *
   * @param reason always {@code max_output_tokens}
   */
  @Serdeable
  @Schema(name = "ResponseIncomplete")
  record Incomplete(String reason) {}

  /** The form of the answer. */
  @Serdeable
  @Schema(name = "ResponseTextConfig")
  record TextConfig(TextFormat format) {
    static TextConfig of(Format format) {
      return new TextConfig(
          switch (format) {
            case Format.Text plain -> TextFormat.of("text");
            case Format.JsonObject any -> TextFormat.of("json_object");
            case Format.JsonSchema by ->
                new TextFormat(
                    "json_schema",
                    Optional.of(by.name()),
                    Optional.of(JsonText.fields(by.schema())),
                    Optional.of(by.strict()));
          });
    }
  }

  /**
   * The form of a text.
   *
   * @param type {@code text}, {@code json_object} or {@code json_schema}
   * @param name of the schema
   * @param schema that the text follows
   * @param strict as the client gave it
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  @Schema(name = "ResponseTextFormat")
  record TextFormat(
      String type,
      Optional<String> name,
      Optional<Map<String, Object>> schema,
      Optional<Boolean> strict) {
    private static TextFormat of(String type) {
      return new TextFormat(type, Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  /** Tokens, as the model counted them or estimated; of quoted answers, characters. */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @Schema(name = "ResponseUsage")
  record Use(
      int inputTokens,
      Cached inputTokensDetails,
      int outputTokens,
      Thought outputTokensDetails,
      int totalTokens) {
    static Use of(Usage usage) {
      return new Use(
          usage.promptTokens(),
          new Cached(0, 0),
          usage.completionTokens(),
          new Thought(0),
          usage.totalTokens());
    }
  }

  /** Tokens that did not have to be read; not known here. */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @Schema(name = "ResponseUsageCached")
  record Cached(int cachedTokens, int cacheWriteTokens) {}

  /** Tokens of reasoning, which are counted with the answer here. */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @Schema(name = "ResponseUsageReasoning")
  record Thought(int reasoningTokens) {}
}
