package dev.zhiku.server.webhooks;

import dev.zhiku.generators.egress.Egress;
import dev.zhiku.generators.egress.Webhook;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happened, on its way to another program: in order, each until it was taken, with pauses that
 * grow, and given up after the last of them. What waits is forgotten when the service ends.
 * Thread-safe.
 */
public final class WebhookDelivery implements ServiceEvents, AutoCloseable {
  /** Most that waits; what comes then is lost, and the next delivery says how many were. */
  static final int MOST_WAITING = 10_000;

  /** Between one try and the next. */
  static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofHours(1));

  private static final Logger LOG = LoggerFactory.getLogger(WebhookDelivery.class);
  private static final JsonMapper JSON = JsonMapper.createDefault();

  private final Webhook webhook;
  private final WebhookSecret secret;
  private final Set<ServiceEvent.Type> wanted;
  private final Clock clock;
  private final List<Duration> pauses;
  private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
  private final AtomicLong lost = new AtomicLong();
  private final RepeatedTask task;

  private record Waiting(String id, Instant at, ServiceEvent event) {}

  WebhookDelivery(
      URI url,
      WebhookSecret secret,
      Set<ServiceEvent.Type> wanted,
      Clock clock,
      List<Duration> pauses) {
    this.webhook = new Webhook(url, Egress.Purpose.WEBHOOK);
    this.secret = secret;
    this.wanted = Set.copyOf(wanted);
    this.clock = clock;
    this.pauses = List.copyOf(pauses);
    this.task =
        new RepeatedTask(
            "zhiku-webhooks", Duration.ZERO, Duration.ZERO, () -> deliver(waiting.take()));
  }

  /**
   * Begins to deliver.
   *
   * @param config with an address
   * @throws IllegalArgumentException if there is no usable secret
   */
  public static WebhookDelivery start(WebhookConfig config, Clock clock) {
    WebhookDelivery delivery =
        new WebhookDelivery(
            config.url().orElseThrow(),
            WebhookSecret.in(config.secretFile().orElseThrow()),
            config.wanted(),
            clock,
            PAUSES);
    delivery.start();
    return delivery;
  }

  void start() {
    task.start();
  }

  @Override
  public void tell(ServiceEvent event) {
    if (wanted.contains(event.type())) {
      String id = "msg_" + UUID.randomUUID().toString().replace("-", "");
      if (!waiting.offer(new Waiting(id, clock.instant(), event)) && lost.getAndIncrement() == 0) {
        LOG.warn("{} events wait for zhiku.webhooks.url; what comes now is lost", MOST_WAITING);
      }
    }
  }

  private void deliver(Waiting one) throws InterruptedException {
    long missing = lost.getAndSet(0);
    byte[] body = body(one, missing);
    for (int attempt = 0; ; attempt++) {
      try {
        webhook.post(body, secret.headers(one.id(), clock.instant().getEpochSecond(), body));
        return;
      } catch (IOException | RuntimeException e) {
        if (attempt == pauses.size()) {
          LOG.warn("A {} was given up after {} tries: {}", name(one), attempt + 1, e.toString());
          lost.addAndGet(missing + 1);
          return;
        }
        if (attempt == 0) {
          LOG.warn("A {} could not be delivered, and is tried again: {}", name(one), e.toString());
        }
        Thread.sleep(pauses.get(attempt));
      }
    }
  }

  private static String name(Waiting one) {
    return one.event().type().wireName();
  }

  private static byte[] body(Waiting one, long missing) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", name(one));
    body.put("timestamp", one.at().toString());
    body.put("data", one.event().data());
    if (missing > 0) {
      body.put("lost", missing);
    }
    try {
      return JSON.writeValueAsBytes(body);
    } catch (IOException e) {
      throw new IllegalStateException("texts became no JSON", e);
    }
  }

  @Override
  public void close() {
    task.close();
  }
}
