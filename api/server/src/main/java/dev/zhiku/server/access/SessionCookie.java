package dev.zhiku.server.access;

import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;

/** The cookie that carries a session: no script reads it, no other site sends it. */
final class SessionCookie {
  private SessionCookie() {}

  static String name(boolean tls) {
    return tls ? "__Host-zhiku" : "zhiku";
  }

  static Cookie of(String token, boolean tls) {
    return Cookie.of(name(tls), token)
        .path("/")
        .httpOnly(true)
        .secure(tls)
        .sameSite(SameSite.Strict)
        .maxAge(Sessions.LONGEST);
  }

  static Cookie expired(boolean tls) {
    return of("", tls).maxAge(0);
  }
}
