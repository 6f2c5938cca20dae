package dev.zhiku.generators.egress;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * A client that connects only to addresses that a rule allows, those that it examined itself, and
 * counts each attempt.
 */
final class GuardedClient extends HttpClient {
  private final HttpClient client;
  private final Guard guard;
  private final Egress.Purpose purpose;

  /** Says where requests may be sent. */
  interface Guard {
    /** Whether a host may be asked wherever its name leads. */
    boolean isNamed(String host);

    /**
     * @throws IOException that tells the rule, if nothing may be sent to this address of the host
     */
    void check(String host, InetAddress address) throws IOException;
  }

  GuardedClient(HttpClient client, Guard guard, Egress.Purpose purpose) {
    this.client = client;
    this.guard = guard;
    this.purpose = purpose;
  }

  /** Until the connection is there, after which the name is asked no more. */
  private Optional<PinnedNames.Pin> pin(HttpRequest request) throws IOException {
    String host = request.uri().getHost();
    return Egress.ofProcess()
        .attempt(
            String.valueOf(host),
            purpose,
            () ->
                host == null || guard.isNamed(host)
                    ? Optional.empty()
                    : Optional.of(PinnedNames.pin(host, address -> guard.check(host, address))));
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    Optional<PinnedNames.Pin> pin = pin(request);
    try {
      return client.send(request, handler);
    } finally {
      pin.ifPresent(PinnedNames.Pin::close);
    }
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      Optional<PinnedNames.Pin> pin = pin(request);
      return client
          .sendAsync(request, handler)
          .whenComplete((response, failure) -> pin.ifPresent(PinnedNames.Pin::close));
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request,
      HttpResponse.BodyHandler<T> handler,
      HttpResponse.PushPromiseHandler<T> pushes) {
    return sendAsync(request, handler);
  }

  @Override
  public void shutdown() {
    client.shutdown();
  }

  @Override
  public boolean awaitTermination(Duration duration) throws InterruptedException {
    return client.awaitTermination(duration);
  }

  @Override
  public boolean isTerminated() {
    return client.isTerminated();
  }

  @Override
  public void shutdownNow() {
    client.shutdownNow();
  }

  @Override
  public void close() {
    client.close();
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return client.cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return client.connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return client.followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return client.proxy();
  }

  @Override
  public SSLContext sslContext() {
    return client.sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return client.sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return client.authenticator();
  }

  @Override
  public Version version() {
    return client.version();
  }

  @Override
  public Optional<Executor> executor() {
    return client.executor();
  }
}
