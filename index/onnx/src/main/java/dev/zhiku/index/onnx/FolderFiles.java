package dev.zhiku.index.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.zhiku.index.embedding.EmbeddingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a folder that holds a model: {@code model.onnx}, perhaps with weights beside it in
 * files whose names begin so, and {@code tokenizer.json}.
 */
record FolderFiles(Path folder) {
  private static final String NETWORK = "model.onnx";
  private static final String TOKENIZER = "tokenizer.json";
  private static final int FINGERPRINT_DIGITS = 12;
  private static final int BUFFER_BYTES = 1 << 20;

  /**
   * @throws EmbeddingException if one of the two files is missing
   */
  static FolderFiles of(Path folder) {
    FolderFiles files = new FolderFiles(folder);
    if (!Files.isDirectory(folder)) {
      throw files.unusable(
          Files.exists(folder) ? "it is a file, not a folder" : "there is no such folder", null);
    }
    for (String name : List.of(NETWORK, TOKENIZER)) {
      if (!Files.isRegularFile(folder.resolve(name))) {
        throw files.unusable("it has no file " + name, null);
      }
    }
    return files;
  }

  /** What is said when the folder is of no use. */
  EmbeddingException unusable(String why, @Nullable Throwable cause) {
    return new EmbeddingException(
        "The model folder " + folder + " cannot be used: " + why + ".", cause);
  }

  /** The folder's name, as far as it may stand in an id. */
  String name() {
    String name = String.valueOf(folder.getFileName()).replaceAll("[^A-Za-z0-9.-]+", "-");
    return name.isEmpty() ? "model" : name;
  }

  /**
   * @throws EmbeddingException if onnxruntime cannot load it, or it reads anything but tokens
   */
  Network network(OrtEnvironment environment) {
    Network network;
    try {
      network = Network.of(environment, folder.resolve(NETWORK));
    } catch (OrtException e) {
      throw unusable("onnxruntime cannot load model.onnx: " + e.getMessage(), e);
    }
    try {
      network.requireTokensOnly();
      return network;
    } catch (OrtException | IllegalArgumentException e) {
      close(network);
      throw unusable("model.onnx does not fit: " + e.getMessage(), e);
    }
  }

  /**
   * @throws EmbeddingException if it is none that Hugging Face's library can read
   */
  WordPieces tokenizer(int maxTokens) {
    try {
      return WordPieces.ofPlainText(Files.readAllBytes(folder.resolve(TOKENIZER)), maxTokens);
    } catch (IOException | LinkageError | RuntimeException e) {
      throw unusable("tokenizer.json cannot be read: " + e.getMessage(), e);
    }
  }

  /** Digits that change with each of the files and each of the settings. */
  String fingerprint(String... settings) throws IOException {
    MessageDigest digest = sha256();
    for (Path file : files()) {
      digest.update(String.valueOf(file.getFileName()).getBytes(StandardCharsets.UTF_8));
      add(file, digest);
    }
    for (String setting : settings) {
      digest.update((byte) 0);
      digest.update(setting.getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, FINGERPRINT_DIGITS);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isRegularFile).filter(FolderFiles::isOfModel).sorted().toList();
    }
  }

  private static boolean isOfModel(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith(NETWORK) || name.equals(TOKENIZER);
  }

  private static void add(Path file, MessageDigest digest) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Gives native memory back after a failure, which goes before what closing says. */
  static void close(@Nullable AutoCloseable... parts) {
    for (AutoCloseable part : parts) {
      try {
        if (part != null) {
          part.close();
        }
      } catch (Exception e) {
        throw new IllegalStateException("a model that was refused could not be closed", e);
      }
    }
  }
}
