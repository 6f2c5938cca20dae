package dev.zhiku.server.identity;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.search.Principal;
import dev.zhiku.answering.search.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keys are used for, and the limit of questions a minute of those that have one. Counted in
 * memory and written every few seconds, so that a kill loses the last of them. A limit is a bucket
 * that holds a minute's worth and fills evenly. Thread-safe.
 */
public final class KeyUsage implements QuestionMeter, AutoCloseable {
  /** Longest time that counts stay in memory alone. */
  static final Duration WRITTEN_EVERY = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(KeyUsage.class);

  private final KeyStore store;
  private final NamedKeys keys;
  private final Clock clock;
  private final Map<String, Usage> written;
  private Map<String, Usage> pending = new HashMap<>();

  /** For each key with a limit, when its bucket will be full again. */
  private final Map<String, Instant> fullAt = new HashMap<>();

  private final Thread writer;

  private KeyUsage(KeyStore store, NamedKeys keys, Clock clock) {
    this.store = store;
    this.keys = keys;
    this.clock = clock;
    this.written = new HashMap<>(store.usage());
    this.writer = Thread.ofVirtual().name("zhiku-key-usage").unstarted(this::writeNowAndThen);
  }

  /** Counts from what the store knows, and writes to it until it is closed. */
  public static KeyUsage start(KeyStore store, NamedKeys keys, Clock clock) {
    KeyUsage usage = new KeyUsage(store, keys, clock);
    usage.writer.start();
    return usage;
  }

  @Override
  public void asked(Scope scope) {
    keyOf(scope).ifPresent(this::asked);
  }

  private synchronized void asked(NamedKey key) {
    Instant now = clock.instant();
    key.terms().questionsPerMinute().ifPresent(most -> take(key.id(), most, now));
    pending.merge(key.id(), new Usage(1, 0, 0, Optional.of(now)), Usage::and);
  }

  private void take(String id, int most, Instant now) {
    Duration each = Duration.ofMinutes(1).dividedBy(most);
    Instant full = fullAt.getOrDefault(id, now);
    Instant next = (full.isBefore(now) ? now : full).plus(each);
    Duration wait = Duration.between(now, next).minusMinutes(1);
    if (wait.isPositive()) {
      throw new Problem(ProblemCode.TOO_MANY_REQUESTS, wait.plusMillis(999).toSeconds());
    }
    fullAt.put(id, next);
  }

  @Override
  public void answered(Scope scope, long promptTokens, long completionTokens) {
    keyOf(scope)
        .ifPresent(
            key -> count(key.id(), new Usage(0, promptTokens, completionTokens, Optional.empty())));
  }

  private synchronized void count(String id, Usage used) {
    pending.merge(id, used, Usage::and);
  }

  private Optional<NamedKey> keyOf(Scope scope) {
    Principal asker = scope.principal();
    return keys.find(asker.kind() == Principal.Kind.KEY ? asker.id() : asker.speaker());
  }

  /** What a key was used for so far. */
  public synchronized Usage of(String id) {
    return written.getOrDefault(id, Usage.NONE).and(pending.getOrDefault(id, Usage.NONE));
  }

  private void writeNowAndThen() {
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(WRITTEN_EVERY.toMillis());
        write();
      }
    } catch (InterruptedException e) {
      // Closed, which writes the rest.
    }
  }

  private void write() {
    Map<String, Usage> taken = take();
    if (taken.isEmpty()) {
      return;
    }
    try {
      store.addUsage(taken);
    } catch (Problem e) {
      LOG.debug("The use of keys is written later: {}", e.toString());
      giveBack(taken);
    }
  }

  private synchronized Map<String, Usage> take() {
    Map<String, Usage> taken = pending;
    pending = new HashMap<>();
    taken.forEach((id, used) -> written.merge(id, used, Usage::and));
    return taken;
  }

  private synchronized void giveBack(Map<String, Usage> taken) {
    taken.forEach(
        (id, used) -> {
          Usage known = written.getOrDefault(id, Usage.NONE);
          written.put(
              id,
              new Usage(
                  known.questions() - used.questions(),
                  known.promptTokens() - used.promptTokens(),
                  known.completionTokens() - used.completionTokens(),
                  known.lastAskedAt()));
          pending.merge(id, used, (newer, older) -> older.and(newer));
        });
  }

  @Override
  public void close() {
    writer.interrupt();
    write();
  }
}
