package dev.zhiku.server.audit;

import io.micronaut.http.HttpRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the record of a request says beside its address. */
public final class AuditNote {
  private static final String ATTRIBUTE = "zhiku.audit.note";
  private static final int MAX_VALUE = 120;
  private static final Pattern SECRET = Pattern.compile("(https?://[^?\\s]*)\\?\\S*");

  private AuditNote() {}

  /** Has the record of this request say more. */
  public static void add(HttpRequest<?> request, String note) {
    request.setAttribute(ATTRIBUTE, note);
  }

  /** What was added; empty if nothing was. */
  public static Optional<String> of(HttpRequest<?> request) {
    return request.getAttribute(ATTRIBUTE, String.class);
  }

  /** A value as a record shows it: short, and of an address nothing that may be a secret. */
  public static String shown(String value) {
    String open = SECRET.matcher(value).replaceAll("$1?...");
    return "\"" + (open.length() <= MAX_VALUE ? open : open.substring(0, MAX_VALUE) + "…") + "\"";
  }
}
