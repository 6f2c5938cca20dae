package dev.zhiku.index.onnx;

import ai.onnxruntime.OrtException;
import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedding;
import dev.zhiku.index.embedding.EmbeddingException;
import dev.zhiku.index.onnx.EmbeddingWorkers.Urgency;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * A model run by onnxruntime, one text at a time on one thread: activations are quantised over all
 * rows of a run, so that texts run together would change each other's vectors.
 */
final class OnnxEmbedder implements Embedder {
  private final EmbedderId id;
  private final Manner manner;
  private final EmbeddingWorkers workers;
  private final Network network;
  private final WordPieces wordPieces;

  /** Read to use native memory, written to give it back. */
  private final ReadWriteLock memory = new ReentrantReadWriteLock();

  private boolean closed;

  /**
   * What is done to a text before the model and to its output after it.
   *
   * @param beforeQuestion words before every question; may be empty
   * @param beforePassage words before every passage; may be empty
   * @param cosinesAreKnown whether thresholds were measured with this model
   */
  record Manner(
      Pooling pooling, String beforeQuestion, String beforePassage, boolean cosinesAreKnown) {
    /**
     * That of the bundled models. Questions and passages are treated alike; the models' instruction
     * for questions brought nothing.
     */
    static final Manner BUNDLED = new Manner(Pooling.CLS, "", "", true);
  }

  /** Owns what it is given and one share of the workers; closes them with itself. */
  OnnxEmbedder(
      EmbedderId id,
      Manner manner,
      EmbeddingWorkers workers,
      Network network,
      WordPieces wordPieces) {
    this.id = id;
    this.manner = manner;
    this.workers = workers;
    this.network = network;
    this.wordPieces = wordPieces;
  }

  @Override
  public EmbedderId id() {
    return id;
  }

  @Override
  public List<Embedding> embedPassages(List<String> texts) throws InterruptedException {
    Embedder.requireTexts(texts);
    return embed(Urgency.PASSAGE, manner.beforePassage(), texts);
  }

  @Override
  public Embedding embedQuery(String question) throws InterruptedException {
    return embed(Urgency.QUESTION, manner.beforeQuestion(), List.of(question)).getFirst();
  }

  @Override
  public int countTokens(String text) {
    return whileOpen(() -> wordPieces.count(text));
  }

  @Override
  public int maxTokens() {
    return wordPieces.maxTokens();
  }

  @Override
  public boolean cosinesAreKnown() {
    return manner.cosinesAreKnown();
  }

  private List<Embedding> embed(Urgency urgency, String before, List<String> texts)
      throws InterruptedException {
    return workers.run(
        urgency,
        texts.stream()
            .<Callable<Embedding>>map(text -> () -> whileOpen(() -> embed(before + text)))
            .toList());
  }

  private Embedding embed(String text) {
    long[] tokens = wordPieces.tokens(text);
    try {
      return vector(network.run(tokens, new long[tokens.length]).values());
    } catch (OrtException | IllegalArgumentException e) {
      throw new EmbeddingException("The model " + id + " failed: " + e.getMessage(), e);
    }
  }

  /** A model that pools by itself gives one row for the text, any other one for each token. */
  private Embedding vector(FloatBuffer values) {
    int dimension = id.dimension();
    int rows = values.remaining() / dimension;
    if (rows < 1) {
      throw new IllegalArgumentException("its output has another form than before");
    }
    return Embedding.normalized(manner.pooling().of(values, rows, dimension));
  }

  private <T> T whileOpen(Supplier<T> use) {
    memory.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the embedder " + id + " is closed");
      }
      return use.get();
    } finally {
      memory.readLock().unlock();
    }
  }

  @Override
  public void close() {
    memory.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        free();
      }
    } finally {
      memory.writeLock().unlock();
    }
  }

  private void free() {
    workers.close();
    wordPieces.close();
    try {
      network.close();
    } catch (OrtException e) {
      throw new EmbeddingException("The model " + id + " could not be closed.", e);
    }
  }
}
