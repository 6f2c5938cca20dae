package dev.zhiku.index.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.EmbeddingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * An embedding model of a user's own: a folder with {@code model.onnx} and {@code tokenizer.json}
 * as Hugging Face's libraries write them.
 *
 * @param pooling how the rows of the output become one vector; of no effect where the model does it
 *     by itself
 * @param beforeQuestion words before every question, where the model was trained so; may be empty
 * @param beforePassage words before every passage; may be empty
 * @param dimension expected length of the vectors; empty to take what the model gives
 * @param maxTokens longest text that the model bears, special tokens included
 */
public record ModelFolder(
    Path folder,
    Pooling pooling,
    String beforeQuestion,
    String beforePassage,
    OptionalInt dimension,
    int maxTokens) {

  /** Raise when the same files and settings give another vector. */
  private static final String RECIPE = "1";

  /** Words of several scripts, so that the tokens are from everywhere in the vocabulary. */
  static final String MIXED =
      "\u77E5\u8BC6\u5E93 knowledge \u0431\u0430\u0437\u044B "
          + "\u6587\u66F8 \u0639\u0631\u0628\u064A \uD83D\uDE00 ";

  /**
   * Opens the model; its files are read whole once, for the fingerprint in its id.
   *
   * @param nativeCode as of {@link BundledModels#open(Path, int)}
   * @param workers most texts embedded at once, one thread each
   * @throws EmbeddingException that says what is missing or wrong in the folder
   */
  public Embedder open(Path nativeCode, int workers) {
    FolderFiles files = FolderFiles.of(folder);
    OrtEnvironment environment = NativeLibraries.load(nativeCode);
    WordPieces wordPieces = files.tokenizer(maxTokens);
    Network network = null;
    boolean opened = false;
    try {
      network = files.network(environment);
      EmbedderId id =
          new EmbedderId(files.name(), revision(files), trial(files, network, wordPieces));
      OnnxEmbedder embedder =
          new OnnxEmbedder(
              id,
              new OnnxEmbedder.Manner(
                  pooling, spaced(beforeQuestion), spaced(beforePassage), false),
              new EmbeddingWorkers(workers, 1),
              network,
              wordPieces);
      opened = true;
      return embedder;
    } catch (IOException e) {
      throw files.unusable("it cannot be read: " + e.getMessage(), e);
    } finally {
      if (!opened) {
        FolderFiles.close(network, wordPieces);
      }
    }
  }

  private static String spaced(String words) {
    return words.isEmpty() ? "" : words + " ";
  }

  private String revision(FolderFiles files) throws IOException {
    return RECIPE
        + "-"
        + files.fingerprint(pooling.name(), beforePassage, Integer.toString(maxTokens));
  }

  /** Runs the longest text, so that what does not fit together shows at the start. */
  private int trial(FolderFiles files, Network network, WordPieces wordPieces) {
    long[] tokens = wordPieces.tokens(MIXED.repeat(maxTokens));
    Network.Output output;
    try {
      output = network.run(tokens, new long[tokens.length]);
    } catch (OrtException | IllegalArgumentException e) {
      throw files.unusable(
          "model.onnx fails on a text of "
              + tokens.length
              + " tokens. Is tokenizer.json another model's, or can this model not read so many"
              + " tokens? Then lower max-tokens. onnxruntime says: "
              + e.getMessage(),
          e);
    }
    return dimension(output, tokens.length, files);
  }

  private int dimension(Network.Output output, int tokens, FolderFiles files) {
    List<Long> shape = output.shape();
    boolean ofTokens = shape.size() == 3 && shape.get(0) == 1 && shape.get(1) == tokens;
    boolean ofText = shape.size() == 2 && shape.get(0) == 1;
    if (!ofTokens && !ofText) {
      throw files.unusable(
          "the first output of model.onnx must be one row for each token or one for the text, but"
              + " is of the form "
              + shape,
          null);
    }
    int found = Math.toIntExact(shape.getLast());
    if (found < 2 || found > EmbedderId.MAX_DIMENSION) {
      throw files.unusable(
          "model.onnx gives vectors of "
              + found
              + " numbers; an embedding model has 2 to "
              + EmbedderId.MAX_DIMENSION,
          null);
    }
    if (dimension.isPresent() && dimension.getAsInt() != found) {
      throw files.unusable(
          "model.onnx gives vectors of "
              + found
              + " numbers, and dimension is set to "
              + dimension.getAsInt(),
          null);
    }
    return found;
  }
}
