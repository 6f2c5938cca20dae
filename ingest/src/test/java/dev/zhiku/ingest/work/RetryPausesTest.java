package dev.zhiku.ingest.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.outcome.ReasonCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryPausesTest {
  @Test
  void pauses_grow_to_a_day_and_stay_there() {
    List<Duration> pauses = new ArrayList<>();
    for (int attempt = 1; attempt <= 8; attempt++) {
      pauses.add(RetryPauses.after(ReasonCode.UNREADABLE, attempt).orElseThrow());
    }
    assertThat(pauses).isSorted().startsWith(Duration.ofSeconds(30), Duration.ofMinutes(5));
    assertThat(pauses.getLast()).isEqualTo(Duration.ofDays(1)).isEqualTo(RetryPauses.LONGEST);
  }

  @ParameterizedTest
  @EnumSource(names = {"PARSER_CRASHED", "PARSE_MEMORY", "PARSE_TIMEOUT"})
  void a_file_that_ends_the_parser_three_times_is_left_alone(ReasonCode code) {
    assertThat(RetryPauses.after(code, 1)).isPresent();
    assertThat(RetryPauses.after(code, 2)).isPresent();
    assertThat(RetryPauses.after(code, 3)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void what_trying_again_cannot_help_is_never_tried_again(ReasonCode code) {
    Optional<Duration> pause = RetryPauses.after(code, 1);

    assertThat(pause.isPresent()).isEqualTo(code.retryable());
  }
}
