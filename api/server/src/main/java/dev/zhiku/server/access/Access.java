package dev.zhiku.server.access;

import static dev.zhiku.answering.problem.ProblemCode.NOT_ALLOWED;
import static dev.zhiku.answering.problem.ProblemCode.NOT_AUTHENTICATED;
import static dev.zhiku.answering.problem.ProblemCode.TOO_MANY_REQUESTS;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.index.Filter;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.server.http.ServerConfig;
import dev.zhiku.server.http.ServerText;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Turns credentials into a {@link Scope}. Programs of this machine that ask directly need none;
 * anybody else, by {@link KeyRule}, needs a key, as {@code Authorization: Bearer} or through the
 * session cookie, never in the address. Thread-safe.
 */
public final class Access {
  private static final String BEARER = "bearer ";

  private final KeyRule rule;
  private final boolean tls;
  private final Optional<AccessKeys> keys;
  private final Sessions sessions;
  private final SignInLimit limit;
  private final ClientAddress clients;

  /**
   * @param keys needed by {@link KeyRule}; without them nobody who needs one is let in
   */
  public Access(ServerConfig server, Optional<AccessKeys> keys, Clock clock) {
    this.rule = new KeyRule(server);
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
    Optional<Phrase> why = rule.of(request);
    if (why.isEmpty()) {
      return Scope.LOCAL;
    }
    Optional<Role> needed = Rights.needed(request.getMethod(), request.getPath());
    if (needed.isEmpty()) {
      return new Scope("anonymous", "", new Filter.None());
    }
    Role role = role(request).orElseThrow(() -> new Problem(NOT_AUTHENTICATED, why.get()));
    if (!role.covers(needed.get())) {
      throw new Problem(NOT_ALLOWED, ServerText.of("admin-only"));
    }
    return new Scope(role.name().toLowerCase(Locale.ROOT), "", new Filter.All());
  }

  /** Why this request needs a key, for the status; empty if it needs none. */
  public Optional<Phrase> whyKeyIsNeeded(HttpRequest<?> request) {
    return rule.of(request);
  }

  /**
   * Exchanges a key for a session; empty where the request needs no key.
   *
   * @throws Problem if the key is wrong, {@code too-many-requests} if too many wrong ones came from
   *     this address; a right one is accepted all the same, so that nobody locks others out who
   *     share an address
   */
  Optional<Cookie> signIn(String key, HttpRequest<?> request) {
    Optional<Phrase> why = rule.of(request);
    if (why.isEmpty()) {
      return Optional.empty();
    }
    Optional<Role> role = keys.flatMap(known -> known.role(key));
    if (role.isEmpty()) {
      limit
          .failure(clients.of(request))
          .ifPresent(
              wait -> {
                throw new Problem(TOO_MANY_REQUESTS, Math.max(1, wait.toSeconds()));
              });
      throw new Problem(NOT_AUTHENTICATED, why.get());
    }
    return Optional.of(SessionCookie.of(sessions.start(role.get()), tls));
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
