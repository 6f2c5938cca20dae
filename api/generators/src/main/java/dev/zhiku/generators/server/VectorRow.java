package dev.zhiku.generators.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.generators.GeneratorText;
import dev.zhiku.index.embedding.Embedding;
import org.jspecify.annotations.Nullable;

/** A vector in the reply of a model server: a JSON list of numbers. */
public final class VectorRow {
  private VectorRow() {}

  /**
   * The vector, brought to length 1.
   *
   * @throws ChatException.Broken if it is none, or has no direction
   */
  public static Embedding read(JsonNode row) {
    float[] values = new float[row.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(i).isNumber() ? row.get(i).floatValue() : Float.NaN;
    }
    try {
      return Embedding.normalized(values);
    } catch (IllegalArgumentException e) {
      throw senseless("it gave a vector that points nowhere", e);
    }
  }

  /** That there are not as many vectors as texts. */
  public static ChatException otherCount(int vectors, int texts) {
    return senseless("it gave " + vectors + " vectors for " + texts + " texts", null);
  }

  private static ChatException senseless(String what, @Nullable Exception cause) {
    return new ChatException.Broken(GeneratorText.of("embedding.failed", what), cause);
  }
}
