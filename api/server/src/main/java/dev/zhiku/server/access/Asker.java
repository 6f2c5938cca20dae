package dev.zhiku.server.access;

import dev.zhiku.answering.search.Principal;
import dev.zhiku.server.identity.Role;
import io.micronaut.http.HttpRequest;
import java.util.Optional;

/**
 * Who sent a request, let in or not, as far as it showed.
 *
 * @param role he has; empty if nobody is known
 * @param address of his machine
 */
public record Asker(Principal principal, Optional<Role> role, String address) {
  private static final String ATTRIBUTE = "zhiku.asker";

  /** Who is known of a request; of one that nobody looked at, the other end of its connection. */
  public static Asker of(HttpRequest<?> request) {
    return request
        .getAttribute(ATTRIBUTE, Asker.class)
        .orElseGet(
            () ->
                new Asker(
                    Principal.NOBODY,
                    Optional.empty(),
                    request.getRemoteAddress().getAddress().getHostAddress()));
  }

  static void isNobody(HttpRequest<?> request, String address) {
    request.setAttribute(ATTRIBUTE, new Asker(Principal.NOBODY, Optional.empty(), address));
  }

  /** From now on the sender of this request is known. */
  static void is(HttpRequest<?> request, Grant grant) {
    String address = of(request).address();
    request.setAttribute(
        ATTRIBUTE, new Asker(grant.principal(), Optional.of(grant.role()), address));
  }
}
