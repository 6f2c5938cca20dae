package dev.zhiku.generators.egress;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/**
 * An address of this machine or of a private network that takes JSON by POST. Every attempt is
 * counted, and refused where the address lies elsewhere. Thread-safe.
 */
public final class Webhook {
  /** Longest wait for an answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int LEAST_STATUS = 200;
  private static final int MOST_STATUS = 299;

  private final URI address;
  private final Egress.Purpose purpose;

  /**
   * @param purpose for which attempts are counted
   */
  public Webhook(URI address, Egress.Purpose purpose) {
    this.address = address;
    this.purpose = purpose;
  }

  /**
   * Sends JSON, once.
   *
   * @throws IOException if nobody took it, or with another status than 2xx
   */
  public void post(byte[] json) throws IOException, InterruptedException {
    post(json, Map.of());
  }

  /**
   * Sends JSON with further headers, once.
   *
   * @throws IOException if nobody took it, or with another status than 2xx
   */
  public void post(byte[] json, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json));
    headers.forEach(request::header);
    try (HttpClient client = OutboundClients.near(purpose)) {
      int status =
          client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status < LEAST_STATUS || status > MOST_STATUS) {
        throw new IOException(address.getHost() + " answered with status " + status);
      }
    }
  }
}
