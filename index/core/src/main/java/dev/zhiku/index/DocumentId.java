package dev.zhiku.index;

import java.security.SecureRandom;

/**
 * Names one document for as long as it lives: given at first sight, kept through renames and
 * changes of content. Looks like {@code d_} and 22 characters of {@code 0-9A-Za-z}; the first eight
 * of a new one tell the millisecond, so that documents that came together stand together in every
 * index by id.
 */
public record DocumentId(String value) implements Comparable<DocumentId> {
  private static final String PREFIX = "d_";
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int LENGTH = 22;

  /** So many digits last until the year 8888. */
  private static final int TIME_LENGTH = 8;

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
    if (value.length() != PREFIX.length() + LENGTH || !value.startsWith(PREFIX)) {
      return false;
    }
    for (int i = PREFIX.length(); i < value.length(); i++) {
      char c = value.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      if (!digit && !letter) {
        return false;
      }
    }
    return true;
  }

  /** A new id: the time, and about 83 random bits that nobody guesses. */
  public static DocumentId random() {
    return at(System.currentTimeMillis());
  }

  /** Sorted by time, as far as the clock goes forward. */
  static DocumentId at(long epochMillis) {
    char[] characters = new char[LENGTH];
    long rest = epochMillis;
    for (int i = TIME_LENGTH - 1; i >= 0; i--) {
      characters[i] = ALPHABET.charAt((int) (rest % ALPHABET.length()));
      rest /= ALPHABET.length();
    }
    for (int i = TIME_LENGTH; i < LENGTH; i++) {
      characters[i] = ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length()));
    }
    return new DocumentId("d_" + new String(characters));
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
