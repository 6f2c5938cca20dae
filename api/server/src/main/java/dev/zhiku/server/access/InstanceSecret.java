package dev.zhiku.server.access;

import dev.zhiku.index.file.DurableFile;
import dev.zhiku.server.identity.KeyHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret in the data folder by which commands of this machine tell its service from any other
 * program: whoever has it can prove so without saying it. Immutable.
 */
public final class InstanceSecret {
  /** Name of the file in the data folder. */
  public static final String FILE_NAME = "instance.secret";

  private static final Pattern NONCE = Pattern.compile("[0-9a-f]{32,64}");
  private static final Pattern SECRET = Pattern.compile("[0-9a-f]{64}");
  private static final int SECRET_BYTES = 32;
  private static final int NONCE_BYTES = 32;
  private static final int MAX_FILE_BYTES = 256;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKeySpec key;

  private InstanceSecret(String hex) {
    this.key = new SecretKeySpec(HexFormat.of().parseHex(hex), "HmacSHA256");
  }

  /**
   * Reads the secret, or makes it where there is none.
   *
   * @throws IllegalStateException if others may read the file or it holds no secret; the message
   *     names the file and never the secret
   */
  public static InstanceSecret ofData(Path data) {
    Optional<InstanceSecret> known = find(data);
    if (known.isPresent()) {
      return known.get();
    }
    Path file = data.resolve(FILE_NAME);
    String hex = random(SECRET_BYTES);
    try {
      DurableFile.create(file, hex + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + file + " cannot be written.", e);
    }
    return new InstanceSecret(hex);
  }

  /**
   * Reads the secret; empty if there is none.
   *
   * @throws IllegalStateException as {@link #ofData}
   */
  public static Optional<InstanceSecret> find(Path data) {
    Path file = data.resolve(FILE_NAME);
    try {
      OwnerOnly.check(file);
      if (Files.size(file) <= MAX_FILE_BYTES) {
        String hex = Files.readString(file, StandardCharsets.UTF_8).strip();
        if (SECRET.matcher(hex).matches()) {
          return Optional.of(new InstanceSecret(hex));
        }
      }
      throw new IllegalStateException(
          file
              + " holds no secret. Put it back from a backup; or stop the service, delete the file,"
              + " start it again and make the keys of applications anew, for none of them fits"
              + " then.");
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + file + " cannot be read.", e);
    }
  }

  /** The hash under which secrets of keys are kept; with another secret none of them fits. */
  public KeyHash keyHash() {
    return new KeyHash(key, "zhiku-key");
  }

  /**
   * The hash under which the secrets of persons are kept; with another secret none of them fits.
   */
  public KeyHash personHash() {
    return new KeyHash(key, "zhiku-person");
  }

  /** A new challenge. */
  public static String nonce() {
    return random(NONCE_BYTES);
  }

  /** Whether the text may be a challenge: 32 to 64 hexadecimal digits. */
  static boolean isNonce(String text) {
    return NONCE.matcher(text).matches();
  }

  /**
   * The answer to a challenge.
   *
   * @param address where the service listens, so that the answer is worth nothing to a program at
   *     another address that passes challenges on
   */
  public String proof(String nonce, String address) {
    try {
      Mac mac = Mac.getInstance(key.getAlgorithm());
      mac.init(key);
      byte[] message =
          ("zhiku-instance\n" + nonce + "\n" + address).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(mac.doFinal(message));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  /** Compares in the same time wherever the two differ. */
  public boolean proves(String presented, String nonce, String address) {
    return MessageDigest.isEqual(
        proof(nonce, address).getBytes(StandardCharsets.UTF_8),
        presented.getBytes(StandardCharsets.UTF_8));
  }

  private static String random(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
