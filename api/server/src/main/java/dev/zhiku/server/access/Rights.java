package dev.zhiku.server.access;

import io.micronaut.http.HttpMethod;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which role a request needs; what is not named here needs the administrator's. */
final class Rights {
  /** What the page is made of, whether the service lives and which one it is, and signing in. */
  private static final Pattern PUBLIC =
      Pattern.compile(
          "/|/favicon\\.svg|/[a-z-]+\\.js|/(assets|components|styles|webjars)/.*|/health/(live|instance)|/session");

  private static final Pattern ASKING = Pattern.compile("/query(/.*)?|/v1/chat/completions");

  /** Models are the administrator's, to look at too. */
  private static final Pattern ADMINISTRATION = Pattern.compile("/models(/.*)?");

  private Rights() {}

  /** Empty if nobody has to say who they are. */
  static Optional<Role> needed(HttpMethod method, String path) {
    boolean reads = method == HttpMethod.GET || method == HttpMethod.HEAD;
    if (PUBLIC.matcher(path).matches() && (reads || path.equals("/session"))) {
      return Optional.empty();
    }
    if (ADMINISTRATION.matcher(path).matches()) {
      return Optional.of(Role.ADMIN);
    }
    return Optional.of(reads || ASKING.matcher(path).matches() ? Role.READER : Role.ADMIN);
  }
}
