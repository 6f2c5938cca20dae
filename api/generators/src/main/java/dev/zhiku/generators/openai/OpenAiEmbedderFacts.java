package dev.zhiku.generators.openai;

import dev.zhiku.generators.EmbeddingConfig;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedding;
import dev.zhiku.index.file.DurableFile;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;

/**
 * What a server of OpenAI's protocol gave for a fixed text: its model is known by it, also while
 * the server is away.
 *
 * @param vector of {@link #TEXT}
 * @param fingerprint of that vector as it first came, which later ones may differ a little from
 * @param maxTokens longest text that is embedded whole
 */
record OpenAiEmbedderFacts(Embedding vector, String fingerprint, int maxTokens) {
  /** What the model is known by. */
  static final String TEXT = "The pump needs oil every month, and the filter once a year.";

  /** Changes with everything in this package that makes other vectors of the same texts. */
  private static final String RECIPE = "1";

  /** A model gives a text nearly the same vector each time; another model does not. */
  private static final double SAME = 0.99;

  private static final int DIGITS = 12;

  /** What is known from now on. */
  static OpenAiEmbedderFacts first(Embedding vector, int maxTokens) {
    return new OpenAiEmbedderFacts(vector, hash(bytes(vector)), maxTokens);
  }

  /** Whether the model that gave this vector is this one. */
  boolean isOf(Embedding given, int tokens) {
    return tokens == maxTokens
        && given.dimension() == vector.dimension()
        && given.cosine(vector) >= SAME;
  }

  EmbedderId id(EmbeddingConfig.OpenAi config) {
    String name = config.model().orElse("").replaceAll("[^A-Za-z0-9.-]", "-");
    String manner = config.passagePrefix().orElse("") + "\n" + config.passageInputType().orElse("");
    String revision = fingerprint + "-" + RECIPE;
    return new EmbedderId(
        name,
        manner.isBlank()
            ? revision
            : revision + "-" + hash(manner.getBytes(StandardCharsets.UTF_8)),
        vector.dimension());
  }

  private static byte[] bytes(Embedding vector) {
    float[] values = vector.toArray();
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(sum).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** What was written for this server and model; empty if nothing was, or it cannot be read. */
  static Optional<OpenAiEmbedderFacts> read(Path file, EmbeddingConfig.OpenAi config) {
    Properties known = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      known.load(reader);
      if (!config.baseUrl().toString().equals(known.getProperty("server"))
          || !config.model().orElse("").equals(known.getProperty("model"))) {
        return Optional.empty();
      }
      byte[] bytes = Base64.getDecoder().decode(known.getProperty("vector", ""));
      float[] values = new float[bytes.length / Float.BYTES];
      ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
      return Optional.of(
          new OpenAiEmbedderFacts(
              Embedding.normalized(values),
              known.getProperty("fingerprint", "unknown"),
              Integer.parseInt(known.getProperty("max-tokens", ""))));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  void write(Path file, EmbeddingConfig.OpenAi config) {
    Properties known = new Properties();
    known.setProperty("server", config.baseUrl().toString());
    known.setProperty("model", config.model().orElse(""));
    known.setProperty("max-tokens", Integer.toString(maxTokens));
    known.setProperty("fingerprint", fingerprint);
    known.setProperty("vector", Base64.getEncoder().encodeToString(bytes(vector)));
    StringWriter content = new StringWriter();
    try {
      known.store(content, null);
      DurableFile.write(file, content.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
