package dev.zhiku.server.openai.responses;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/**
 * A part of what was put out: the answer, or what the model thought first.
 *
 * @param type {@code message} or {@code reasoning}
 * @param status {@code in_progress}, {@code completed} or {@code incomplete}
 * @param role of a message, {@code assistant}
 * @param summary of reasoning, always empty
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "ResponseItem")
record ResponseItem(
    String id,
    String type,
    String status,
    Optional<String> role,
    List<Part> content,
    Optional<List<String>> summary) {
  ResponseItem {
    content = List.copyOf(content);
  }

  /**
   * Text.
   *
   * @param type {@code output_text} or {@code reasoning_text}
   * @param annotations of an answer, where it cites
   * @param logprobs of an answer, always empty
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  @Schema(name = "ResponseText")
  record Part(
      String type,
      String text,
      Optional<List<Annotation>> annotations,
      Optional<List<String>> logprobs) {
    static Part answer(String text, List<Annotation> annotations) {
      return new Part("output_text", text, Optional.of(annotations), Optional.of(List.of()));
    }

    static Part reasoning(String text) {
      return new Part("reasoning_text", text, Optional.empty(), Optional.empty());
    }
  }

  /**
   * A citation of a file.
   *
   * @param type always {@code file_citation}
   * @param fileId of the document, as {@code GET /documents/{id}} takes it
   * @param index where in the text the mark of the citation ends, in characters
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @Schema(name = "ResponseAnnotation")
  record Annotation(String type, String fileId, String filename, int index) {}

  static ResponseItem message(String id, String status, List<Part> content) {
    return new ResponseItem(
        id, "message", status, Optional.of("assistant"), content, Optional.empty());
  }

  static ResponseItem reasoning(String id, String status, List<Part> content) {
    return new ResponseItem(
        id, "reasoning", status, Optional.empty(), content, Optional.of(List.of()));
  }
}
