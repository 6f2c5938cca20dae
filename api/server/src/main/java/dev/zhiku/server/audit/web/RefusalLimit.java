package dev.zhiku.server.audit.web;

import dev.zhiku.server.audit.AuditEvent;
import dev.zhiku.server.audit.AuditLog;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The bound on records that somebody can cause who is not let in: so many in a minute of one
 * address and of all, or he would fill the disk with them. The others are counted, and one record
 * says how many there were when the minute ends. Thread-safe.
 */
@Singleton
final class RefusalLimit implements AutoCloseable {
  static final int MOST_OF_ONE = 30;
  static final int MOST_OF_ALL = 300;

  /** Addresses told apart; the others share a place. */
  static final int MOST_ADDRESSES = 1_000;

  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final String OTHERS = "others";

  private final Consumer<AuditEvent> log;
  private final Duration window;
  private final Map<String, Integer> written = new HashMap<>();
  private final Map<String, Integer> leftOut = new HashMap<>();
  private int all;
  private boolean open;

  @Inject
  RefusalLimit(AuditLog log) {
    this(log::write, WINDOW);
  }

  RefusalLimit(Consumer<AuditEvent> log, Duration window) {
    this.log = log;
    this.window = window;
  }

  /** Whether an event is to be written; otherwise it is counted. */
  synchronized boolean takes(AuditEvent event) {
    if (!open) {
      open = true;
      Thread.ofVirtual().name("zhiku-audit-refusals").start(this::endLater);
    }
    boolean room = all < MOST_OF_ALL && written.getOrDefault(event.from(), 0) < MOST_OF_ONE;
    if (room) {
      all++;
    }
    count(room ? written : leftOut, event.from());
    return room;
  }

  private static void count(Map<String, Integer> counts, String address) {
    boolean known = counts.containsKey(address) || counts.size() < MOST_ADDRESSES;
    counts.merge(known ? address : OTHERS, 1, Integer::sum);
  }

  private void endLater() {
    try {
      Thread.sleep(window);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end();
  }

  /** Begins to count anew, after a record of what was left out. */
  synchronized void end() {
    open = false;
    all = 0;
    written.clear();
    if (!leftOut.isEmpty()) {
      int requests = leftOut.values().stream().mapToInt(Integer::intValue).sum();
      Map.Entry<String, Integer> most =
          leftOut.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
      String told =
          "%d requests of %d addresses, %d of them of %s"
              .formatted(requests, leftOut.size(), most.getValue(), most.getKey());
      leftOut.clear();
      log.accept(AuditEvent.ofService("refusals-left-out", told, "counted"));
    }
  }

  @Override
  @PreDestroy
  public void close() {
    end();
  }
}
