package dev.zhiku.server.identity;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.search.Principal;
import dev.zhiku.answering.search.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What everybody who asks has used, and the limits of questions a minute: of each asker who is no
 * administrator, and of keys that have one of their own, which then counts in place of the other
 * and for all users of the key together. What users of a key ask is theirs and the key's. Counted
 * in memory and written every few seconds, so that a kill loses the last of it. A limit is a bucket
 * that holds a minute's worth and fills evenly. Thread-safe.
 */
public final class AskerUsage implements QuestionMeter, AutoCloseable {
  /**
   * Most askers whose use is kept, beside keys: browsers give way first, then who asked least
   * recently.
   */
  public static final int MAX_ASKERS = 10_000;

  /** Longest time that counts stay in memory alone. */
  static final Duration WRITTEN_EVERY = Duration.ofSeconds(10);

  /** Buckets that are full again are looked for when there are more. */
  private static final int MOST_BUCKETS = 1_000;

  private static final String KEY = "key:";

  private static final Logger LOG = LoggerFactory.getLogger(AskerUsage.class);

  private final KeyStore store;
  private final NamedKeys keys;
  private final Clock clock;
  private final Optional<Integer> each;
  private final Map<String, Usage> written;
  private Map<String, Usage> pending = new HashMap<>();

  /** For each limit, when its bucket will be full again. */
  private final Map<String, Instant> fullAt = new HashMap<>();

  private final Thread writer;

  /**
   * A limit of one asker, or of several together.
   *
   * @param most questions a minute
   */
  private record Limit(String bucket, int most) {
    Duration share() {
      return Duration.ofMinutes(1).dividedBy(most);
    }
  }

  /**
   * What one asker has used.
   *
   * @param asker name of the principal
   */
  public record Used(String asker, Usage usage) {}

  private AskerUsage(KeyStore store, NamedKeys keys, Optional<Integer> each, Clock clock) {
    this.store = store;
    this.keys = keys;
    this.each = each;
    this.clock = clock;
    this.written = new HashMap<>(store.usage());
    this.writer = Thread.ofVirtual().name("zhiku-asker-usage").unstarted(this::writeNowAndThen);
  }

  /**
   * Counts from what the store knows, and writes to it until it is closed.
   *
   * @param each most questions a minute of one who is no administrator; empty for no limit
   */
  public static AskerUsage start(
      KeyStore store, NamedKeys keys, Optional<Integer> each, Clock clock) {
    AskerUsage usage = new AskerUsage(store, keys, each, clock);
    usage.writer.start();
    return usage;
  }

  @Override
  public synchronized void asked(Scope scope) {
    Instant now = clock.instant();
    take(limits(scope), now);
    count(scope, new Usage(1, 0, 0, Optional.of(now)));
  }

  @Override
  public synchronized void answered(Scope scope, long promptTokens, long completionTokens) {
    count(scope, new Usage(0, promptTokens, completionTokens, Optional.empty()));
  }

  private List<Limit> limits(Scope scope) {
    Optional<Limit> ofKey =
        keyOf(scope.principal())
            .flatMap(
                key ->
                    key.terms().questionsPerMinute().map(most -> new Limit(name(key.id()), most)));
    boolean isKeyItself = scope.principal().kind() == Principal.Kind.KEY;
    List<Limit> limits = new ArrayList<>(ofKey.stream().toList());
    if (!scope.administers() && !(isKeyItself && ofKey.isPresent())) {
      each.ifPresent(most -> limits.add(new Limit(bucket(scope), most)));
    }
    return limits;
  }

  /** Programs that show a shared key are nobody in particular, and are told apart by address. */
  private static String bucket(Scope scope) {
    String name = scope.principal().name() + " each";
    return scope.principal().isIndividual() ? name : name + " " + scope.client();
  }

  /** From all of the limits or from none. */
  private void take(List<Limit> limits, Instant now) {
    Map<String, Instant> next = new HashMap<>();
    for (Limit limit : limits) {
      Instant full = fullAt.getOrDefault(limit.bucket(), now);
      Instant then = (full.isBefore(now) ? now : full).plus(limit.share());
      Duration wait = Duration.between(now, then).minusMinutes(1);
      if (wait.isPositive()) {
        throw new Problem(ProblemCode.TOO_MANY_REQUESTS, wait.plusMillis(999).toSeconds());
      }
      next.put(limit.bucket(), then);
    }
    fullAt.putAll(next);
    if (fullAt.size() > MOST_BUCKETS) {
      fullAt.values().removeIf(full -> !full.isAfter(now));
    }
  }

  private void count(Scope scope, Usage used) {
    Principal asker = scope.principal();
    pending.merge(asker.name(), used, Usage::and);
    keyOf(asker)
        .map(key -> name(key.id()))
        .filter(key -> !key.equals(asker.name()))
        .ifPresent(key -> pending.merge(key, used, Usage::and));
  }

  private Optional<NamedKey> keyOf(Principal asker) {
    return keys.find(asker.kind() == Principal.Kind.KEY ? asker.id() : asker.speaker());
  }

  private static String name(String key) {
    return KEY + key;
  }

  /** What a key was used for so far, by itself and for its users. */
  public Usage ofKey(String id) {
    return of(name(id));
  }

  /** What an asker has used so far. */
  public Usage of(Principal asker) {
    return of(asker.name());
  }

  private synchronized Usage of(String asker) {
    return written.getOrDefault(asker, Usage.NONE).and(pending.getOrDefault(asker, Usage.NONE));
  }

  /**
   * What everybody has used, who asked last comes first.
   *
   * @param most of them
   */
  public synchronized List<Used> last(int most) {
    Map<String, Usage> all = new HashMap<>(written);
    pending.forEach((asker, used) -> all.merge(asker, used, Usage::and));
    return all.entrySet().stream()
        .map(one -> new Used(one.getKey(), one.getValue()))
        .sorted(Comparator.comparing(AskerUsage::lastAsked).reversed().thenComparing(Used::asker))
        .limit(most)
        .toList();
  }

  private static Instant lastAsked(Used one) {
    return one.usage().lastAskedAt().orElse(Instant.EPOCH);
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
      store.addUsage(taken, forget());
    } catch (Problem e) {
      LOG.debug("What askers used is written later: {}", e.toString());
      giveBack(taken);
    }
  }

  private synchronized Map<String, Usage> take() {
    Map<String, Usage> taken = pending;
    pending = new HashMap<>();
    taken.forEach((asker, used) -> written.merge(asker, used, Usage::and));
    return taken;
  }

  /** Of too many askers those who give way; a failed write does not bring them back. */
  private synchronized Set<String> forget() {
    if (written.size() <= MAX_ASKERS) {
      return Set.of();
    }
    List<Used> others =
        written.entrySet().stream()
            .filter(one -> !one.getKey().startsWith(KEY))
            .map(one -> new Used(one.getKey(), one.getValue()))
            .sorted(
                Comparator.comparing(AskerUsage::isBrowser)
                    .reversed()
                    .thenComparing(AskerUsage::lastAsked))
            .toList();
    Set<String> gone =
        others.stream()
            .limit(Math.max(0, others.size() - MAX_ASKERS))
            .map(Used::asker)
            .collect(Collectors.toSet());
    written.keySet().removeAll(gone);
    return gone;
  }

  private static boolean isBrowser(Used one) {
    return one.asker().startsWith("browser:");
  }

  private synchronized void giveBack(Map<String, Usage> taken) {
    taken.forEach(
        (asker, used) -> {
          Usage known = written.getOrDefault(asker, Usage.NONE);
          written.put(
              asker,
              new Usage(
                  known.questions() - used.questions(),
                  known.promptTokens() - used.promptTokens(),
                  known.completionTokens() - used.completionTokens(),
                  known.lastAskedAt()));
          pending.merge(asker, used, (newer, older) -> older.and(newer));
        });
  }

  @Override
  public void close() {
    writer.interrupt();
    write();
  }
}
