package dev.zhiku.ingest.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThroughputEstimateTest {
  private static final int MEGABYTE = 1 << 20;
  private final ThroughputEstimate estimate = new ThroughputEstimate();

  /** Twice a second for so long, a file of so many bytes each time; 0 for none. */
  private void work(Duration time, long bytes) {
    for (int i = 0; i < 2 * time.toSeconds(); i++) {
      estimate.passed(0.5, true, bytes > 0 ? 5 : 0, bytes);
    }
  }

  private long left(long pending) {
    return estimate.left(pending).orElseThrow().toSeconds();
  }

  @Test
  void nobody_can_tell_before_the_first_file_is_done_and_nothing_is_left_of_nothing() {
    work(Duration.ofSeconds(30), 0);

    assertThat(estimate.left(MEGABYTE)).isEmpty();
    assertThat(estimate.left(0)).contains(Duration.ZERO);
  }

  @Test
  void the_time_left_is_what_is_pending_at_the_speed_of_the_last_minutes() {
    work(Duration.ofSeconds(60), MEGABYTE / 2);

    assertThat(left(600L * MEGABYTE)).isEqualTo(600);
    assertThat(estimate.passagesPerSecond()).isBetween(9.5, 10.0);
  }

  @Test
  void one_huge_file_under_way_lets_the_time_left_run_down_and_never_explode() {
    work(Duration.ofSeconds(60), MEGABYTE / 2);
    long before = left(600L * MEGABYTE);
    for (int minute = 1; minute <= 60; minute++) {
      work(Duration.ofMinutes(1), 0);
      assertThat(left(600L * MEGABYTE)).as("after %s min", minute).isBetween(1L, before);
      before = left(600L * MEGABYTE);
    }
    assertThat(before).isLessThan(60);
  }

  @Test
  void time_without_work_does_not_count() {
    work(Duration.ofSeconds(60), MEGABYTE / 2);
    estimate.passed(18_000, false, 0, 0);
    work(Duration.ofSeconds(10), MEGABYTE / 2);

    assertThat(left(600L * MEGABYTE)).isEqualTo(600);
  }

  @Test
  void slower_files_make_the_time_left_longer() {
    work(Duration.ofSeconds(60), MEGABYTE / 2);
    work(Duration.ofMinutes(20), MEGABYTE / 20);

    assertThat(left(600L * MEGABYTE)).isBetween(5_500L, 6_000L);
  }
}
