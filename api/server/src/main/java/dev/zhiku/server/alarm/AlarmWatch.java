package dev.zhiku.server.alarm;

import dev.zhiku.generators.egress.Egress;
import dev.zhiku.generators.egress.Webhook;
import dev.zhiku.server.webhooks.RepeatedTask;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final JsonMapper JSON = JsonMapper.createDefault();

  private final Supplier<List<Alarm>> look;
  private final Webhook webhook;
  private final Clock clock;
  private final RepeatedTask task;
  private final Map<String, Alarm> told = new LinkedHashMap<>();
  private boolean failed;

  AlarmWatch(Supplier<List<Alarm>> look, URI webhook, Clock clock) {
    this.look = look;
    this.webhook = new Webhook(webhook, Egress.Purpose.ALARM);
    this.clock = clock;
    task = new RepeatedTask("zhiku-alarms", PAUSE, PAUSE, this::attend);
  }

  /**
   * Begins to look.
   *
   * @param look what is wrong now
   */
  public static AlarmWatch start(Supplier<List<Alarm>> look, URI webhook, Clock clock) {
    AlarmWatch watch = new AlarmWatch(look, webhook, clock);
    watch.task.start();
    return watch;
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
    webhook.post(body);
  }

  @Override
  public void close() {
    task.close();
  }
}
