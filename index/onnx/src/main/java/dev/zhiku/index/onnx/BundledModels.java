package dev.zhiku.index.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.EmbeddingException;
import dev.zhiku.index.embedding.Language;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Opens the two models that come with the program: bge-small-zh-v1.5 (512 dimensions) and
 * bge-small-en-v1.5 (384 dimensions), both quantised to 8 bits. Takes about a second and 250 MB.
 */
public final class BundledModels {
  /**
   * Raise when the same text gives another vector although the model's files are the same: another
   * normalisation, pooling, cut or length. A new onnxruntime counts only if the recorded vectors of
   * the tests no longer hold: a new revision embeds every passage of every user again.
   */
  private static final String RECIPE = "1";

  private static final int FINGERPRINT_DIGITS = 8;

  private BundledModels() {}

  /** {@link #open(Path, int)} with as many workers as the machine has cores. */
  public static Embedders open(Path nativeCode) {
    return open(nativeCode, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Opens both models; close the result to give their memory back.
   *
   * @param nativeCode as of {@link #open(Path, int, Set)}
   * @param workers as of {@link #open(Path, int, Set)}
   * @throws EmbeddingException if a model cannot be opened; nothing stays open then
   */
  public static Embedders open(Path nativeCode, int workers) {
    return new Embedders(open(nativeCode, workers, EnumSet.allOf(Language.class)));
  }

  /**
   * Opens the models of some languages; close each to give its memory back.
   *
   * @param nativeCode directory that native code is unpacked to, some 40 MB once; created if need
   *     be. Must allow code to be run. The directory of the first call in a process stands, and the
   *     system properties {@code onnxruntime.native.path}, {@code ENGINE_CACHE_DIR} and {@code
   *     jna.tmpdir} go before it
   * @param workers most texts embedded at once by all these models together, one thread each
   * @param languages one or more
   * @throws EmbeddingException if a model cannot be opened; nothing stays open then
   */
  public static Map<Language, Embedder> open(
      Path nativeCode, int workers, Set<Language> languages) {
    List<BundledModel> models =
        Arrays.stream(BundledModel.values())
            .filter(model -> languages.contains(model.language()))
            .toList();
    OrtEnvironment environment = NativeLibraries.load(nativeCode);
    EmbeddingWorkers threads = new EmbeddingWorkers(workers, models.size());
    Map<Language, CompletableFuture<Embedder>> opening = new EnumMap<>(Language.class);
    for (BundledModel model : models) {
      opening.put(
          model.language(),
          CompletableFuture.supplyAsync(
              () -> open(model, environment, threads), task -> start(model, task)));
    }
    return await(opening, threads);
  }

  private static void start(BundledModel model, Runnable task) {
    Thread.ofPlatform().name("zhiku-open-" + model.modelName()).start(task);
  }

  private static Map<Language, Embedder> await(
      Map<Language, CompletableFuture<Embedder>> opening, EmbeddingWorkers threads) {
    Map<Language, Embedder> open = new EnumMap<>(Language.class);
    try {
      CompletableFuture.allOf(opening.values().toArray(CompletableFuture[]::new)).join();
      opening.forEach((language, embedder) -> open.put(language, embedder.join()));
      return open;
    } catch (CompletionException e) {
      for (CompletableFuture<Embedder> embedder : opening.values()) {
        if (embedder.isCompletedExceptionally()) {
          threads.close();
        } else {
          embedder.join().close();
        }
      }
      throw e.getCause() instanceof EmbeddingException known
          ? known
          : new EmbeddingException("An embedding model cannot be opened: " + e.getCause(), e);
    }
  }

  /** Opens one model, which takes its share of the workers. */
  static Embedder open(BundledModel model, OrtEnvironment environment, EmbeddingWorkers workers) {
    byte[] network = model.network();
    byte[] tokenizer = model.tokenizer();
    EmbedderId id =
        new EmbedderId(model.modelName(), revision(network, tokenizer), model.dimension());
    byte[] cut = LastLayerCut.apply(network, model.lastLayer());
    return open(id, environment, workers, cut, tokenizer);
  }

  /** Opens a model from the bytes of its two files. */
  static OnnxEmbedder open(
      EmbedderId id,
      OrtEnvironment environment,
      EmbeddingWorkers workers,
      byte[] network,
      byte[] tokenizer) {
    WordPieces wordPieces = wordPieces(id, tokenizer);
    try {
      Network loaded = Network.of(environment, network);
      return new OnnxEmbedder(id, OnnxEmbedder.Manner.BUNDLED, workers, loaded, wordPieces);
    } catch (OrtException e) {
      wordPieces.close();
      throw cannotBeOpened(id, e);
    }
  }

  private static WordPieces wordPieces(EmbedderId id, byte[] tokenizer) {
    try {
      return WordPieces.ofSearchText(tokenizer);
    } catch (IOException | LinkageError | RuntimeException e) {
      throw cannotBeOpened(id, e);
    }
  }

  private static EmbeddingException cannotBeOpened(EmbedderId id, Throwable cause) {
    return new EmbeddingException(
        "The embedding model " + id + " cannot be opened: " + cause.getMessage(), cause);
  }

  private static String revision(byte[] network, byte[] tokenizer) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(network);
      digest.update(tokenizer);
      String files = HexFormat.of().formatHex(digest.digest()).substring(0, FINGERPRINT_DIGITS);
      return RECIPE + "-" + files;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
