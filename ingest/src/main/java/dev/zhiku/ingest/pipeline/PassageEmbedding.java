package dev.zhiku.ingest.pipeline;

import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.TextHash;
import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.Embedding;
import dev.zhiku.ingest.split.Chunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Gives passages their vectors: those that the index knows already, and new ones for the rest. */
final class PassageEmbedding {
  /**
   * Texts of one document that wait for a model at a time, eight for each core: texts of all
   * documents stand in one line, and those of a small file are not to stand behind a long book.
   */
  private static final int TEXTS_AT_ONCE =
      Math.min(Embedder.MAX_TEXTS, 8 * Runtime.getRuntime().availableProcessors());

  private final Embedders embedders;
  private final KnowledgeIndex index;
  private final IngestMeter meter;

  PassageEmbedding(Embedders embedders, KnowledgeIndex index, IngestMeter meter) {
    this.embedders = embedders;
    this.index = index;
    this.meter = meter;
  }

  /** Whether the models can be reached, as far as is known. */
  boolean isPossible() {
    return embedders.away().isEmpty();
  }

  private record Hashed(Chunk chunk, Embedder embedder, TextHash hash) {}

  /** The chunks in the same order, embedded by the model of each one's language. */
  List<EmbeddedPassage> embed(List<Chunk> chunks) throws InterruptedException {
    List<Hashed> hashed = chunks.stream().map(this::hash).toList();
    Map<Embedder, Map<TextHash, String>> texts = new LinkedHashMap<>();
    for (Hashed passage : hashed) {
      texts
          .computeIfAbsent(passage.embedder(), embedder -> new LinkedHashMap<>())
          .put(passage.hash(), passage.chunk().embeddedText());
    }
    Map<Embedder, Map<TextHash, Embedding>> vectors = new HashMap<>();
    for (Map.Entry<Embedder, Map<TextHash, String>> group : texts.entrySet()) {
      vectors.put(group.getKey(), vectors(group.getKey(), group.getValue()));
    }
    return hashed.stream().map(passage -> passage(passage, vectors)).toList();
  }

  private Hashed hash(Chunk chunk) {
    return new Hashed(
        chunk, embedders.forPassage(chunk.passage().text()), TextHash.of(chunk.embeddedText()));
  }

  private static EmbeddedPassage passage(
      Hashed passage, Map<Embedder, Map<TextHash, Embedding>> vectors) {
    Embedding vector =
        Objects.requireNonNull(
            Objects.requireNonNull(vectors.get(passage.embedder())).get(passage.hash()));
    return new EmbeddedPassage(
        passage.chunk().passage(), passage.embedder().id(), passage.hash(), vector);
  }

  private Map<TextHash, Embedding> vectors(Embedder embedder, Map<TextHash, String> texts)
      throws InterruptedException {
    Map<TextHash, Embedding> vectors = new HashMap<>();
    try (KnowledgeIndex.Snapshot snapshot = index.snapshotOf(Set.of(), texts.keySet())) {
      vectors.putAll(snapshot.vectors(embedder.id(), texts.keySet()));
    }
    meter.carriedOver(vectors.size());
    List<TextHash> unknown =
        texts.keySet().stream().filter(hash -> !vectors.containsKey(hash)).toList();
    for (int i = 0; i < unknown.size(); i += TEXTS_AT_ONCE) {
      embedBatch(
          embedder,
          unknown.subList(i, Math.min(unknown.size(), i + TEXTS_AT_ONCE)),
          texts,
          vectors);
    }
    return vectors;
  }

  private void embedBatch(
      Embedder embedder,
      List<TextHash> batch,
      Map<TextHash, String> texts,
      Map<TextHash, Embedding> vectors)
      throws InterruptedException {
    List<String> input = new ArrayList<>();
    for (TextHash hash : batch) {
      input.add(Objects.requireNonNull(texts.get(hash)));
    }
    List<Embedding> embedded = embedder.embedPassages(input);
    meter.embedded(input.size());
    for (int i = 0; i < batch.size(); i++) {
      vectors.put(batch.get(i), embedded.get(i));
    }
  }
}
