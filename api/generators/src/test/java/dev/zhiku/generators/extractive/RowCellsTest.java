package dev.zhiku.generators.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.index.TextBlock;
import dev.zhiku.index.TextBlock.Cell;
import dev.zhiku.index.embedding.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowCellsTest {
  private static final List<String> COLUMNS = List.of("门店", "店长", "开业", "月租", "座位");

  @Test
  void of_a_wide_row_the_column_that_is_named_is_quoted_with_what_the_row_is_about() {
    List<Quotable> rows = rows(List.of("东湖店", "甘霖", "2019", "8200 元", "40"));

    assertThat(RowCells.of(rows.getFirst(), "东湖店的店长是谁？")).containsExactly("门店: 东湖店", "店长: 甘霖");
    assertThat(RowCells.of(rows.getFirst(), "店长甘霖的门店月租多少？"))
        .containsExactly("门店: 东湖店", "店长: 甘霖", "月租: 8200 元");
  }

  @Test
  void the_whole_row_is_quoted_where_no_column_is_named_or_none_has_what_is_asked_for() {
    List<Quotable> rows = rows(List.of("东湖店", "甘霖", "2019", "8200 元", "40"));

    for (String question : List.of("东湖店怎么样？", "东湖店店长每月交多少钱？", "座位40的东湖店归谁管？")) {
      assertThat(RowCells.of(rows.getFirst(), question)).containsExactly(rows.getFirst().text());
    }
  }

  @Test
  void of_columns_the_one_that_is_meant_is_quoted_where_none_is_named_or_several_are_alike() {
    List<String> columns = List.of("楼栋", "物业费（元） 住宅", "物业费（元） 商铺", "车位费（元） 地面", "车位费（元） 地库");
    List<List<String>> cells = List.of(List.of("3号楼", "3.1", "6.2", "180", "350"));

    Quotable garage = table(columns, cells, List.of("车位费（元） 地库")).getFirst();
    Quotable shops = table(columns, cells, List.of("物业费（元） 商铺")).getFirst();

    assertThat(RowCells.of(garage, "3号楼停地下多少钱？")).containsExactly("楼栋: 3号楼", "车位费（元） 地库: 350");
    assertThat(RowCells.of(shops, "3号楼店面的物业费？")).containsExactly("楼栋: 3号楼", "物业费（元） 商铺: 6.2");
    assertThat(RowCells.of(garage, "3号楼店面的物业费？"))
        .containsExactly("楼栋: 3号楼", "物业费（元） 住宅: 3.1", "物业费（元） 商铺: 6.2");
  }

  @Test
  void a_column_is_not_meant_where_another_alone_has_what_is_asked_for() {
    List<String> columns = List.of("节次", "时间", "星期二", "星期三", "星期四");
    List<List<String>> cells = List.of(List.of("第三节", "10:00-10:45", "地理", "物理", "生物"));
    Quotable lesson = table(columns, cells, List.of("星期三")).getFirst();

    assertThat(RowCells.of(lesson, "第三节几点开始？")).containsExactly(lesson.text());
    assertThat(RowCells.of(lesson, "周三的第三节上什么课？")).containsExactly("节次: 第三节", "星期三: 物理");
  }

  @Test
  void the_row_up_to_the_cell_is_quoted_where_another_row_has_the_same_value() {
    List<Quotable> rows =
        rows(
            List.of("东湖店", "甘霖", "2019", "8200 元", "40"),
            List.of("西山店", "甘霖", "2021", "9100 元", "40"));

    assertThat(RowCells.of(rows.get(1), "西山店的店长是谁？")).containsExactly("门店: 西山店 | 店长: 甘霖");
  }

  @Test
  void a_narrow_row_and_a_sentence_are_quoted_whole() {
    List<Quotable> rows = rows(List.of("东湖店", "甘霖", "2019"));

    assertThat(RowCells.of(rows.getFirst(), "东湖店的店长是谁？")).containsExactly(rows.getFirst().text());
  }

  @Test
  void of_the_rows_of_a_long_table_the_beginning_up_to_what_is_asked_for_is_quoted() {
    List<Quotable> rows = rows(List.of("东湖店", "甘霖", "2019", "8200 元", "40"));

    assertThat(RowCells.upToAsked(rows.getFirst(), "列出所有门店的店长")).isEqualTo("门店: 东湖店 | 店长: 甘霖");
    assertThat(RowCells.upToAsked(rows.getFirst(), "列出所有西山的人")).isEqualTo(rows.getFirst().text());
  }

  @Test
  void a_row_is_of_another_where_the_question_names_one_of_its_table() {
    List<Quotable> rows =
        rows(
            List.of("东湖店", "甘霖", "2019"),
            List.of("西山店", "东湖路", "2021"),
            List.of("西山二店", "甘霖", "2022"));

    RowKeys keys = new RowKeys(rows, "西山店的店长住在哪里？占比多少？");
    RowKeys both = new RowKeys(rows, "西山店和东湖店哪个大？");
    RowKeys none = new RowKeys(rows, "哪年开业？");

    assertThat(rows.stream().map(keys::isOfAnother)).containsExactly(true, false, true);
    assertThat(rows.stream().map(both::isOfAnother)).containsExactly(false, false, true);
    assertThat(rows.stream().map(none::isOfAnother)).containsOnly(false);
    for (String compares : List.of("哪家店比西山店开业早？", "Which shop is older than 西山店?")) {
      RowKeys all = new RowKeys(rows, compares);
      assertThat(rows.stream().map(all::isOfAnother)).as(compares).containsOnly(false);
    }
  }

  @Test
  void the_first_row_of_a_table_without_names_of_columns_is_no_key() {
    List<Quotable> rows =
        table(
            List.of("", ""),
            List.of(List.of("代码", "含义"), List.of("E1", "缺水"), List.of("E2", "过热")));

    RowKeys all = new RowKeys(rows, "列出所有代码");
    RowKeys one = new RowKeys(rows, "E2 是什么含义？");

    assertThat(rows.stream().map(all::isOfAnother)).containsOnly(false);
    assertThat(rows.stream().map(one::isOfAnother)).containsExactly(false, true, false);
  }

  @SafeVarargs
  private static List<Quotable> rows(List<String>... rows) {
    List<List<String>> all = new ArrayList<>();
    for (List<String> row : rows) {
      all.add(row);
    }
    return table(COLUMNS, all);
  }

  private static List<Quotable> table(List<String> columns, List<List<String>> rows) {
    return table(columns, rows, List.of());
  }

  /**
   * @param meant names of columns that a question means
   */
  private static List<Quotable> table(
      List<String> columns, List<List<String>> rows, List<String> meant) {
    StringBuilder text = new StringBuilder();
    List<TextBlock> blocks = new ArrayList<>();
    for (List<String> row : rows) {
      int start = text.length();
      List<Cell> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        String column = columns.get(i);
        text.append(i == 0 ? "" : " | ").append(column.isEmpty() ? "" : column + ": ");
        cells.add(new Cell(column, text.length(), text.length() + row.get(i).length()));
        text.append(row.get(i));
      }
      blocks.add(
          new TextBlock(
              TextBlock.Kind.ROW,
              start,
              text.length(),
              List.of(),
              Optional.empty(),
              cells,
              Language.CHINESE,
              TextBlock.Origin.NONE));
      text.append('\n');
    }
    return PassageUnits.of(
        new Prompt.Source(
            1, "门店", "门店", false, text.toString(), 1, blocks, List.of(), Map.of(), meant));
  }
}
