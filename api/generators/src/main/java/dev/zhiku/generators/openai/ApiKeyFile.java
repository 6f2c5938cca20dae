package dev.zhiku.generators.openai;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that holds the key of a model server. */
public final class ApiKeyFile {
  /** Longer files hold no key. */
  private static final int MAX_BYTES = 8_192;

  private ApiKeyFile() {}

  /**
   * The key.
   *
   * @throws IOException if the file cannot be read or holds anything but one key
   */
  public static String read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("it is larger than " + MAX_BYTES + " bytes");
    }
    String key = Files.readString(file).strip();
    if (key.isEmpty() || key.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new IOException("it must hold one key and nothing else");
    }
    return key;
  }
}
