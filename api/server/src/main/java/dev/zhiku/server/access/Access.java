package dev.zhiku.server.access;

import static dev.zhiku.answering.problem.ProblemCode.NOT_ALLOWED;
import static dev.zhiku.answering.problem.ProblemCode.NOT_AUTHENTICATED;
import static dev.zhiku.answering.problem.ProblemCode.TOO_MANY_REQUESTS;

import dev.zhiku.answering.problem.Phrase;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.generators.egress.LoopbackAddress;
import dev.zhiku.index.Filter;
import dev.zhiku.server.http.ServerConfig;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Turns credentials into a {@link Scope}. On a loopback address everything is open; anywhere else a
 * key is needed, as {@code Authorization: Bearer} or through the session cookie, never in the
 * address. Thread-safe.
 */
public final class Access {
  private static final String BEARER = "bearer ";

  private final boolean open;
  private final boolean tls;
  private final Optional<AccessKeys> keys;
  private final Sessions sessions;
  private final SignInLimit limit;
  private final ClientAddress clients;

  /**
   * @param keys needed off loopback; without them nobody is let in there
   */
  public Access(ServerConfig server, Optional<AccessKeys> keys, Clock clock) {
    this.open = LoopbackAddress.is(server.host());
    this.tls = server.tls().certificate().isPresent();
    this.keys = keys;
    this.sessions = new Sessions(clock);
    this.limit = new SignInLimit(clock);
    this.clients = new ClientAddress(server.trustedProxies());
  }

  /**
   * Who asks.
   *
   * @throws Problem if the request needs a key and has none, a wrong one, or one with too few
   *     rights
   */
  Scope admit(HttpRequest<?> request) {
    return scope(request).at(clients.of(request).getHostAddress());
  }

  private Scope scope(HttpRequest<?> request) {
    if (open) {
      return Scope.LOCAL;
    }
    Optional<Role> needed = Rights.needed(request.getMethod(), request.getPath());
    if (needed.isEmpty()) {
      return new Scope("anonymous", "", new Filter.None());
    }
    Role role = role(request).orElseThrow(() -> new Problem(NOT_AUTHENTICATED));
    if (!role.covers(needed.get())) {
      throw new Problem(NOT_ALLOWED, new Phrase("It needs the administrator's key.", "需要管理员密钥。"));
    }
    return new Scope(role.name().toLowerCase(Locale.ROOT), "", new Filter.All());
  }

  /**
   * Exchanges a key for a session; empty where everything is open.
   *
   * @throws Problem if the key is wrong, or too many were tried from this address
   */
  Optional<Cookie> signIn(String key, HttpRequest<?> request) {
    if (open) {
      return Optional.empty();
    }
    limit
        .attempt(clients.of(request))
        .ifPresent(
            wait -> {
              throw new Problem(TOO_MANY_REQUESTS, Math.max(1, wait.toSeconds()));
            });
    Role role =
        keys.flatMap(known -> known.role(key)).orElseThrow(() -> new Problem(NOT_AUTHENTICATED));
    return Optional.of(SessionCookie.of(sessions.start(role), tls));
  }

  /** Ends the session of a request, if it has one, and tells the browser to forget its cookie. */
  Cookie signOut(HttpRequest<?> request) {
    token(request).ifPresent(sessions::end);
    return SessionCookie.expired(tls);
  }

  private Optional<Role> role(HttpRequest<?> request) {
    List<String> headers = request.getHeaders().getAll(HttpHeaders.AUTHORIZATION);
    if (headers.isEmpty()) {
      return token(request).flatMap(sessions::role);
    }
    String header = headers.getFirst();
    boolean bearer = header.regionMatches(true, 0, BEARER, 0, BEARER.length());
    return bearer && headers.size() == 1
        ? keys.flatMap(known -> known.role(header.substring(BEARER.length()).strip()))
        : Optional.empty();
  }

  private Optional<String> token(HttpRequest<?> request) {
    return request.getCookies().findCookie(SessionCookie.name(tls)).map(Cookie::getValue);
  }
}
