package dev.zhiku.generators.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.generators.EmbeddingConfig;
import dev.zhiku.generators.GeneratorText;
import dev.zhiku.generators.server.ModelServer;
import dev.zhiku.index.embedding.Embedding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request to {@code /api/embed} of Ollama, and the vectors of its reply. */
final class EmbedRequest {
  private EmbedRequest() {}

  /**
   * @param input texts as the model is to see them
   * @return one vector of length 1 for each text, in their order
   * @throws ChatException if the server refuses, does not answer in time, or gives anything but as
   *     many vectors as texts
   */
  static List<Embedding> send(
      ModelServer server, EmbeddingConfig.Ollama config, List<String> input, Duration patience)
      throws InterruptedException {
    ModelServer.Reply reply =
        server.post(
            "/api/embed",
            Map.of(
                "model",
                config.model(),
                "input",
                input,
                "truncate",
                true,
                "keep_alive",
                config.keepAlive().toSeconds()),
            patience);
    if (reply.status() == 404) {
      throw OllamaModel.missing(config.model());
    }
    if (!reply.isOk()) {
      throw reply.refusal();
    }
    return vectors(reply.json(), input.size());
  }

  /**
   * @throws ChatException.Broken unless there are so many, each with a direction
   */
  private static List<Embedding> vectors(JsonNode reply, int count) {
    JsonNode rows = reply.path("embeddings");
    if (rows.size() != count) {
      throw senseless("it gave " + rows.size() + " vectors for " + count + " texts", null);
    }
    List<Embedding> vectors = new ArrayList<>(count);
    for (JsonNode row : rows) {
      float[] values = new float[row.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = row.get(i).isNumber() ? row.get(i).floatValue() : Float.NaN;
      }
      try {
        vectors.add(Embedding.normalized(values));
      } catch (IllegalArgumentException e) {
        throw senseless("it gave a vector that points nowhere", e);
      }
    }
    return vectors;
  }

  private static ChatException senseless(String what, @Nullable Exception cause) {
    return new ChatException.Broken(GeneratorText.of("embedding.failed", what), cause);
  }
}
