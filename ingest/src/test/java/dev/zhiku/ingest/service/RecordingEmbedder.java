package dev.zhiku.ingest.service;

import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.Embedding;
import dev.zhiku.index.embedding.Language;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Another embedder that remembers every passage it is given. Thread-safe. */
final class RecordingEmbedder implements Embedder {
  private final Embedder embedder;
  private final Queue<String> texts = new ConcurrentLinkedQueue<>();

  private RecordingEmbedder(Embedder embedder) {
    this.embedder = embedder;
  }

  /** One for each language. */
  static Map<Language, RecordingEmbedder> around(Embedders embedders) {
    Map<Language, RecordingEmbedder> recording = new EnumMap<>(Language.class);
    recording.put(Language.CHINESE, new RecordingEmbedder(embedders.forPassage("中文")));
    recording.put(Language.ENGLISH, new RecordingEmbedder(embedders.forPassage("English")));
    return recording;
  }

  /** The one that does the work. */
  Embedder embedder() {
    return embedder;
  }

  /** What was embedded since {@link #forget} was last called. */
  List<String> texts() {
    return List.copyOf(texts);
  }

  void forget() {
    texts.clear();
  }

  @Override
  public EmbedderId id() {
    return embedder.id();
  }

  @Override
  public List<Embedding> embedPassages(List<String> passages) throws InterruptedException {
    texts.addAll(passages);
    return embedder.embedPassages(passages);
  }

  @Override
  public Embedding embedQuery(String question) throws InterruptedException {
    return embedder.embedQuery(question);
  }

  @Override
  public int countTokens(String text) {
    return embedder.countTokens(text);
  }

  @Override
  public int maxTokens() {
    return embedder.maxTokens();
  }

  @Override
  public void close() {
    embedder.close();
  }
}
