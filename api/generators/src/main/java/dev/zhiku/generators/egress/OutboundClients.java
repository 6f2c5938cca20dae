package dev.zhiku.generators.egress;

import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/** Makes HTTP clients that go nowhere but where they are sent. */
public final class OutboundClients {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private static final Duration MODEL_CONNECT_TIMEOUT = Duration.ofMillis(900);

  private OutboundClients() {}

  /** For one configured address: follows no redirect, asks no proxy. Close it. */
  public static HttpClient direct() {
    return builder().build();
  }

  /**
   * Like {@link #direct()}, for a model server: who asks is answered from the documents alone if
   * nobody takes the connection within a second.
   */
  public static HttpClient toModelServer() {
    return toModelServer(List.of());
  }

  /**
   * The same, to these hosts too where they are not near.
   *
   * @param allowedHosts of {@code zhiku.generator.allowed-hosts}
   */
  public static HttpClient toModelServer(List<String> allowedHosts) {
    return toModelServer(allowedHosts, Egress.Purpose.MODEL);
  }

  /** The same for a purpose of its own. */
  public static HttpClient toModelServer(List<String> allowedHosts, Egress.Purpose purpose) {
    return new GuardedClient(
        builder().connectTimeout(MODEL_CONNECT_TIMEOUT).build(),
        new ModelServerAddress.Guard(allowedHosts),
        purpose);
  }

  /** Like {@link #direct()}, but to this machine and private networks alone. */
  public static HttpClient near(Egress.Purpose purpose) {
    return new GuardedClient(builder().build(), new NearAddress(), purpose);
  }

  /** Like {@link #direct()}, for a server of this machine that shows this certificate. */
  public static HttpClient pinned(X509Certificate certificate) {
    return builder().sslContext(PinnedCertificate.context(certificate)).build();
  }

  private static HttpClient.Builder builder() {
    return HttpClient.newBuilder()
        .connectTimeout(CONNECT_TIMEOUT)
        .followRedirects(Redirect.NEVER)
        .proxy(HttpClient.Builder.NO_PROXY)
        .version(Version.HTTP_1_1);
  }
}
