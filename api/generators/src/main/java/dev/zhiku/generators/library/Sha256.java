package dev.zhiku.generators.library;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.generators.GeneratorText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** SHA-256 sums, in hexadecimal with small letters. */
final class Sha256 {
  private static final int BUFFER_BYTES = 1 << 20;

  private Sha256() {}

  /** Whether a text is one. */
  static Optional<String> read(String text) {
    String hex = text.replace("\"", "").strip().toLowerCase(Locale.ROOT);
    return hex.matches("[0-9a-f]{64}") ? Optional.of(hex) : Optional.empty();
  }

  /**
   * @throws Problem {@code value-out-of-range} if an administrator gave something else
   */
  static String given(String text) {
    return read(text)
        .orElseThrow(
            () ->
                new Problem(
                    ProblemCode.VALUE_OUT_OF_RANGE, "sha256", GeneratorText.of("rule.sha256")));
  }

  /** Reads a whole file. */
  static String of(Path file, PullProgress progress) throws IOException, InterruptedException {
    MessageDigest digest = digest();
    long total = Files.size(file);
    long done = 0;
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (Thread.interrupted()) {
          throw new InterruptedException("stopped while a file was being checked");
        }
        digest.update(buffer, 0, count);
        done += count;
        progress.set(PullProgress.Phase.VERIFYING, done, total);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
