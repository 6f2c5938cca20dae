package dev.zhiku.ingest.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.testing.InMemoryKnowledgeIndex;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReconcileScheduleTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final AtomicLong nanos = new AtomicLong(5);
  private final AtomicLong catalogue = new AtomicLong();
  private final InMemoryKnowledgeIndex index = new InMemoryKnowledgeIndex();
  private final ReconcileSchedule schedule =
      new ReconcileSchedule(HOUR, catalogue::get, index, nanos::get);

  @AfterEach
  void close() {
    index.close();
  }

  private void commit(long epoch) throws InterruptedException {
    index.commit(epoch);
    catalogue.set(epoch);
  }

  private void compare() throws InterruptedException {
    schedule.begins();
    schedule.ended();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void the_first_comparison_is_due_at_once_and_the_next_after_its_time() throws Exception {
    assertThat(schedule.isDue()).isTrue();
    compare();
    commit(1);

    pass(HOUR.minusNanos(1));
    assertThat(schedule.isDue()).isFalse();
    pass(Duration.ofNanos(1));
    assertThat(schedule.isDue()).isTrue();
    assertThat(schedule.isDue()).as("until it is begun").isTrue();
  }

  @Test
  void stores_without_a_commit_since_they_were_found_alike_are_not_compared() throws Exception {
    commit(7);
    compare();

    pass(HOUR);
    assertThat(schedule.isDue()).isFalse();
    commit(8);
    pass(HOUR.minusNanos(1));
    assertThat(schedule.isDue()).as("the look at the epochs has its hour too").isFalse();
    pass(Duration.ofNanos(1));
    assertThat(schedule.isDue()).isTrue();
  }

  @Test
  void stores_at_different_epochs_are_compared_though_neither_moves() throws Exception {
    commit(7);
    index.commit(8);
    compare();

    pass(HOUR);
    assertThat(schedule.isDue()).isTrue();
  }

  @Test
  void a_commit_during_the_comparison_is_not_taken_for_compared() throws Exception {
    commit(7);
    schedule.begins();
    commit(8);
    schedule.ended();

    pass(HOUR);
    assertThat(schedule.isDue()).isTrue();
  }

  @Test
  void a_comparison_that_does_not_end_is_due_again() throws Exception {
    schedule.begins();
    assertThat(schedule.isDue()).isTrue();
  }

  @Test
  void a_reason_makes_it_due_at_once_also_while_a_comparison_runs() throws Exception {
    commit(7);
    compare();
    schedule.now();
    assertThat(schedule.isDue()).isTrue();

    schedule.begins();
    schedule.now();
    schedule.ended();
    assertThat(schedule.isDue()).as("the reason came after the look").isTrue();
  }
}
