package dev.zhiku.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  @Test
  void the_bar_shows_how_far_the_files_are() {
    ProgressLine line =
        ProgressLine.of(
            Map.of(
                "files", Map.of("total", 400, "pending", 100),
                "queue", Map.of("passages_per_second", 12.34, "eta_seconds", 600)));

    assertThat(line.bar())
        .isEqualTo(
            "[######################........]  75 %  300 of 400 files, 100 waiting,"
                + " 12.3 passages per second, about 10 min left");
    assertThat(line.atRest()).isFalse();
  }

  @Test
  void an_empty_folder_is_at_rest_and_a_pause_says_how_to_go_on() {
    assertThat(new ProgressLine(0, 0, 0, 0, false).bar()).contains("100 %");
    assertThat(new ProgressLine(0, 0, 0, 0, false).atRest()).isTrue();
    assertThat(new ProgressLine(9, 3, 5, 60, true).words())
        .isEqualTo("6 of 9 files, 3 waiting, paused (./zhiku resume goes on)");
  }

  @Test
  void durations_are_rounded_to_what_people_say() {
    assertThat(ProgressLine.spoken(Duration.ofSeconds(70))).isEqualTo("70 s");
    assertThat(ProgressLine.spoken(Duration.ofMinutes(90))).isEqualTo("90 min");
    assertThat(ProgressLine.spoken(Duration.ofMinutes(150))).isEqualTo("2.5 h");
  }
}
