package dev.zhiku.server.backup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of what is read or written. */
final class Sha256 {
  private Sha256() {}

  static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
