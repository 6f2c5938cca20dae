package dev.zhiku.ingest.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartPauseTest {
  private final RestartPause pause = new RestartPause(Duration.ofMillis(50), Duration.ofSeconds(5));

  @Test
  void there_is_none_before_the_first_failure() {
    assertThat(pause.length()).isZero();
  }

  @Test
  void it_doubles_with_each_failure_up_to_the_longest() {
    pause.failed();
    assertThat(pause.length()).hasMillis(50);
    pause.failed();
    assertThat(pause.length()).hasMillis(100);
    for (int i = 0; i < 1_000; i++) {
      pause.failed();
    }
    assertThat(pause.length()).hasSeconds(5);
  }

  @Test
  void a_success_begins_anew() {
    pause.failed();
    pause.failed();
    pause.succeeded();
    assertThat(pause.length()).isZero();
    pause.failed();
    assertThat(pause.length()).hasMillis(50);
  }
}
