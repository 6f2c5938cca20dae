package dev.zhiku.generators.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PromptPaceTest {
  private final PromptPace pace = new PromptPace();

  @Test
  void a_part_takes_a_quarter_of_a_second_at_the_measured_speed() {
    pace.measured(32, Duration.ofMillis(100));

    assertThat(pace.tokensPerSecond()).isEqualTo(320);
    assertThat(pace.part()).isEqualTo(80);
  }

  @Test
  void parts_have_a_least_and_a_largest_size() {
    pace.measured(4, Duration.ofSeconds(8));
    assertThat(pace.part()).isEqualTo(PromptPace.LEAST);

    pace.measured(512, Duration.ofMillis(1));
    assertThat(pace.part()).isEqualTo(PromptPace.MOST);
  }

  @Test
  void a_slower_part_counts_at_once_and_a_faster_one_by_half() {
    pace.measured(100, Duration.ofSeconds(1));

    pace.took(25, Duration.ofMillis(500));
    assertThat(pace.tokensPerSecond()).isEqualTo(50);

    pace.took(12, Duration.ofMillis(120));
    assertThat(pace.tokensPerSecond()).isEqualTo(75);
  }

  @Test
  void a_part_much_smaller_than_it_might_be_says_nothing() {
    pace.measured(100, Duration.ofSeconds(1));

    pace.took(2, Duration.ofSeconds(2));

    assertThat(pace.tokensPerSecond()).isEqualTo(100);
  }
}
