package dev.zhiku.server.openai.embeddings;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.index.embedding.Embedding;
import dev.zhiku.server.embedding.EmbeddingTask.Vectors;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Vectors, in the order of their texts.
 *
 * @param object always {@code list}
 * @param model that computed them
 * @param truncated places, from 0, of texts that were longer than the model reads: their vectors
 *     are of their beginnings. This service's own; left out where there is none
 */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(name = "EmbeddingList")
record EmbeddingList(
    String object, List<Vector> data, String model, Use usage, List<Integer> truncated) {
  EmbeddingList {
    data = List.copyOf(data);
    truncated = List.copyOf(truncated);
  }

  /**
   * One of them.
   *
   * @param object always {@code embedding}
   * @param index place of its text, from 0
   * @param embedding of length 1; a list of numbers, or base64
   */
  @Serdeable
  @Schema(name = "EmbeddingVector")
  record Vector(String object, int index, Object embedding) {}

  /** Tokens that the model read. */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @Schema(name = "EmbeddingUsage")
  record Use(int promptTokens, int totalTokens) {}

  static EmbeddingList of(Vectors vectors, String model, boolean base64) {
    List<Vector> data = new ArrayList<>(vectors.vectors().size());
    for (Embedding vector : vectors.vectors()) {
      data.add(new Vector("embedding", data.size(), base64 ? packed(vector) : vector.toArray()));
    }
    return new EmbeddingList(
        "list", data, model, new Use(vectors.tokens(), vectors.tokens()), vectors.cut());
  }

  private static String packed(Embedding vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.dimension() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector.toArray());
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
