package dev.zhiku.generators.ollama;

import dev.zhiku.generators.EmbeddingConfig;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.file.DurableFile;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;

/**
 * What an Ollama server said of an embedding model: what its vectors are is known by it, also while
 * the server is away.
 *
 * @param dimension length of the vectors
 */
record OllamaEmbedderFacts(Model model, int dimension) {
  /** Changes with everything in this package that makes other vectors of the same texts. */
  private static final String RECIPE = "1";

  private static final int DIGITS = 12;

  /**
   * What stands behind a name.
   *
   * @param digest SHA-256 in hexadecimal; empty if the server does not say it
   * @param contextTokens longest text that is embedded whole
   */
  record Model(String digest, int contextTokens) {}

  EmbedderId id(EmbeddingConfig.Ollama config) {
    String name = config.model().replaceFirst(":latest$", "").replaceAll("[^A-Za-z0-9.-]", "-");
    String digest = model.digest().isEmpty() ? "unknown" : model.digest().substring(0, DIGITS);
    String prefix = config.passagePrefix().map(words -> "-" + hash(words)).orElse("");
    return new EmbedderId(name, digest + "-" + RECIPE + prefix, dimension);
  }

  private static String hash(String text) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** What was written for this server and model; empty if nothing was, or it cannot be read. */
  static Optional<OllamaEmbedderFacts> read(Path file, EmbeddingConfig.Ollama config) {
    Properties known = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      known.load(reader);
      if (!config.baseUrl().toString().equals(known.getProperty("server"))
          || !config.model().equals(known.getProperty("model"))) {
        return Optional.empty();
      }
      return Optional.of(
          new OllamaEmbedderFacts(
              new Model(known.getProperty("digest", ""), number(known, "context-tokens")),
              number(known, "dimension")));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static int number(Properties known, String key) {
    int number = Integer.parseInt(known.getProperty(key, "0"));
    if (number < 1) {
      throw new IllegalArgumentException(key + " is missing");
    }
    return number;
  }

  void write(Path file, EmbeddingConfig.Ollama config) {
    Properties known = new Properties();
    known.setProperty("server", config.baseUrl().toString());
    known.setProperty("model", config.model());
    known.setProperty("digest", model.digest());
    known.setProperty("context-tokens", Integer.toString(model.contextTokens()));
    known.setProperty("dimension", Integer.toString(dimension));
    StringWriter content = new StringWriter();
    try {
      known.store(content, null);
      DurableFile.write(file, content.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
