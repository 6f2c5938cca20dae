package dev.zhiku.index.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedding;
import dev.zhiku.index.embedding.EmbeddingException;
import dev.zhiku.index.onnx.EmbeddingWorkers.Urgency;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * A BERT model run by onnxruntime, one text at a time on one thread: activations are quantised over
 * all rows of a run, so that texts run together would change each other's vectors. The embedding is
 * the first row of the output. Questions and passages are treated alike; the models' instruction
 * for questions brought nothing.
 */
final class OnnxEmbedder implements Embedder {
  private final EmbedderId id;
  private final EmbeddingWorkers workers;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final WordPieces wordPieces;

  /** Read to use native memory, written to give it back. */
  private final ReadWriteLock memory = new ReentrantReadWriteLock();

  private boolean closed;

  /** Owns what it is given and one share of the workers; closes them with itself. */
  OnnxEmbedder(
      EmbedderId id,
      EmbeddingWorkers workers,
      OrtEnvironment environment,
      OrtSession session,
      WordPieces wordPieces) {
    this.id = id;
    this.workers = workers;
    this.environment = environment;
    this.session = session;
    this.wordPieces = wordPieces;
  }

  @Override
  public EmbedderId id() {
    return id;
  }

  @Override
  public List<Embedding> embedPassages(List<String> texts) throws InterruptedException {
    Embedder.requireTexts(texts);
    return embed(Urgency.PASSAGE, texts);
  }

  @Override
  public Embedding embedQuery(String question) throws InterruptedException {
    return embed(Urgency.QUESTION, List.of(question)).getFirst();
  }

  @Override
  public int countTokens(String text) {
    return whileOpen(() -> wordPieces.count(text));
  }

  @Override
  public int maxTokens() {
    return WordPieces.MAX_TOKENS;
  }

  private List<Embedding> embed(Urgency urgency, List<String> texts) throws InterruptedException {
    return workers.run(
        urgency,
        texts.stream()
            .<Callable<Embedding>>map(text -> () -> whileOpen(() -> embed(text)))
            .toList());
  }

  private Embedding embed(String text) {
    try {
      return embed(wordPieces.tokens(text));
    } catch (OrtException e) {
      throw new EmbeddingException("The model " + id + " failed: " + e.getMessage(), e);
    }
  }

  private Embedding embed(long[] tokens) throws OrtException {
    long[] attended = new long[tokens.length];
    Arrays.fill(attended, 1);
    try (OnnxTensor ids = row(tokens);
        OnnxTensor mask = row(attended);
        OnnxTensor types = row(new long[tokens.length]);
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
      return firstRow((OnnxTensor) result.get(0));
    }
  }

  private OnnxTensor row(long[] values) throws OrtException {
    return OnnxTensor.createTensor(
        environment, LongBuffer.wrap(values), new long[] {1, values.length});
  }

  private Embedding firstRow(OnnxTensor output) {
    FloatBuffer rows = output.getFloatBuffer();
    float[] first = new float[id.dimension()];
    rows.get(first);
    return Embedding.normalized(first);
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
      session.close();
    } catch (OrtException e) {
      throw new EmbeddingException("The model " + id + " could not be closed.", e);
    }
  }
}
