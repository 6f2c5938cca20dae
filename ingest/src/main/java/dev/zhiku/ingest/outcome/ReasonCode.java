package dev.zhiku.ingest.outcome;

import java.util.Locale;

/**
 * The code of a reason why a file is not indexed. It is stable and kebab-case on the wire; the
 * words for it, with the remedy, are in {@code reasons.properties} (English) and {@code
 * reasons_zh.properties}.
 */
public enum ReasonCode {
  /** Opening it needs a password. */
  PASSWORD_PROTECTED(false),
  /** Broken, or not what its name says. */
  CORRUPT(false),
  /** Zero bytes. */
  EMPTY_FILE(false),
  /** Opens, and holds no text. */
  NO_TEXT(false),
  /** No text but pictures of text, and no text recognition is installed. */
  OCR_NOT_INSTALLED(false),
  /** A type that nobody here reads. */
  UNSUPPORTED_TYPE(false),
  /** Over the limit of bytes; the value is the limit. */
  FILE_TOO_LARGE(false),
  /** Reading it took longer than the limit; the value is the limit. */
  PARSE_TIMEOUT(true),
  /** Reading it took more memory than the parser may have; the value is the limit. */
  PARSE_MEMORY(true),
  /** The parser ended while it read the file. */
  PARSER_CRASHED(true),
  /** An archive or document that unpacks beyond a limit; the value names the limit. */
  UNPACK_LIMIT(false),
  /** Changed each time it was read. */
  CHANGED_WHILE_READ(true),
  /** The operating system refuses to read it; the value is what it says. */
  UNREADABLE(true),
  /** Its name begins with a dot or the system marks it as hidden. */
  HIDDEN(false),
  /** A symbolic link that leads out of its source, or nowhere. */
  LINK_OUTSIDE_SOURCE(false),
  /** A symbolic link inside its source: the file itself is indexed under its own name. */
  LINK(false),
  /** A device, a pipe, a socket. */
  NOT_A_REGULAR_FILE(false),
  /** A cloud drive shows it, but its bytes are elsewhere; opening it would download them. */
  CLOUD_ONLY(false),
  /** Its name cannot be shown or kept; the value says why. */
  UNUSABLE_NAME(false),
  /** Excluded by the configuration of its source. */
  EXCLUDED(false),
  /** Storing failed for now, for example because the disk is full; the value is what happened. */
  STORAGE_FAILED(true),
  /** A fault in this program; the value is what happened. */
  INTERNAL_ERROR(true);

  private final boolean retryable;

  ReasonCode(boolean retryable) {
    this.retryable = retryable;
  }

  /** Whether trying again without a change of the file can help. */
  public boolean retryable() {
    return retryable;
  }

  /** Whether the file's name, kind or configuration decided, before anything was read. */
  public boolean byName() {
    return switch (this) {
      case HIDDEN,
          LINK,
          LINK_OUTSIDE_SOURCE,
          NOT_A_REGULAR_FILE,
          CLOUD_ONLY,
          UNUSABLE_NAME,
          EXCLUDED ->
          true;
      default -> false;
    };
  }

  /**
   * Whether a file with this reason counts as skipped, for nothing in it could be answered from;
   * otherwise as failed.
   */
  public boolean skips() {
    return byName()
        || switch (this) {
          case EMPTY_FILE, NO_TEXT, UNSUPPORTED_TYPE, FILE_TOO_LARGE -> true;
          default -> false;
        };
  }

  /** Kebab-case name used in the API and in the catalogue. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The code with this wire name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ReasonCode ofWireName(String wireName) {
    return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
