package dev.zhiku.server.access;

import dev.zhiku.server.identity.Person;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import java.util.Optional;

/** The cookie by which a device of a person is signed in; no script reads it, no site sends it. */
final class PersonCookie {
  private PersonCookie() {}

  static String name(boolean tls) {
    return tls ? "__Host-zhiku-person" : "zhiku-person";
  }

  /** The secret that a request carries in it. */
  static Optional<String> secret(HttpRequest<?> request, boolean tls) {
    return request
        .getCookies()
        .findCookie(name(tls))
        .map(Cookie::getValue)
        .filter(value -> !value.isEmpty());
  }

  static Cookie of(String secret, boolean tls) {
    return Cookie.of(name(tls), secret)
        .path("/")
        .httpOnly(true)
        .secure(tls)
        .sameSite(SameSite.Strict)
        .maxAge(Person.SIGNED_IN);
  }

  static Cookie expired(boolean tls) {
    return of("", tls).maxAge(0);
  }
}
