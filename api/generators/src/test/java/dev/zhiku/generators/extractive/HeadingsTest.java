package dev.zhiku.generators.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadingsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"What happened", "1 Sizes and annual rent", "3.2 Leave", "第三章 假期", "附则", "一、 总则"})
  void a_short_line_without_a_stop_is_a_heading(String line) {
    assertThat(Headings.isHeading(line, false)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The rent is debited in advance.",
        "年假为 15 天。",
        "• The seal is checked every Thursday",
        "Record: CR-2605 | Result: pass",
        "L 26 × 25 × 48 cm CNY 980 CNY 800",
        "Phone 021 5555",
        "水泵每月检查一次，指针应在绿区"
      })
  void a_sentence_an_item_a_row_and_a_line_with_figures_are_none(String line) {
    assertThat(Headings.isHeading(line, false)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Memo: Alarm of the ultra-low freezer F-80", "关于 CF-16 离心机异响投诉的处理结果"})
  void the_first_line_may_have_figures(String line) {
    assertThat(Headings.isHeading(line, true)).isTrue();
    assertThat(Headings.isHeading(line, false)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Table 3: Error codes",
        "表1 技术参数",
        "图2-1 接线",
        "Figure 4 Layout",
        "附表三 收费标准",
        "Exhibit B"
      })
  void a_caption_is_a_heading_also_with_figures_and_a_colon(String line) {
    assertThat(Headings.isHeading(line, false)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Table tennis: Mondays at 7",
        "表面温度: 40 度",
        "Table 3 lists the error codes.",
        "图纸：A3"
      })
  void what_only_begins_like_a_caption_is_none(String line) {
    assertThat(Headings.isHeading(line, false)).isFalse();
  }
}
