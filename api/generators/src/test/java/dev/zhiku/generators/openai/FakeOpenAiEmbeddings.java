package dev.zhiku.generators.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhiku.generators.server.EmbeddingScript;
import dev.zhiku.generators.server.FakeModelServer.Exchange;
import dev.zhiku.generators.server.FakeModelServer.Request;
import dev.zhiku.index.embedding.Embedding;
import java.io.IOException;
import java.util.List;

/**
 * A server of OpenAI's protocol with one embedding model (/v1/models, /v1/embeddings), which embeds
 * hashed words and answers from the last text to the first. Thread-safe.
 */
public final class FakeOpenAiEmbeddings extends EmbeddingScript {
  /** Name of the model. */
  public static final String MODEL = "e5-small";

  /** Longest text that is not refused, in characters. */
  volatile int mostCharacters = Integer.MAX_VALUE;

  /** Whether every vector is another one than before. */
  volatile boolean turned;

  @Override
  public void play(Request request, Exchange exchange) throws IOException, InterruptedException {
    switch (request.path()) {
      case "/v1/models" ->
          exchange.json("{\"object\":\"list\",\"data\":[{\"id\":\"%s\"}]}".formatted(MODEL));
      case "/v1/embeddings" -> embedByLength(request, exchange);
      default -> exchange.reply(404, "application/json", "{\"error\":{\"message\":\"unknown\"}}");
    }
  }

  private void embedByLength(Request request, Exchange exchange)
      throws IOException, InterruptedException {
    for (JsonNode text : JSON.readTree(request.body()).path("input")) {
      if (text.asText().length() > mostCharacters) {
        exchange.reply(
            400,
            "application/json",
            "{\"error\":{\"message\":\"This model's maximum context length is 512 tokens.\"}}");
        return;
      }
    }
    embed(request, exchange);
  }

  @Override
  protected String reply(List<Embedding> vectors) {
    ObjectNode reply = JSON.createObjectNode().put("object", "list").put("model", MODEL);
    ArrayNode rows = reply.putArray("data");
    for (int i = vectors.size() - 1; i >= 0; i--) {
      ObjectNode row = rows.addObject().put("object", "embedding").put("index", i);
      fill(row.putArray("embedding"), turned ? backwards(vectors.get(i)) : vectors.get(i));
    }
    return reply.toString();
  }

  private static Embedding backwards(Embedding vector) {
    float[] values = vector.toArray();
    float[] reversed = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      reversed[i] = values[values.length - 1 - i];
    }
    return Embedding.normalized(reversed);
  }
}
