package dev.zhiku.generators.ollama;

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
 * An Ollama with one embedding model (docs/api.md: /api/tags, /api/show, /api/embed), which embeds
 * hashed words. Thread-safe.
 */
public final class FakeEmbeddings extends EmbeddingScript {
  /** Name of the model, without its tag. */
  public static final String MODEL = "bge-m3";

  /** Of the model, in hexadecimal. */
  volatile String digest = "790764642607".repeat(6).substring(0, 64);

  @Override
  public void play(Request request, Exchange exchange) throws IOException, InterruptedException {
    switch (request.path()) {
      case "/api/tags" ->
          exchange.json(
              "{\"models\":[{\"name\":\"bge-m3:latest\",\"size\":1,\"digest\":\"%s\",\"details\":{}}]}"
                  .formatted(digest));
      case "/api/show" ->
          exchange.json(
              "{\"model_info\":{\"bert.context_length\":%d},\"capabilities\":[\"embedding\"]}"
                  .formatted(maxTokens()));
      case "/api/embed" -> embedByName(request, exchange);
      default -> exchange.reply(404, "text/plain", "404 page not found");
    }
  }

  private void embedByName(Request request, Exchange exchange)
      throws IOException, InterruptedException {
    JsonNode body = JSON.readTree(request.body());
    if (!body.path("model").asText().equals(MODEL)) {
      exchange.reply(
          404,
          "application/json",
          "{\"error\":\"model \\\"x\\\" not found, try pulling it first\"}");
      return;
    }
    embed(request, exchange);
  }

  @Override
  protected String reply(List<Embedding> vectors) {
    ObjectNode reply = JSON.createObjectNode().put("model", MODEL);
    ArrayNode rows = reply.putArray("embeddings");
    for (Embedding vector : vectors) {
      fill(rows.addArray(), vector);
    }
    return reply.put("prompt_eval_count", vectors.size()).toString();
  }
}
