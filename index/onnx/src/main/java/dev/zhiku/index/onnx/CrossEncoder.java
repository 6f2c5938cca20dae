package dev.zhiku.index.onnx;

import ai.onnxruntime.OrtException;
import dev.zhiku.index.embedding.EmbeddingException;
import dev.zhiku.index.ranking.PairScorer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A cross-encoder of a user's own: a folder with {@code model.onnx} and {@code tokenizer.json},
 * which gives a pair of texts one number, or two of which the second speaks for it. Runs on the
 * thread that asks, one pair at a time.
 */
public final class CrossEncoder implements PairScorer {
  private final FolderFiles files;
  private final Network network;
  private final WordPieces wordPieces;

  /** Read to use native memory, written to give it back. */
  private final ReadWriteLock memory = new ReentrantReadWriteLock();

  private boolean closed;

  private CrossEncoder(FolderFiles files, Network network, WordPieces wordPieces) {
    this.files = files;
    this.network = network;
    this.wordPieces = wordPieces;
  }

  /**
   * Opens the model and tries the longest pair.
   *
   * @param maxTokens longest pair that the model bears, special tokens included
   * @param nativeCode as of {@link BundledModels#open(Path, int)}
   * @throws EmbeddingException that says what is missing or wrong in the folder
   */
  public static CrossEncoder open(Path folder, int maxTokens, Path nativeCode) {
    FolderFiles files = FolderFiles.of(folder);
    WordPieces wordPieces = null;
    Network network = null;
    boolean opened = false;
    try {
      network = files.network(NativeLibraries.load(nativeCode));
      wordPieces = files.tokenizer(maxTokens);
      CrossEncoder encoder = new CrossEncoder(files, network, wordPieces);
      encoder.score("oil", ModelFolder.MIXED.repeat(maxTokens));
      opened = true;
      return encoder;
    } finally {
      if (!opened) {
        FolderFiles.close(network, wordPieces);
      }
    }
  }

  @Override
  public String model() {
    return files.name();
  }

  @Override
  public double score(String question, String passage) {
    memory.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the cross-encoder " + model() + " is closed");
      }
      WordPieces.Pair pair = wordPieces.pair(question, passage);
      return score(network.run(pair.ids(), pair.types()).values());
    } catch (OrtException | IllegalArgumentException e) {
      throw files.unusable(
          "model.onnx fails on a pair of texts. Is tokenizer.json another model's, or can this model"
              + " not read so many tokens? Then lower max-tokens. onnxruntime says: "
              + e.getMessage(),
          e);
    } finally {
      memory.readLock().unlock();
    }
  }

  private double score(FloatBuffer output) {
    return switch (output.remaining()) {
      case 1 -> output.get(0);
      case 2 -> output.get(1) - output.get(0);
      default ->
          throw files.unusable(
              "model.onnx gives "
                  + output.remaining()
                  + " numbers for a pair of texts; a cross-encoder gives one, or two",
              null);
    };
  }

  @Override
  public void close() {
    memory.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        FolderFiles.close(network, wordPieces);
      }
    } finally {
      memory.writeLock().unlock();
    }
  }
}
