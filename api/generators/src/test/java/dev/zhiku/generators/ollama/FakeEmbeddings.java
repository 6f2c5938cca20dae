package dev.zhiku.generators.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhiku.generators.server.FakeModelServer;
import dev.zhiku.generators.server.FakeModelServer.Exchange;
import dev.zhiku.generators.server.FakeModelServer.Request;
import dev.zhiku.index.embedding.Embedding;
import dev.zhiku.index.embedding.HashingEmbedder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An Ollama with one embedding model (docs/api.md: /api/tags, /api/show, /api/embed), which embeds
 * hashed words. Thread-safe.
 */
public final class FakeEmbeddings implements FakeModelServer.Script {
  /** Name of the model, without its tag. */
  public static final String MODEL = "bge-m3";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HashingEmbedder model = new HashingEmbedder(256);
  private final List<List<String>> inputs = Collections.synchronizedList(new ArrayList<>());

  /** Of the model, in hexadecimal. */
  volatile String digest = "790764642607".repeat(6).substring(0, 64);

  /** What is done instead of embedding texts that hold this. */
  volatile String trigger = "";

  /** What is done then. */
  volatile FakeModelServer.Script instead = (request, exchange) -> exchange.cut();

  /** Texts of each request so far. */
  List<List<String>> inputs() {
    return List.copyOf(inputs);
  }

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
                  .formatted(model.maxTokens()));
      case "/api/embed" -> embed(request, exchange);
      default -> exchange.reply(404, "text/plain", "404 page not found");
    }
  }

  private void embed(Request request, Exchange exchange) throws IOException, InterruptedException {
    JsonNode body = JSON.readTree(request.body());
    if (!body.path("model").asText().equals(MODEL)) {
      exchange.reply(
          404,
          "application/json",
          "{\"error\":\"model \\\"x\\\" not found, try pulling it first\"}");
      return;
    }
    List<String> texts = new ArrayList<>();
    body.path("input").forEach(text -> texts.add(text.asText()));
    inputs.add(List.copyOf(texts));
    String triggering = trigger;
    if (!triggering.isEmpty() && texts.stream().anyMatch(text -> text.contains(triggering))) {
      instead.play(request, exchange);
      return;
    }
    exchange.json(reply(model.embedPassages(texts)));
  }

  private static String reply(List<Embedding> vectors) {
    ObjectNode reply = JSON.createObjectNode().put("model", MODEL);
    ArrayNode rows = reply.putArray("embeddings");
    for (Embedding vector : vectors) {
      ArrayNode row = rows.addArray();
      for (float value : vector.toArray()) {
        row.add(value);
      }
    }
    return reply.put("prompt_eval_count", vectors.size()).toString();
  }
}
