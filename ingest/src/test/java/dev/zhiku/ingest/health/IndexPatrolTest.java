package dev.zhiku.ingest.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.IndexVerifier;
import dev.zhiku.ingest.health.StoreHealth.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("looks for a thread of this JVM by name")
class IndexPatrolTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Duration NEVER = Duration.ofDays(1);
  private static final IndexVerifier.Verification SOUND =
      new IndexVerifier.Verification(10, List.of(), Optional.empty());
  private static final IndexVerifier.Verification DAMAGED =
      new IndexVerifier.Verification(
          10, List.of("segment _1: cut"), Optional.of(Path.of("/x/damaged-1")));

  private final StoreHealth health = new StoreHealth(new DiskGuard(List.of(), 0));
  private final ScriptedVerifier index = new ScriptedVerifier();
  private final AtomicInteger repairs = new AtomicInteger();

  /** Says what it is told to; fails where it is told nothing sensible. */
  private static final class ScriptedVerifier implements IndexVerifier {
    final LinkedBlockingQueue<Optional<Verification>> script = new LinkedBlockingQueue<>();
    final Semaphore asked = new Semaphore(0);

    @Override
    public Verification verify() throws InterruptedException {
      asked.release();
      return script.take().orElseThrow(() -> new IllegalStateException("unreadable for a test"));
    }
  }

  private IndexPatrol patrol(Duration every) {
    return IndexPatrol.start(index, health, repairs::incrementAndGet, CLOCK, every);
  }

  private void awaitRounds(int rounds) throws InterruptedException {
    assertThat(index.asked.tryAcquire(rounds, 2, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void an_index_that_was_not_verified_when_it_was_opened_is_read_at_once() throws Exception {
    try (IndexPatrol patrol = patrol(Duration.ofMillis(1))) {
      index.script.add(Optional.of(SOUND));
      awaitRounds(2);
      assertThat(health.indexVerifiedAt()).contains(NOW);
      assertThat(health.repairs()).isEmpty();
      assertThat(repairs).hasValue(0);
      assertThat(patrol).isNotNull();
    }
  }

  @Test
  void a_verified_index_rests_first() throws Exception {
    health.indexVerified(NOW.minusSeconds(1));
    try (IndexPatrol patrol = patrol(NEVER)) {
      assertThat(index.asked.tryAcquire(50, TimeUnit.MILLISECONDS)).isFalse();
      assertThat(patrol).isNotNull();
    }
  }

  @Test
  void what_is_damaged_is_told_where_it_is_kept_and_has_to_be_stored_again() throws Exception {
    try (IndexPatrol patrol = patrol(Duration.ofMillis(1))) {
      index.script.add(Optional.of(DAMAGED));
      awaitRounds(2);
      assertThat(health.isRepairing(Store.INDEX)).isTrue();
      assertThat(health.repairs())
          .singleElement()
          .satisfies(repair -> assertThat(repair.at()).isEqualTo(NOW))
          .satisfies(
              repair ->
                  assertThat(repair.what())
                      .isEqualTo(
                          "The index was damaged: segment _1: cut. The damaged files are kept in"
                              + " index/damaged-1."));
      assertThat(repairs).hasValue(1);
      assertThat(patrol).isNotNull();
    }
  }

  @Test
  void a_round_that_fails_verifies_nothing_and_closing_does_not_wait_for_the_next()
      throws Exception {
    try (IndexPatrol patrol = patrol(NEVER)) {
      index.script.add(Optional.empty());
      awaitRounds(1);
      assertThat(patrolling()).isTrue();
      assertThat(patrol).isNotNull();
    }
    assertThat(patrolling()).isFalse();
    assertThat(health.indexVerifiedAt()).isEmpty();
    assertThat(repairs).hasValue(0);
  }

  private static boolean patrolling() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("zhiku-index-patrol"));
  }
}
