package dev.zhiku.server.ollama;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a program may send to {@code /api/chat} and {@code /api/generate}; for the description, for
 * {@link OllamaReader} reads it. Other fields are ignored.
 *
 * @param model {@code zhiku}, {@code zhiku/} and the name of a source, or {@code zhiku-chat}, with
 *     or without {@code :latest}
 * @param messages of a chat, the last one of the user is the question
 * @param prompt of a generation
 * @param system of a generation: what the model is told beside it
 * @param stream whether the answer comes in lines, true if absent
 * @param think whether the model may think first: true, false or an effort
 * @param format {@code json} or a schema, with {@code zhiku-chat} alone
 * @param options {@code temperature}, {@code top_p}, {@code seed}, {@code stop}, {@code
 *     num_predict}, {@code frequency_penalty}, {@code presence_penalty}
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@Schema(name = "OllamaRequest")
record OllamaBody(
    String model,
    @Nullable List<Map<String, Object>> messages,
    @Nullable String prompt,
    @Nullable String system,
    @Nullable Boolean stream,
    @Nullable Object think,
    @Nullable Object format,
    @Nullable Map<String, Object> options) {

  /**
   * What a program may send to {@code /api/show}.
   *
   * @param model its name
   */
  @Serdeable
  @Schema(name = "OllamaShowRequest")
  record Show(String model) {}

  /**
   * What a program may send to {@code /api/embed} and {@code /api/embeddings}.
   *
   * @param model an embedding model of this service, or a name of another one for the first
   * @param input a text or a list of them
   * @param prompt of {@code /api/embeddings}: one text
   * @param truncate {@code false} refuses texts that are longer than the model reads
   * @param dimensions the length of the model's vectors, if given
   */
  @Serdeable
  @Schema(name = "OllamaEmbedRequest")
  record Embed(
      String model,
      @Nullable Object input,
      @Nullable String prompt,
      @Nullable Boolean truncate,
      @Nullable Integer dimensions) {}
}
