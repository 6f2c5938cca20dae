package dev.zhiku.server.alarm;

import dev.zhiku.generators.egress.Egress;
import dev.zhiku.generators.egress.OutboundClients;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A look every minute at what is wrong: what has become so and what has ended goes to a webhook,
 * once each, and again every minute until it went. What was told is forgotten when the service
 * ends.
 */
public final class AlarmWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlarmWatch.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MINUTES = 1;
  private static final int LEAST_STATUS = 200;
  private static final int MOST_STATUS = 299;
  private static final JsonMapper JSON = JsonMapper.createDefault();

  private final Supplier<List<Alarm>> look;
  private final URI webhook;
  private final Clock clock;
  private final Thread thread;
  private final Map<String, Alarm> told = new LinkedHashMap<>();
  private boolean failed;

  AlarmWatch(Supplier<List<Alarm>> look, URI webhook, Clock clock) {
    this.look = look;
    this.webhook = webhook;
    this.clock = clock;
    thread = Thread.ofPlatform().name("zhiku-alarms").daemon().unstarted(this::run);
  }

  /**
   * Begins to look.
   *
   * @param look what is wrong now
   */
  public static AlarmWatch start(Supplier<List<Alarm>> look, URI webhook, Clock clock) {
    AlarmWatch watch = new AlarmWatch(look, webhook, clock);
    watch.thread.start();
    return watch;
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        TimeUnit.MINUTES.sleep(MINUTES);
        attend();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tells what has changed since it was told last. */
  void attend() {
    try {
      Map<String, Alarm> now = new LinkedHashMap<>();
      look.get().forEach(alarm -> now.put(alarm.key(), alarm));
      List<Alarm> raised = missingIn(told, now);
      List<Alarm> ended = missingIn(now, told);
      if (!raised.isEmpty() || !ended.isEmpty()) {
        post(raised, ended);
        told.clear();
        told.putAll(now);
      }
      failed = false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      if (!failed) {
        LOG.warn("An alarm could not be delivered; it is tried every minute: {}", e.toString());
      }
      failed = true;
    }
  }

  private static List<Alarm> missingIn(Map<String, Alarm> known, Map<String, Alarm> all) {
    return all.values().stream().filter(alarm -> !known.containsKey(alarm.key())).toList();
  }

  private static List<Map<String, String>> written(List<Alarm> alarms) {
    return alarms.stream()
        .map(alarm -> Map.of("part", alarm.part(), "name", alarm.name(), "detail", alarm.detail()))
        .toList();
  }

  private void post(List<Alarm> raised, List<Alarm> ended)
      throws IOException, InterruptedException {
    byte[] body =
        JSON.writeValueAsBytes(
            Map.of(
                "at", clock.instant().toString(),
                "raised", written(raised),
                "ended", written(ended)));
    HttpRequest request =
        HttpRequest.newBuilder(webhook)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try (HttpClient client = OutboundClients.near(Egress.Purpose.ALARM)) {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status < LEAST_STATUS || status > MOST_STATUS) {
        throw new IOException(webhook.getHost() + " answered with status " + status);
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
