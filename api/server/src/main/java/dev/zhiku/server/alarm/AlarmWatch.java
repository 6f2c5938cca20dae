package dev.zhiku.server.alarm;

import dev.zhiku.server.webhooks.RepeatedTask;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A look every minute at what is wrong: what has become so and what has ended goes to a webhook and
 * a mail server, once each, and again every minute until it went. What was told is forgotten when
 * the service ends.
 */
public final class AlarmWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlarmWatch.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Supplier<List<Alarm>> look;
  private final List<Told> told;
  private final Clock clock;
  private final RepeatedTask task;

  AlarmWatch(Supplier<List<Alarm>> look, List<? extends AlarmOutlet> outlets, Clock clock) {
    this.look = look;
    this.told = outlets.stream().map(Told::new).toList();
    this.clock = clock;
    task = new RepeatedTask("zhiku-alarms", PAUSE, PAUSE, this::attend);
  }

  /**
   * Begins to look; empty where nobody is told.
   *
   * @param look what is wrong now
   */
  public static Optional<AlarmWatch> start(
      Supplier<List<Alarm>> look, AlarmConfig config, Clock clock) {
    List<AlarmOutlet> outlets = new ArrayList<>();
    config.webhook().map(WebhookOutlet::new).ifPresent(outlets::add);
    config.mail().host().map(host -> new MailOutlet(config.mail())).ifPresent(outlets::add);
    if (outlets.isEmpty()) {
      return Optional.empty();
    }
    AlarmWatch watch = new AlarmWatch(look, outlets, clock);
    watch.task.start();
    return Optional.of(watch);
  }

  /** Tells what has changed since it was told last. */
  void attend() throws InterruptedException {
    Map<String, Alarm> now = new LinkedHashMap<>();
    try {
      look.get().forEach(alarm -> now.put(alarm.key(), alarm));
    } catch (RuntimeException e) {
      LOG.warn("What is wrong could not be looked at; it is tried every minute", e);
      return;
    }
    for (Told one : told) {
      one.attend(now);
    }
  }

  /** Record of what an outlet was told. */
  private final class Told {
    private final AlarmOutlet outlet;
    private final Map<String, Alarm> known = new LinkedHashMap<>();
    private boolean failed;

    Told(AlarmOutlet outlet) {
      this.outlet = outlet;
    }

    void attend(Map<String, Alarm> now) throws InterruptedException {
      List<Alarm> raised = missingIn(known, now);
      List<Alarm> ended = missingIn(now, known);
      try {
        if (!raised.isEmpty() || !ended.isEmpty()) {
          outlet.tell(clock.instant(), raised, ended);
          known.clear();
          known.putAll(now);
        }
        failed = false;
      } catch (IOException | RuntimeException e) {
        if (!failed) {
          LOG.warn(
              "An alarm could not be delivered to {}; it is tried every minute: {}",
              outlet.name(),
              e.toString());
        }
        failed = true;
      }
    }
  }

  private static List<Alarm> missingIn(Map<String, Alarm> known, Map<String, Alarm> all) {
    return all.values().stream().filter(alarm -> !known.containsKey(alarm.key())).toList();
  }

  @Override
  public void close() {
    task.close();
  }
}
