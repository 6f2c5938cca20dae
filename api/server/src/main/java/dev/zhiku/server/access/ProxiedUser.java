package dev.zhiku.server.access;

import dev.zhiku.answering.search.Principal;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.server.http.ServerConfig;
import dev.zhiku.server.http.ServerText;
import io.micronaut.http.HttpRequest;
import java.util.Optional;

/**
 * The user whom a trusted proxy has signed in, by the one header of {@code user-header}. Whoever
 * writes that header over another connection than a trusted proxy's is nobody by it.
 */
final class ProxiedUser {
  private final Optional<String> header;
  private final ClientAddress clients;

  ProxiedUser(ServerConfig server, ClientAddress clients) {
    this.header = server.userHeader();
    this.clients = clients;
  }

  /**
   * Who asks; empty if no trusted proxy says.
   *
   * @throws dev.zhiku.answering.problem.Problem {@code value-out-of-range} if it names somebody
   *     twice, or as nobody can be named
   */
  Optional<Principal> of(HttpRequest<?> request) {
    return header
        .filter(name -> clients.isProxy(request))
        .flatMap(name -> NamedUser.in(name, request, Principal.PROXY));
  }

  /** Whether a trusted proxy says who asks, however badly. */
  boolean isNamed(HttpRequest<?> request) {
    return clients.isProxy(request) && carriesHeader(request);
  }

  /** Why somebody who wrote himself a name is not believed; empty if nobody did. */
  Optional<Phrase> whyNot(HttpRequest<?> request) {
    return header
        .filter(name -> carriesHeader(request) && !clients.isProxy(request))
        .map(name -> ServerText.of("user-header-elsewhere", name));
  }

  private boolean carriesHeader(HttpRequest<?> request) {
    return header.filter(name -> request.getHeaders().contains(name)).isPresent();
  }
}
