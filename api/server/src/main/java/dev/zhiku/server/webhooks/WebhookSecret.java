package dev.zhiku.server.webhooks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that deliveries are signed with, in the way of Standard Webhooks, so that its
 * libraries verify them: HMAC-SHA256 over id, time and body. Immutable.
 */
final class WebhookSecret {
  /** Prefix that a secret in Base64 may have. */
  private static final String PREFIX = "whsec_";

  private static final String ALGORITHM = "HmacSHA256";

  /** Shorter secrets can be guessed. */
  private static final int LEAST_BYTES = 24;

  private final SecretKeySpec key;

  private WebhookSecret(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /**
   * @throws IllegalArgumentException if the file cannot be read or holds no such secret
   */
  static WebhookSecret in(Path file) {
    String problem =
        "zhiku.webhooks.secret-file: the first line of "
            + file
            + " must be at least "
            + LEAST_BYTES
            + " random bytes in Base64, perhaps behind "
            + PREFIX
            + ", as openssl rand -base64 32 writes them";
    try (Stream<String> lines = Files.lines(file)) {
      String first = lines.findFirst().orElse("").strip();
      byte[] key =
          Base64.getDecoder()
              .decode(first.startsWith(PREFIX) ? first.substring(PREFIX.length()) : first);
      if (key.length < LEAST_BYTES) {
        throw new IllegalArgumentException(problem);
      }
      return new WebhookSecret(key);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(problem, e);
    }
  }

  /**
   * The headers by which whoever gets a body knows that it is from here, and now.
   *
   * @param seconds since 1970
   */
  Map<String, String> headers(String id, long seconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
      return Map.of(
          "webhook-id",
          id,
          "webhook-timestamp",
          Long.toString(seconds),
          "webhook-signature",
          "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
