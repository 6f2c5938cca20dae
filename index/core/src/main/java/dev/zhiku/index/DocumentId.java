package dev.zhiku.index;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * Names one document for as long as it lives: given at random at first sight, kept through renames
 * and changes of content. Looks like {@code d_} and 22 characters of {@code 0-9A-Za-z}.
 */
public record DocumentId(String value) implements Comparable<DocumentId> {
  private static final Pattern FORM = Pattern.compile("d_[0-9A-Za-z]{22}");
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * @throws IllegalArgumentException if the value has another form
   */
  public DocumentId {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException(
          "a document id is d_ and 22 letters or digits, got " + value);
    }
  }

  /** Whether the text could be a document id at all. */
  public static boolean isWellFormed(String value) {
    return FORM.matcher(value).matches();
  }

  /** A new id, about 131 random bits. */
  public static DocumentId random() {
    StringBuilder value = new StringBuilder("d_");
    for (int i = 0; i < 22; i++) {
      value.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return new DocumentId(value.toString());
  }

  @Override
  public int compareTo(DocumentId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
