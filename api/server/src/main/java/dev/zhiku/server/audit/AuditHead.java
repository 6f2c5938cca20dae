package dev.zhiku.server.audit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the log by which all before it can be held to what it was: kept elsewhere, it shows a
 * tail that was cut and a chain that was written anew.
 *
 * @param number of the record, from 1; 0 before the first
 * @param hash of the record, in hexadecimal digits
 */
public record AuditHead(long number, String hash) {
  /** The place before the first record. */
  public static final AuditHead NONE = new AuditHead(0, "0".repeat(64));

  private static final Pattern TEXT = Pattern.compile("(\\d{1,18}):([0-9a-f]{64})");

  /** The head that {@link #toString} wrote; empty for anything else. */
  public static Optional<AuditHead> parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    return matcher.matches()
        ? Optional.of(new AuditHead(Long.parseLong(matcher.group(1)), matcher.group(2)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return number + ":" + hash;
  }
}
