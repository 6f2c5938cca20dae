package dev.zhiku.answering.grounding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestatementTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Kept for 35 days, which is five weeks.; week",
        "Refused after 90 days, roughly three months, without exception.; month",
        "It lasts 30 months (two and a half years) from delivery.; year",
        "UPS 满载时支撑四十五分钟，也就是四分之三个小时。; 四分之三",
        "保修三十个月，即两年半。; 两"
      })
  void a_length_of_time_said_again_in_another_unit_is_left_out(String statement, String again) {
    assertThat(Restatement.without(statement)).doesNotContain(again).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Kept for 35 days, which is six weeks.",
        "Done every 250 hours, which is 1 year.",
        "Report it within 7 days, and pay within one week.",
        "工作满 1 年休 12 天，满 2 年休 15 天。"
      })
  void what_is_worked_out_wrongly_or_is_another_length_stays(String statement) {
    assertThat(Restatement.without(statement)).isEqualTo(statement);
  }
}
