package dev.zhiku.app.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A program that is told what happens in a service, and checks each signature as Standard Webhooks
 * says, by code of its own. Thread-safe.
 */
public final class WebhookReceiver implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final byte[] secret = new byte[32];
  private final HttpServer server;
  private final List<Delivery> got = new CopyOnWriteArrayList<>();
  private final AtomicInteger toRefuse = new AtomicInteger();

  /**
   * One that arrived.
   *
   * @param trusted whether its signature is right and its time is near
   * @param taken whether it was answered with success
   */
  public record Delivery(String id, String text, JsonNode body, boolean trusted, boolean taken) {
    public String type() {
      return body.path("type").asText();
    }
  }

  private WebhookReceiver(HttpServer server) {
    this.server = server;
    new SecureRandom().nextBytes(secret);
    server.createContext("/", this::take);
    server.start();
  }

  public static WebhookReceiver start() throws IOException {
    return new WebhookReceiver(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  /** What the file of the secret holds. */
  public String secret() {
    return "whsec_" + Base64.getEncoder().encodeToString(secret) + "\n";
  }

  /** Refuses the next ones. */
  public void refuse(int deliveries) {
    toRefuse.set(deliveries);
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String id = exchange.getRequestHeaders().getFirst("webhook-id");
    long at = Long.parseLong(exchange.getRequestHeaders().getFirst("webhook-timestamp"));
    byte[] expected = ("v1," + signature(id, at, body)).getBytes(StandardCharsets.UTF_8);
    byte[] shown =
        exchange.getRequestHeaders().getFirst("webhook-signature").getBytes(StandardCharsets.UTF_8);
    boolean trusted =
        MessageDigest.isEqual(expected, shown)
            && Math.abs(Instant.now().getEpochSecond() - at) <= Duration.ofMinutes(5).toSeconds();
    boolean taken = toRefuse.getAndUpdate(left -> Math.max(0, left - 1)) == 0;
    got.add(
        new Delivery(
            id, new String(body, StandardCharsets.UTF_8), JSON.readTree(body), trusted, taken));
    exchange.sendResponseHeaders(taken ? 204 : 500, -1);
    exchange.close();
  }

  private String signature(String id, long at, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      mac.update((id + "." + at + ".").getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Everything so far, in the order of arrival. */
  public List<Delivery> all() {
    return List.copyOf(got);
  }

  /** Waits for one that was taken. */
  public Delivery await(String type, Predicate<JsonNode> data) {
    Instant end = Instant.now().plus(ServiceProcess.PATIENCE);
    while (Instant.now().isBefore(end)) {
      for (Delivery one : got) {
        if (one.taken() && one.type().equals(type) && data.test(one.body().path("data"))) {
          return one;
        }
      }
      ServiceProcess.pause(50);
    }
    throw new AssertionError("no such " + type + ": " + got);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
