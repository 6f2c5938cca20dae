package dev.zhiku.server.openai.responses;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/**
 * An event of an answer that streams; each type has its own of these fields.
 *
 * @param type such as {@code response.output_text.delta}
 * @param sequenceNumber from 0
 * @param outputIndex place of the item in the output
 * @param contentIndex place of the part in the item, always 0
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "ResponseEvent")
record ResponseEvent(
    String type,
    int sequenceNumber,
    Optional<ResponseView> response,
    Optional<Integer> outputIndex,
    Optional<Integer> contentIndex,
    Optional<String> itemId,
    Optional<ResponseItem> item,
    Optional<ResponseItem.Part> part,
    Optional<String> delta,
    Optional<String> text,
    Optional<List<String>> logprobs,
    Optional<ResponseItem.Annotation> annotation,
    Optional<Integer> annotationIndex) {

  /** Of the answer as a whole. */
  static ResponseEvent whole(String type, int number, ResponseView response) {
    return new Filled(type, number).response(response).event();
  }

  /**
   * Of an item.
   *
   * @param index place of the item in the output
   */
  static ResponseEvent item(String type, int number, int index, ResponseItem item) {
    return new Filled(type, number).at(index).item(item).event();
  }

  /** What one event tells, field after field. Used by one thread. */
  static final class Filled {
    private final String type;
    private final int number;
    private Optional<ResponseView> response = Optional.empty();
    private Optional<Integer> outputIndex = Optional.empty();
    private Optional<Integer> contentIndex = Optional.empty();
    private Optional<String> itemId = Optional.empty();
    private Optional<ResponseItem> item = Optional.empty();
    private Optional<ResponseItem.Part> part = Optional.empty();
    private Optional<String> delta = Optional.empty();
    private Optional<String> text = Optional.empty();
    private Optional<List<String>> logprobs = Optional.empty();
    private Optional<ResponseItem.Annotation> annotation = Optional.empty();
    private Optional<Integer> annotationIndex = Optional.empty();

    Filled(String type, int number) {
      this.type = type;
      this.number = number;
    }

    private Filled response(ResponseView view) {
      response = Optional.of(view);
      return this;
    }

    private Filled at(int index) {
      outputIndex = Optional.of(index);
      return this;
    }

    private Filled item(ResponseItem whole) {
      item = Optional.of(whole);
      return this;
    }

    /** In the one part of an item. */
    Filled in(String id, int index) {
      itemId = Optional.of(id);
      contentIndex = Optional.of(0);
      return at(index);
    }

    Filled part(ResponseItem.Part whole) {
      part = Optional.of(whole);
      return this;
    }

    Filled delta(String added) {
      delta = Optional.of(added);
      return this;
    }

    Filled text(String whole) {
      text = Optional.of(whole);
      return this;
    }

    Filled withoutLogprobs() {
      logprobs = Optional.of(List.of());
      return this;
    }

    Filled annotation(ResponseItem.Annotation cited, int index) {
      annotation = Optional.of(cited);
      annotationIndex = Optional.of(index);
      return this;
    }

    ResponseEvent event() {
      return new ResponseEvent(
          type,
          number,
          response,
          outputIndex,
          contentIndex,
          itemId,
          item,
          part,
          delta,
          text,
          logprobs,
          annotation,
          annotationIndex);
    }
  }
}
