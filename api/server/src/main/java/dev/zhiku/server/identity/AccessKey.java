package dev.zhiku.server.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A secret that opens the service: {@code kb_}, 8 characters of id, 43 of secret (256 bits), 8 of
 * checksum. The checksum tells a typing error from a wrong key before anything is compared.
 */
public final class AccessKey {
  private static final Pattern FORM =
      Pattern.compile("(kb_[0-9A-Za-z]{8})_[0-9A-Za-z]{43}_[0-9a-f]{8}");
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final String PREFIX = "kb_";
  private static final int PREFIX_CHARS = 3;
  private static final int ID_CHARS = 8;
  private static final int CHECKSUM_CHARS = 8;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String text;

  private AccessKey(String text) {
    this.text = text;
  }

  /** A new key, from the system's source of randomness. */
  public static AccessKey random() {
    String body = "kb_" + letters(ID_CHARS) + "_" + letters(43);
    return new AccessKey(body + "_" + checksum(body));
  }

  /**
   * @throws IllegalArgumentException if the text is no key; the message does not repeat it
   */
  public static AccessKey parse(String text) {
    if (!isWellFormed(text)) {
      throw new IllegalArgumentException(
          "A key is kb_ and 8, 43 and 8 characters with _ between them, and its checksum fits.");
    }
    return new AccessKey(text);
  }

  /** Whether the text has the form of a key and its checksum fits. */
  public static boolean isWellFormed(String text) {
    int body = text.length() - CHECKSUM_CHARS - 1;
    return FORM.matcher(text).matches()
        && checksum(text.substring(0, body)).equals(text.substring(body + 1));
  }

  /** Whatever in a text has the form of a key, with a checksum that fits. */
  public static List<String> candidates(String text) {
    return FORM.matcher(text)
        .results()
        .map(MatchResult::group)
        .filter(AccessKey::isWellFormed)
        .distinct()
        .toList();
  }

  /** The text with nothing but the public part of whatever has the form of a key. */
  public static String masked(String text) {
    return text.contains(PREFIX) ? FORM.matcher(text).replaceAll("$1_…") : text;
  }

  /** Compares in the same time wherever the two differ. */
  public boolean opens(String presented) {
    return MessageDigest.isEqual(
        text.getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
  }

  /** The public part of a well-formed key, by which it is found. */
  public static String publicPart(String wellFormed) {
    return wellFormed.substring(PREFIX_CHARS, PREFIX_CHARS + ID_CHARS);
  }

  /** The secret itself, for the file and for showing it once. */
  public String text() {
    return text;
  }

  /** The public part, for logs. */
  @Override
  public String toString() {
    return text.substring(0, 11) + "_…";
  }

  static String letters(int count) {
    StringBuilder letters = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      letters.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return letters.toString();
  }

  private static String checksum(String body) {
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
