package dev.zhiku.answering.grounding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.zhiku.answering.search.OtherLanguage;
import dev.zhiku.answering.search.Retrieval;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.PassageId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The cosines are given: what a model makes of sentences is measured elsewhere. */
class NearestSentencesTest {
  private static final String UNIFORM = "校服每套260元，由锦绣制衣供应。";
  private static final Map<String, Double> COSINES =
      Map.of("甲类物品由仓库发放。", 0.40, "乙类物品由财务发放。", 0.42, "丙类物品由后勤发放。", 0.44, UNIFORM, 0.70);

  private static ScoredPassage found(String text, double similarity) {
    DocumentId id = DocumentId.random();
    return new ScoredPassage(
        new Passage(new PassageId(id, 0), text, Location.whole(List.of())),
        new DocumentMeta(
            id, "files", "rules.txt", "text/plain", 1, Instant.EPOCH, "", "", Set.of()),
        1,
        1,
        similarity);
  }

  private static Retrieval retrieval(ScoredPassage... passages) {
    return new Retrieval(
        "",
        List.of(passages),
        List.of(),
        List.of(),
        Map.of("校服", 1.0),
        4,
        Set.of(),
        Set.of(),
        OtherLanguage.NONE,
        1,
        Duration.ZERO,
        Duration.ZERO);
  }

  private static NearestSentences compared(Retrieval retrieval) throws InterruptedException {
    return NearestSentences.of(
        "一套校服多少钱？",
        retrieval,
        texts -> texts.stream().collect(Collectors.toMap(text -> text, COSINES::get)));
  }

  private final ScoredPassage first = found("甲类物品由仓库发放。", 0.1);
  private final ScoredPassage second = found("乙类物品由财务发放。", 0.1);
  private final ScoredPassage third = found("丙类物品由后勤发放。", 0.1);

  @Test
  void the_passage_nearest_in_meaning_may_carry_the_answer_wherever_it_ranks() throws Exception {
    Retrieval retrieval = retrieval(first, second, third, found(UNIFORM, 0.69));

    assertThat(compared(retrieval).nearest()).hasValue(0.70);
  }

  @Test
  void a_passage_that_neither_words_nor_meaning_put_in_front_carries_none() throws Exception {
    Retrieval retrieval =
        retrieval(
            found("甲类物品由仓库发放。", 0.3),
            found("乙类物品由财务发放。", 0.3),
            found("丙类物品由后勤发放。", 0.3),
            found(UNIFORM, 0.2));

    assertThat(compared(retrieval).nearest()).hasValue(0.44);
  }

  @Test
  void each_sentence_is_told_how_much_nearer_it_is_than_all_on_average() throws Exception {
    Retrieval retrieval = retrieval(first, second, third, found(UNIFORM, 0.69));

    List<ScoredPassage> told = compared(retrieval).standing(retrieval).passages();

    assertThat(told.getFirst().standing().get("甲类物品由仓库发放。")).isCloseTo(-0.09, within(1e-9));
    assertThat(told.getLast().standing().get(UNIFORM)).isCloseTo(0.21, within(1e-9));
  }
}
