package dev.zhiku.server.webhooks;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A look every minute at what is a state and no event: which sources are held, and whether the disk
 * is full. Each is told when it begins.
 */
public final class StateWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StateWatch.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Supplier<Set<String>> held;
  private final BooleanSupplier full;
  private final ServiceEvents events;
  private final RepeatedTask task;
  private Set<String> toldHeld = Set.of();
  private boolean toldFull;

  StateWatch(Supplier<Set<String>> held, BooleanSupplier full, ServiceEvents events) {
    this.held = held;
    this.full = full;
    this.events = events;
    this.task = new RepeatedTask("zhiku-states", PAUSE, PAUSE, this::attend);
  }

  /**
   * Begins to look.
   *
   * @param held names of the sources that are
   * @param full whether nothing can be written for want of room
   */
  public static StateWatch start(
      Supplier<Set<String>> held, BooleanSupplier full, ServiceEvents events) {
    StateWatch watch = new StateWatch(held, full, events);
    watch.task.start();
    return watch;
  }

  /** Tells what has begun since the last look. */
  void attend() {
    try {
      Set<String> now = held.get();
      Set<String> begun = new HashSet<>(now);
      begun.removeAll(toldHeld);
      begun.forEach(
          name ->
              events.tell(new ServiceEvent(ServiceEvent.Type.SOURCE_HELD, Map.of("source", name))));
      toldHeld = Set.copyOf(now);
      boolean isFull = full.getAsBoolean();
      if (isFull && !toldFull) {
        events.tell(new ServiceEvent(ServiceEvent.Type.DISK_FULL, Map.of()));
      }
      toldFull = isFull;
    } catch (RuntimeException e) {
      LOG.debug("The states of the service cannot be seen now", e);
    }
  }

  @Override
  public void close() {
    task.close();
  }
}
