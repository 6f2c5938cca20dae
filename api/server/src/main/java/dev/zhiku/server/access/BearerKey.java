package dev.zhiku.server.access;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.List;
import java.util.Optional;

/** The key that a request carries as {@code Authorization: Bearer}. Thread-safe. */
final class BearerKey {
  private static final String BEARER = "bearer ";
  private static final String ACCESS_CODE = "nk-";

  /** Text that the frame in other pages sends in place of a key. */
  private static final String EMBEDDED = "embedded";

  private final Optional<String> embedded;

  /**
   * @param embedded the key that the frame in other pages asks with
   */
  BearerKey(Optional<String> embedded) {
    this.embedded = embedded;
  }

  /**
   * The key in the header; empty if there is none, or more than one. NextChat writes a mark before
   * what its users type as their access code.
   */
  Optional<String> of(HttpRequest<?> request) {
    List<String> headers = request.getHeaders().getAll(HttpHeaders.AUTHORIZATION);
    return headers.size() == 1
            && headers.getFirst().regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? Optional.of(meant(headers.getFirst().substring(BEARER.length()).strip()))
        : Optional.empty();
  }

  /** Whether the frame in another page sent it, which may be shown what a reader may, not more. */
  boolean isOfFrame(HttpRequest<?> request) {
    return embedded.isPresent() && of(request).equals(embedded);
  }

  /** The frame in pages of the intranet holds no key, and says that it asks with its own. */
  private String meant(String key) {
    if (key.equals(EMBEDDED)) {
      return embedded.orElse(key);
    }
    return key.startsWith(ACCESS_CODE) ? key.substring(ACCESS_CODE.length()) : key;
  }
}
