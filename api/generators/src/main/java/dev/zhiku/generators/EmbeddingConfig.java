package dev.zhiku.generators;

import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Language;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code zhiku.embedding}. */
public record EmbeddingConfig(Backend backend, Folder onnxFolder, Ollama ollama, OpenAi openai) {
  private static final int LEAST_TOKENS = 16;

  /** Who embeds. */
  public enum Backend {
    /** The models in the program. */
    ONNX,
    /** A model in a folder. */
    ONNX_FOLDER,
    /** A model of an Ollama server. */
    OLLAMA,
    /** A model of a server that speaks OpenAI's protocol. */
    OPENAI,
    /** No model: hashed words, for tests and trials. */
    HASHING
  }

  public EmbeddingConfig {
    if (backend == Backend.ONNX_FOLDER && onnxFolder.path().isEmpty()) {
      throw new IllegalArgumentException(
          "zhiku.embedding.onnx-folder.path must name a folder where the backend is onnx-folder");
    }
    if (backend == Backend.OPENAI && openai.model().isEmpty()) {
      throw new IllegalArgumentException(
          "zhiku.embedding.openai.model must name a model where the backend is openai");
    }
  }

  /**
   * {@code zhiku.embedding.onnx-folder}.
   *
   * @param path folder with {@code model.onnx} and {@code tokenizer.json}
   * @param queryPrefix stands before every question, where the model was trained so
   * @param passagePrefix stands before every passage; another one makes another embedder
   * @param dimension length of the vectors, 0 for whatever the model gives
   * @param maxTokens longest text that the model bears
   * @param languages of the passages that it embeds; others stay with the models in the program
   */
  public record Folder(
      Optional<Path> path,
      Pooling pooling,
      Optional<String> queryPrefix,
      Optional<String> passagePrefix,
      int dimension,
      int maxTokens,
      List<Language> languages) {
    private static final int MOST_TOKENS = 8_192;

    /** What makes one vector of a model's output. */
    public enum Pooling {
      MEAN,
      CLS,
      LAST
    }

    public Folder {
      languages = List.copyOf(languages);
      requireDimension("onnx-folder", dimension);
      requireLanguages("onnx-folder", languages);
      requireTokens("onnx-folder", maxTokens, MOST_TOKENS);
    }
  }

  private static void requireDimension(String block, int dimension) {
    if (dimension < 0 || dimension > EmbedderId.MAX_DIMENSION) {
      throw new IllegalArgumentException(
          "zhiku.embedding."
              + block
              + ".dimension must be 0.."
              + EmbedderId.MAX_DIMENSION
              + ", 0 for whatever the model gives, got "
              + dimension);
    }
  }

  private static void requireTokens(String block, int tokens, int most) {
    if (tokens < LEAST_TOKENS || tokens > most) {
      throw new IllegalArgumentException(
          "zhiku.embedding."
              + block
              + ".max-tokens must be "
              + LEAST_TOKENS
              + ".."
              + most
              + ", got "
              + tokens);
    }
  }

  private static void requireLanguages(String block, List<Language> languages) {
    if (languages.isEmpty()) {
      throw new IllegalArgumentException(
          "zhiku.embedding."
              + block
              + ".languages must name chinese, english (which stands for every other one) or both");
    }
  }

  /**
   * {@code zhiku.embedding.ollama}.
   *
   * @param model as the server names it
   * @param keepAlive how long the server keeps the model loaded
   * @param queryPrefix stands before every question, where the model was trained so
   * @param passagePrefix stands before every passage; another one makes another embedder
   */
  public record Ollama(
      URI baseUrl,
      String model,
      Duration keepAlive,
      Optional<String> queryPrefix,
      Optional<String> passagePrefix) {
    public Ollama {
      if (model.isBlank()) {
        throw new IllegalArgumentException(
            "zhiku.embedding.ollama.model must be the name of a model such as bge-m3");
      }
    }
  }

  /**
   * {@code zhiku.embedding.openai}.
   *
   * @param model as the server names it
   * @param apiKeyFile file with the key of the server
   * @param queryInputType {@code input_type} of questions, where the server asks for one
   * @param passageInputType {@code input_type} of passages; another one makes another embedder
   * @param queryPrefix stands before every question, where the model was trained so
   * @param passagePrefix stands before every passage; another one makes another embedder
   * @param dimension length of the vectors, 0 for whatever the model gives
   * @param maxTokens longest text that the model bears, unless the server says less
   * @param languages of the passages that it embeds; others stay with the models in the program
   */
  public record OpenAi(
      URI baseUrl,
      Optional<String> model,
      Optional<Path> apiKeyFile,
      Optional<String> queryInputType,
      Optional<String> passageInputType,
      Optional<String> queryPrefix,
      Optional<String> passagePrefix,
      int dimension,
      int maxTokens,
      List<Language> languages) {
    private static final int MOST_TOKENS = 131_072;

    public OpenAi {
      languages = List.copyOf(languages);
      requireDimension("openai", dimension);
      requireTokens("openai", maxTokens, MOST_TOKENS);
      requireLanguages("openai", languages);
    }
  }
}
