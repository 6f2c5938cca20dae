package dev.zhiku.server.access;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.search.Principal;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.identity.NamedKey;
import io.micronaut.http.HttpRequest;
import java.util.List;
import java.util.Optional;

/**
 * The user for whom an application or a proxy asks, in one of the headers that these write him
 * into. Believed of a key that may speak for others, and of a trusted proxy in the one header that
 * it was configured to write, and of nobody else: anybody can write a header.
 */
final class NamedUser {
  /** In the order in which they are looked at; the first that is there counts. */
  private static final List<String> HEADERS =
      List.of("X-Forwarded-User", "X-OpenWebUI-User-Id", "Cf-Access-Authenticated-User-Email");

  private static final int MAX_CHARS = 100;

  private NamedUser() {}

  /**
   * Who asks with a key.
   *
   * @throws Problem {@code value-out-of-range} if a key that may speak for others names somebody
   *     twice, or as nobody can be named
   */
  static Principal behind(NamedKey key, HttpRequest<?> request) {
    if (key.terms().onBehalfOf()) {
      for (String header : HEADERS) {
        Optional<Principal> user = in(header, request, key.id());
        if (user.isPresent()) {
          return user.get();
        }
      }
    }
    return new Principal(Principal.Kind.KEY, key.id());
  }

  /**
   * Whom a header names.
   *
   * @param speaker who wrote it
   * @return empty if the header is not there
   * @throws Problem {@code value-out-of-range} if it names somebody twice, or as nobody can be
   *     named
   */
  static Optional<Principal> in(String header, HttpRequest<?> request, String speaker) {
    List<String> values = request.getHeaders().getAll(header);
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(new Principal(Principal.Kind.PERSON, user(header, values), speaker));
  }

  private static String user(String header, List<String> values) {
    String user = values.getFirst().strip();
    if (values.size() > 1
        || user.isEmpty()
        || user.length() > MAX_CHARS
        || user.chars().anyMatch(Character::isISOControl)) {
      throw new Problem(
          ProblemCode.VALUE_OUT_OF_RANGE, header, ServerText.of("rule.user", MAX_CHARS));
    }
    return user;
  }
}
