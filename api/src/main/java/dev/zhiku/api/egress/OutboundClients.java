package dev.zhiku.api.egress;

import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.time.Duration;

/** Makes HTTP clients that go nowhere but where they are sent. */
public final class OutboundClients {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private OutboundClients() {}

  /** For one configured address: follows no redirect, asks no proxy. Close it. */
  public static HttpClient direct() {
    return HttpClient.newBuilder()
        .connectTimeout(CONNECT_TIMEOUT)
        .followRedirects(Redirect.NEVER)
        .proxy(HttpClient.Builder.NO_PROXY)
        .version(Version.HTTP_1_1)
        .build();
  }
}
