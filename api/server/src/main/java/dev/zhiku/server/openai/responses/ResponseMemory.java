package dev.zhiku.server.openai.responses;

import dev.zhiku.answering.search.Scope;
import dev.zhiku.server.erasure.Erasure;
import dev.zhiku.server.openai.Message;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What was said up to an answer, for clients that go on from it by its id. In memory, within
 * limits: beyond them the asker's own oldest go first, then the oldest of all. Thread-safe.
 */
@Singleton
final class ResponseMemory {
  /** How long an answer is remembered. */
  static final Duration KEPT = Duration.ofDays(1);

  /** Most answers of one asker. */
  static final int MOST_OF_ASKER = 250;

  /** Most answers. */
  static final int MOST = 1_000;

  /** Most characters of all that is remembered. */
  static final long MOST_CHARS = 8_000_000;

  /** The share of one asker in that: one of so many. */
  private static final int SHARE_OF_ASKER = 4;

  private final InstantSource clock;
  private final Map<String, Kept> byId = new LinkedHashMap<>();

  /**
   * @param erasure what is remembered may hold words of what is erased, so it is forgotten whole
   */
  @Inject
  ResponseMemory(Erasure erasure) {
    this(InstantSource.system());
    erasure.alsoForgets(this::clear);
  }

  ResponseMemory(InstantSource clock) {
    this.clock = clock;
  }

  private record Kept(Scope asker, List<Message> said, long chars, Instant since) {
    boolean isOf(Scope scope) {
      return asker.principal().equals(scope.principal());
    }
  }

  /**
   * Remembers an answer.
   *
   * @param id of the answer, without what tells apart the forms of ids
   * @param said questions and answers, oldest first, this answer last
   */
  synchronized void keep(String id, Scope asker, List<Message> said) {
    long chars = said.stream().mapToLong(message -> message.text().length()).sum();
    byId.put(id, new Kept(asker, List.copyOf(said), chars, clock.instant()));
    Instant limit = clock.instant().minus(KEPT);
    byId.values().removeIf(kept -> kept.since().isBefore(limit));
    shrink(kept -> kept.isOf(asker), MOST_OF_ASKER, MOST_CHARS / SHARE_OF_ASKER);
    shrink(kept -> true, MOST, MOST_CHARS);
  }

  private synchronized void clear() {
    byId.clear();
  }

  private void shrink(Predicate<Kept> whose, int most, long mostChars) {
    List<Kept> theirs = byId.values().stream().filter(whose).toList();
    int surplus = theirs.size() - most;
    long surplusChars = chars(theirs) - mostChars;
    Iterator<Kept> oldest = byId.values().iterator();
    while ((surplus > 0 || surplusChars > 0) && oldest.hasNext()) {
      Kept next = oldest.next();
      if (whose.test(next)) {
        oldest.remove();
        surplus--;
        surplusChars -= next.chars();
      }
    }
  }

  private static long chars(Collection<Kept> all) {
    return all.stream().mapToLong(Kept::chars).sum();
  }

  /**
   * What was said up to an answer. Empty also for answers to others, and where the asker may see
   * other documents now than he might then.
   */
  synchronized Optional<List<Message>> find(String id, Scope asker) {
    return Optional.ofNullable(byId.get(id))
        .filter(kept -> !kept.since().isBefore(clock.instant().minus(KEPT)))
        .filter(kept -> kept.isOf(asker) && kept.asker().visible().equals(asker.visible()))
        .map(Kept::said);
  }
}
