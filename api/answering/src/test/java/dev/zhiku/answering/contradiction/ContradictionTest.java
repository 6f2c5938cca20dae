package dev.zhiku.answering.contradiction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContradictionTest {
  private static final String LIMITS = "柜员尾箱日间限额 | 20 万元\n网点库存现金限额 | 150 万元\n自助取款机加钞 | 40 万元";

  @Test
  void rows_that_end_without_a_bar_stay_apart() {
    assertThat(new Contradiction(LIMITS).isOf("网点库存现金的限额是 150 万元。")).isFalse();
  }

  @Test
  void a_line_goes_on_in_the_next_one_of_its_paragraph() {
    assertThat(new Contradiction("本规程所列设备一律不\n得带出车间。").isOf("本规程所列设备可以带出车间。")).isTrue();
    assertThat(
            new Contradiction(
                    "every 250 hours clean the rollers\n\nevery 3,000 hours replace the belt")
                .isOf("The belt is replaced every 3,000 hours."))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "但单次故障累计不超过 5,000 元。; 不过单次故障累计最多 5,000 元。",
        "开窗通风，房间封闭 24 小时后测定。; 房间封闭 24 小时，之后测定。",
        "从离开冰箱到开始输注不超过 30 分钟。; 从冰箱取出到开始输注不能超过半小时。",
        "员工满 1 年不满 5 年的，每年 10 天。; 满 1 年不满 5 年：10 天",
        "结转的年假须在次年 3 月 31 日前用完。; 没有休完的年假要在第二年 3 月 31 日前用完。",
        "逾期未还者三个月内不得再借。; 逾期不还的，三个月内不能再借。",
        "The fee is CNY 850 per week.; CNY 850 for the week",
        "年服务费为人民币 168,000 元。; The fee is CNY 168,000 a year.",
        "每年累计病假在 20 天以内的发 80%。; Up to 20 days are paid at 80%."
      })
  void another_wording_does_not_speak_against(String passage, String statement) {
    assertThat(new Contradiction(passage).isOf(statement)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "逾期未还者三个月内不得再借。; 逾期未还者三个月内可以再借。",
        "The quota rises to 20 GB. The folder is emptied after 21 days instead of 30.; The quota rises by 30%.",
        "会议室没有多余的钥匙。; 会议室有多余的钥匙。",
        "病假 20 天以内的发 80%。; Up to 20 weeks are paid at 80%."
      })
  void what_is_denied_or_measured_otherwise_speaks_against(String passage, String statement) {
    assertThat(new Contradiction(passage).isOf(statement)).isTrue();
  }
}
