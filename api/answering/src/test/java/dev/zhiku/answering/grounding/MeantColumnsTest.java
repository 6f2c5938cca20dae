package dev.zhiku.answering.grounding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.search.OtherLanguage;
import dev.zhiku.answering.search.Retrieval;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.TextBlock;
import dev.zhiku.index.TextBlock.Cell;
import dev.zhiku.index.embedding.Language;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The cosines are given: what a model makes of names of columns is measured elsewhere. */
class MeantColumnsTest {
  private static final List<String> FEES = List.of("楼栋", "物业费 住宅", "物业费 商铺", "车位费 地面", "车位费 地库");

  private final List<List<String>> compared = new ArrayList<>();

  private static Retrieval retrieval(List<String> columns) {
    StringBuilder text = new StringBuilder();
    List<Cell> cells = new ArrayList<>();
    for (String column : columns) {
      text.append(text.isEmpty() ? "" : " | ").append(column).append(": ");
      cells.add(new Cell(column, text.length(), text.length() + 1));
      text.append('5');
    }
    TextBlock row =
        new TextBlock(
            TextBlock.Kind.ROW,
            0,
            text.length(),
            List.of(),
            Optional.empty(),
            cells,
            Language.CHINESE,
            TextBlock.Origin.NONE);
    DocumentId id = DocumentId.random();
    DocumentMeta document =
        new DocumentMeta(id, "files", "fees.xlsx", "text/csv", 1, Instant.EPOCH, "", "", Set.of());
    Passage passage =
        new Passage(new PassageId(id, 0), text.toString(), Location.whole(List.of()), List.of(row));
    return new Retrieval(
        "",
        List.of(new ScoredPassage(passage, document, 1, 1, 1)),
        List.of(),
        List.of(),
        Map.of(),
        1,
        Set.of(),
        Set.of(),
        OtherLanguage.NONE,
        1,
        Duration.ZERO,
        Duration.ZERO);
  }

  private List<String> meant(String question, List<String> columns, Map<String, Double> cosines)
      throws InterruptedException {
    return MeantColumns.marked(
            question,
            retrieval(columns),
            texts -> {
              compared.add(texts);
              return cosines;
            })
        .passages()
        .getFirst()
        .columns();
  }

  private static Map<String, Double> fees(double... cosines) {
    return Map.of(
        FEES.get(1), cosines[0],
        FEES.get(2), cosines[1],
        FEES.get(3), cosines[2],
        FEES.get(4), cosines[3]);
  }

  @Test
  void a_column_that_is_clearly_nearer_than_all_others_is_meant() throws Exception {
    assertThat(meant("2号楼停地下一个月多少钱？", FEES, fees(.58, .59, .69, .76))).containsExactly("车位费 地库");
    assertThat(compared).containsExactly(FEES.subList(1, 5));
  }

  @Test
  void none_is_meant_where_two_are_about_as_near_or_none_is_near() throws Exception {
    assertThat(meant("2号楼停地下一个月多少钱？", FEES, fees(.58, .59, .73, .76))).isEmpty();
    assertThat(meant("2号楼有几部电梯？", FEES, fees(.1, .1, .2, .3))).isEmpty();
  }

  @Test
  void of_columns_that_are_named_alike_only_these_are_compared() throws Exception {
    Map<String, Double> two = Map.of(FEES.get(1), .6, FEES.get(2), .7);

    assertThat(meant("3号楼店面的物业费是多少？", FEES, two)).containsExactly("物业费 商铺");
    assertThat(compared).containsExactly(List.of("物业费 住宅", "物业费 商铺"));
  }

  @Test
  void nothing_is_compared_where_one_column_is_named_or_the_row_is_narrow() throws Exception {
    assertThat(meant("2号楼地库的车位费？", FEES, fees(.1, .1, .1, .9))).isEmpty();
    assertThat(meant("2号楼停地下多少钱？", FEES.subList(0, 4), fees(.1, .1, .1, .9))).isEmpty();
    assertThat(compared).isEmpty();
  }

  @Test
  void what_a_question_denies_is_not_told_by_meaning() throws Exception {
    assertThat(meant("不停地下多少钱？", FEES, fees(.1, .1, .1, .9))).isEmpty();
    assertThat(meant("What does it cost without a garage?", FEES, fees(.1, .1, .1, .9))).isEmpty();
    assertThat(compared).isEmpty();
  }

  @Test
  void nothing_is_meant_where_a_column_cannot_be_compared() throws Exception {
    assertThat(meant("2号楼停地下多少钱？", FEES, Map.of(FEES.get(4), .9))).isEmpty();
  }
}
