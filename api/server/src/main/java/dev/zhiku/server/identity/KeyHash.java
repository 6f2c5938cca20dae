package dev.zhiku.server.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * The keyed hash of secrets, HMAC-SHA-256 with a secret of the instance: whoever has the database
 * alone cannot even try keys against it. A fast hash is enough for secrets of 256 random bits.
 * Immutable.
 */
public final class KeyHash {
  private final SecretKey secret;
  private final String purpose;

  /**
   * @param secret of the instance
   * @param purpose keeps the hashes of different things apart
   */
  public KeyHash(SecretKey secret, String purpose) {
    this.secret = secret;
    this.purpose = purpose;
  }

  /** The hash in 64 hexadecimal digits. */
  public String of(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      return HexFormat.of()
          .formatHex(mac.doFinal((purpose + "\n" + text).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  /** Compares in the same time wherever the two differ. */
  static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
