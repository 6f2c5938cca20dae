package dev.zhiku.generators.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.zhiku.generators.server.FakeModelServer.Exchange;
import dev.zhiku.generators.server.FakeModelServer.Request;
import dev.zhiku.index.embedding.Embedding;
import dev.zhiku.index.embedding.HashingEmbedder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A server with one embedding model, which embeds hashed words, in whatever protocol. Thread-safe.
 */
public abstract class EmbeddingScript implements FakeModelServer.Script {
  protected static final ObjectMapper JSON = new ObjectMapper();

  private final HashingEmbedder model = new HashingEmbedder(256);
  private final List<List<String>> inputs = Collections.synchronizedList(new ArrayList<>());

  /** What is done instead of embedding texts that hold this. */
  public volatile String trigger = "";

  /** What is done then. */
  public volatile FakeModelServer.Script instead = (request, exchange) -> exchange.cut();

  /** Texts of each request so far. */
  public final List<List<String>> inputs() {
    return List.copyOf(inputs);
  }

  /** Longest text, in tokens. */
  protected final int maxTokens() {
    return model.maxTokens();
  }

  /** Embeds the {@code input} of a request, unless it triggers something else. */
  protected final void embed(Request request, Exchange exchange)
      throws IOException, InterruptedException {
    JsonNode input = JSON.readTree(request.body()).path("input");
    List<String> texts = new ArrayList<>();
    input.forEach(text -> texts.add(text.asText()));
    inputs.add(List.copyOf(texts));
    String triggering = trigger;
    if (!triggering.isEmpty() && texts.stream().anyMatch(text -> text.contains(triggering))) {
      instead.play(request, exchange);
      return;
    }
    exchange.json(reply(model.embedPassages(texts)));
  }

  /** The reply with these vectors. */
  protected abstract String reply(List<Embedding> vectors);

  /** Adds the numbers of a vector to a row. */
  protected static void fill(ArrayNode row, Embedding vector) {
    for (float value : vector.toArray()) {
      row.add(value);
    }
  }
}
