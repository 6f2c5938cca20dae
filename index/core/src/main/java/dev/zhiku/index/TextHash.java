package dev.zhiku.index;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of a text given to an embedder; with the {@code EmbedderId} the key of the vector cache.
 *
 * @param hex 64 lower-case hex digits
 */
public record TextHash(String hex) {
  /** Hash of the text in UTF-8. */
  public static TextHash of(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return new TextHash(HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
