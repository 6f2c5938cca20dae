package dev.zhiku.answering.contradiction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Writings of the same figure, and what is none. */
class PlainFiguresTest {
  @ParameterizedTest
  @CsvSource({
    "下午四点,16:00",
    "早上八点十分,8:10",
    "晚上 9:30,21:30",
    "上午九點半,9:30",
    "4 pm,16:00",
    "5:30 p.m.,17:30",
    "12 am,0:00",
    "2027 年 6 月 30 日,2027-6-30",
    "2027/06/30,2027-6-30",
    "16.8 万元,168000 yuan",
    "人民币 168000 元,168000 yuan",
    "CNY 0.95,0.95 yuan",
    "'1,500,000',1500000",
    "1.37 亿,137000000",
    "0.5 升,500 毫升",
    "55 °C,55 degrees",
    "37 度,37 degrees",
    "−68 ℃,minus 68 degrees",
    "19 percent,19 %",
    "nineteen percent,19 %",
    "54 m²,54 square metres",
    "半小时,30 分钟",
    "星期三,周三",
  })
  void figures_are_written_in_one_way(String written, String plain) {
    assertThat(PlainFigures.of(written).strip()).isEqualTo(plain);
  }

  @ParameterizedTest
  @CsvSource({"22 pm", "2026.1.2.3", "下午茶", "twenty-four", "K3 5 grey"})
  void what_is_no_such_figure_stays(String text) {
    assertThat(PlainFigures.of(text)).isEqualTo(text);
  }
}
