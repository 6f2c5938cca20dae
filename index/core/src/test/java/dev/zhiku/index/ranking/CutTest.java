package dev.zhiku.index.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Hit;
import dev.zhiku.index.Passage.PassageId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CutTest {
  private static final DocumentId ONE = DocumentId.random();
  private static final DocumentId OTHER = DocumentId.random();

  private static Hit hit(DocumentId document, int ordinal, double score) {
    return new Hit(new PassageId(document, ordinal), score);
  }

  @Test
  void the_best_of_near_duplicates_stays() {
    Hit best = hit(ONE, 0, 3);
    Hit copy = hit(OTHER, 0, 2);
    Hit different = hit(OTHER, 1, 1);
    Map<PassageId, String> texts =
        Map.of(
            best.passage(), "Annual leave is ten days for every employee of the company.",
            copy.passage(), "Annual leave is TEN days, for every employee of the company",
            different.passage(), "Sick leave needs a certificate after the third day.");

    assertThat(Cut.nearDuplicates(List.of(best, copy, different), texts, 0.9))
        .containsExactly(best, different);
  }

  @Test
  void texts_that_differ_in_what_matters_both_stay() {
    Hit one = hit(ONE, 0, 2);
    Hit other = hit(ONE, 1, 1);
    Map<PassageId, String> texts =
        Map.of(one.passage(), "水泵 AB-1203 的价格", other.passage(), "水泵 CD-77 的保修期");

    assertThat(Cut.nearDuplicates(List.of(one, other), texts, 0.9)).containsExactly(one, other);
  }

  @Test
  void what_two_texts_share_is_counted_against_all_that_they_say() {
    Hit one = hit(ONE, 0, 2);
    Hit other = hit(ONE, 1, 1);
    // abc bcd cde def, and bcd cde def efg: three of five pieces are common.
    Map<PassageId, String> texts =
        Map.of(one.passage(), "ab-cd ef", other.passage(), "B c D e F g");

    assertThat(Cut.nearDuplicates(List.of(one, other), texts, 0.6)).containsExactly(one);
    assertThat(Cut.nearDuplicates(List.of(one, other), texts, 0.61)).containsExactly(one, other);
  }

  @Test
  void two_texts_are_the_same_from_the_very_share_of_pieces_on_that_they_have_in_common() {
    long seed = Long.getLong("zhiku.test.seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Hit one = hit(ONE, 0, 2);
    Hit other = hit(ONE, 1, 1);
    for (int i = 0; i < 5_000; i++) {
      String first = letters(random);
      String second = random.nextBoolean() ? letters(random) : changed(first, random);
      double share = (1 + random.nextInt(20)) / 20.0;
      Map<PassageId, String> texts = Map.of(one.passage(), first, other.passage(), second);
      Set<String> common = pieces(first);
      common.retainAll(pieces(second));
      int all = pieces(first).size() + pieces(second).size() - common.size();
      assertThat(Cut.nearDuplicates(List.of(one, other), texts, share))
          .as("%s and %s at %s", first, second, share)
          .hasSize(common.size() >= share * all ? 1 : 2);
    }
  }

  private static String letters(Random random) {
    StringBuilder text = new StringBuilder();
    for (int length = 3 + random.nextInt(30); length > 0; length--) {
      text.append((char) ('b' + random.nextInt(4)));
    }
    return text.toString();
  }

  private static String changed(String text, Random random) {
    StringBuilder changed = new StringBuilder(text);
    changed.setCharAt(random.nextInt(text.length()), 'z');
    return changed.toString();
  }

  private static Set<String> pieces(String text) {
    Set<String> pieces = new HashSet<>();
    for (int i = 0; i + 3 <= text.length(); i++) {
      pieces.add(text.substring(i, i + 3));
    }
    return pieces;
  }

  @Test
  void texts_of_less_than_a_piece_are_compared_as_a_whole() {
    Hit one = hit(ONE, 0, 3);
    Hit same = hit(ONE, 1, 2);
    Hit other = hit(ONE, 2, 1);
    Map<PassageId, String> texts =
        Map.of(one.passage(), "水泵", same.passage(), "水泵！", other.passage(), "水");

    assertThat(Cut.nearDuplicates(List.of(one, same, other), texts, 0.9))
        .containsExactly(one, other);
  }

  @Test
  void hits_without_words_are_kept() {
    Hit one = hit(ONE, 0, 2);
    Hit other = hit(ONE, 1, 1);

    assertThat(Cut.nearDuplicates(List.of(one, other), Map.of(one.passage(), "---"), 0.5))
        .containsExactly(one, other);
  }

  @Test
  void a_document_keeps_its_best_passages_only() {
    List<Hit> hits =
        List.of(hit(ONE, 4, 9), hit(ONE, 2, 8), hit(OTHER, 0, 7), hit(ONE, 1, 6), hit(OTHER, 5, 5));

    assertThat(Cut.perDocument(hits, 2))
        .containsExactly(hits.get(0), hits.get(1), hits.get(2), hits.get(4));
    assertThat(Cut.perDocument(hits, 1)).containsExactly(hits.get(0), hits.get(2));
  }

  @Test
  void senseless_limits_are_refused() {
    assertThatThrownBy(() -> Cut.perDocument(List.of(), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Cut.nearDuplicates(List.of(), Map.of(), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Cut.nearDuplicates(List.of(), Map.of(), Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
