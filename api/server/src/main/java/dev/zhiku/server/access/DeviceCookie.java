package dev.zhiku.server.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cookie by which the profile of a browser is known again, when it is signed in anew or where
 * everything is open: 128 random bits that open nothing by themselves.
 */
final class DeviceCookie {
  private static final Duration KEPT = Duration.ofDays(400);
  private static final int BYTES = 16;
  private static final int ID_CHARS = 16;
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String value;

  private DeviceCookie(String value) {
    this.value = value;
  }

  /** The one that the request carries, or a new one. */
  static DeviceCookie of(HttpRequest<?> request, boolean tls) {
    return known(request, tls).orElseGet(() -> new DeviceCookie(random()));
  }

  /** The one that the request carries. */
  static Optional<DeviceCookie> known(HttpRequest<?> request, boolean tls) {
    return request
        .getCookies()
        .findCookie(name(tls))
        .map(Cookie::getValue)
        .filter(value -> FORM.matcher(value).matches())
        .map(DeviceCookie::new);
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  static String name(boolean tls) {
    return tls ? "__Host-zhiku-device" : "zhiku-device";
  }

  /** What may be shown of it: whoever reads a log must not become the device. */
  String id() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
      return "b_" + HexFormat.of().formatHex(digest).substring(0, ID_CHARS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  Cookie cookie(boolean tls) {
    return Cookie.of(name(tls), value)
        .path("/")
        .httpOnly(true)
        .secure(tls)
        .sameSite(SameSite.Strict)
        .maxAge(KEPT);
  }
}
