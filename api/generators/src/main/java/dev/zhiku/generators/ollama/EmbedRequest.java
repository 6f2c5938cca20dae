package dev.zhiku.generators.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.generators.EmbeddingConfig;
import dev.zhiku.generators.server.ModelServer;
import dev.zhiku.generators.server.VectorRow;
import dev.zhiku.index.embedding.Embedding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
      throw VectorRow.otherCount(rows.size(), count);
    }
    List<Embedding> vectors = new ArrayList<>(count);
    rows.forEach(row -> vectors.add(VectorRow.read(row)));
    return vectors;
  }
}
