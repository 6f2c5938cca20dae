package dev.zhiku.server.openai.embeddings;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.server.embedding.EmbeddingModels;
import dev.zhiku.server.embedding.EmbeddingTask;
import dev.zhiku.server.embedding.EmbeddingTask.Use;
import dev.zhiku.server.http.JsonFields;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.http.StrictJson.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the body of {@code POST /v1/embeddings} as OpenAI's server does; what would change the
 * vectors and cannot be done is refused by name. Thread-safe.
 */
final class EmbeddingsReader {
  /** Largest body, in bytes. */
  static final int MAX_BODY_BYTES = 4 << 20;

  private static final int MAX_NAME_CHARS = 200;

  private final EmbeddingModels models;

  EmbeddingsReader(EmbeddingModels models) {
    this.models = models;
  }

  /** What is to be computed, and how it is to be written. */
  record Wanted(EmbeddingTask task, boolean base64) {}

  /**
   * What is asked for.
   *
   * @throws Problem naming the field and the rule
   */
  Wanted read(byte[] body) {
    JsonFields fields = JsonFields.of(body);
    Embedder embedder =
        models.answering(fields.text("model", MAX_NAME_CHARS).orElse(EmbeddingModels.DEFAULT));
    requireDimensions(fields, embedder);
    boolean base64 = choice(fields, "encoding_format", "float", "base64");
    Use use = choice(fields, "input_type", "document", "query") ? Use.QUERY : Use.DOCUMENT;
    return new Wanted(new EmbeddingTask(embedder, texts(fields), use), base64);
  }

  private static void requireDimensions(JsonFields fields, Embedder embedder) {
    int dimension = embedder.id().dimension();
    fields
        .number("dimensions")
        .filter(wanted -> wanted.doubleValue() != dimension)
        .ifPresent(
            wanted -> {
              throw fields.refusal(
                  "dimensions", ServerText.of("rule.dimensions", dimension, embedder.id().model()));
            });
  }

  /** Whether the other way is chosen, not the usual one. */
  private static boolean choice(JsonFields fields, String name, String usual, String other) {
    String chosen = fields.text(name).orElse(usual);
    if (!chosen.equals(usual) && !chosen.equals(other)) {
      throw fields.refusal(name, ServerText.of("rule.either", usual, other));
    }
    return chosen.equals(other);
  }

  private static List<String> texts(JsonFields fields) {
    Value input = fields.required("input");
    List<Value> values = input instanceof Value.Items items ? items.values() : List.of(input);
    if (values.isEmpty() || values.size() > EmbeddingTask.MAX_TEXTS) {
      throw refusal(fields);
    }
    List<String> texts = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      if (!(values.get(i) instanceof Value.Text text)) {
        throw refusal(fields);
      }
      String where = input instanceof Value.Items ? "input[" + i + "]" : "input";
      if (text.value().isBlank()) {
        throw JsonFields.refusal(where, ServerText.of("rule.not-blank"), text);
      }
      texts.add(JsonFields.text(text, where, EmbeddingTask.MAX_TEXT_CHARS));
    }
    return texts;
  }

  private static Problem refusal(JsonFields fields) {
    return fields.refusal("input", ServerText.of("rule.embedding-input", EmbeddingTask.MAX_TEXTS));
  }
}
