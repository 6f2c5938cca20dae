package dev.zhiku.index.testing;

import static dev.zhiku.index.testing.TestDocuments.ONE;
import static dev.zhiku.index.testing.TestDocuments.document;
import static dev.zhiku.index.testing.TestDocuments.passage;
import static dev.zhiku.index.testing.TestDocuments.passages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import dev.zhiku.index.Occurrences;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.WordRarity;
import dev.zhiku.index.words.SoughtWords;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The part of the contract about the rarity of words and the passages that hold certain ones. */
abstract class CountedWordsContract extends FoundPassagesContract {
  @Test
  void a_word_is_the_rarer_the_fewer_passages_hold_it() throws Exception {
    DocumentMeta manual = document("manual.txt");
    index.replace(
        manual,
        passages(manual, "pump valve", "pump motor motor", "水泵 PUMP", "the bed", "泵", "交通大学"));

    try (Snapshot seen = index.snapshot()) {
      WordRarity rarity =
          seen.rarity(Set.of("pump", "motor", "交通", "泵", "giraffe"), new Filter.All());
      assertThat(rarity)
          .isEqualTo(
              new WordRarity(6, Map.of("pump", 3L, "motor", 1L, "交通", 1L, "泵", 2L, "giraffe", 0L)));
      assertThat(rarity.isHeld("motor")).isTrue();
      assertThat(rarity.isHeld("giraffe")).isFalse();
      assertThat(rarity.of("giraffe")).isGreaterThan(rarity.of("motor"));
      assertThat(rarity.of("motor")).isGreaterThan(rarity.of("pump"));
      assertThat(rarity.of("motor")).isEqualTo(Math.log(1 + 5.5 / 1.5), within(1e-9));
      assertThatThrownBy(() -> rarity.of("zebra"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("zebra");
    }
  }

  @Test
  void a_word_is_as_frequent_as_where_it_is_most_frequent_in_text_headings_or_path()
      throws Exception {
    DocumentMeta budget = document("finance/budget.txt");
    Location travel = Location.whole(List.of("Travel", "Budget"));
    index.replace(
        budget,
        List.of(
            passage(budget, 0, "budget figures", travel, ONE), passage(budget, 1, "travel", ONE)));

    try (Snapshot seen = index.snapshot()) {
      assertThat(seen.rarity(Set.of("budget", "travel", "financ"), new Filter.All()).holding())
          .isEqualTo(Map.of("budget", 2L, "travel", 1L, "financ", 2L));
    }
  }

  @Test
  void every_passage_that_holds_the_words_is_found_and_no_other() throws Exception {
    DocumentMeta rules = document("rules.txt");
    Location leave = Location.whole(List.of("Annual leave"));
    index.replace(
        rules,
        List.of(
            passage(rules, 0, "The travel allowance is paid per day.", ONE),
            passage(rules, 1, "Allowances for travelling: 20 per day", ONE),
            passage(rules, 2, "差旅补助按天发放，员工\n年假 15 天。", ONE),
            passage(rules, 3, "每年假日安排", ONE),
            passage(rules, 4, "Part ab-1203 is kept for days.", leave, ONE),
            passage(rules, 5, "A bobcat per diem", ONE)));

    assertThat(holding("allowance day")).containsExactly(0, 1);
    assertThat(holding("\"travel allowance\"")).containsExactly(0);
    assertThat(holding("年假")).containsExactly(2, 3);
    assertThat(holding("员工年假")).containsExactly(2);
    assertThat(holding("員工年假 「15天」")).containsExactly(2);
    assertThat(holding("AB-1203")).containsExactly(4);
    assertThat(holding("\"annual leave\" days")).containsExactly(4);
    assertThat(holding("\"cat per\"")).isEmpty();
    assertThat(holding("日")).containsExactly(3);
    assertThat(holding(" \"，\" ")).isEmpty();
  }

  @Test
  void passages_that_hold_words_are_found_behind_the_filter_and_up_to_the_limit() throws Exception {
    DocumentMeta one = document("legal/one.txt");
    DocumentMeta other = document("sales/other.txt");
    index.replace(one, passages(one, "common words", "common ground"));
    index.replace(other, passages(other, "common law"));
    index.commit(1);
    DocumentMeta gone = document("legal/gone.txt");
    index.replace(gone, passages(gone, "common past"));
    index.commit(2);
    index.remove(gone.id());

    SoughtWords common = SoughtWords.of("common");
    try (Snapshot seen = index.snapshot()) {
      assertThat(seen.occurrences(common, new Filter.PathPrefix("legal/"), 10))
          .isEqualTo(
              new Occurrences(
                  List.of(new PassageId(one.id(), 0), new PassageId(one.id(), 1)), true));
      assertThat(seen.occurrences(common, new Filter.All(), 3).passages()).hasSize(3).isSorted();
      assertThat(seen.occurrences(common, new Filter.All(), 3).complete()).isTrue();
      assertThat(seen.occurrences(common, new Filter.All(), 2).passages()).hasSize(2);
      assertThat(seen.occurrences(common, new Filter.All(), 2).complete()).isFalse();
      assertThat(seen.occurrences(common, new Filter.None(), 2).passages()).isEmpty();
    }
  }

  private List<Integer> holding(String typed) throws InterruptedException {
    try (Snapshot seen = index.snapshot()) {
      return seen.occurrences(SoughtWords.of(typed), new Filter.All(), 100).passages().stream()
          .map(PassageId::ordinal)
          .toList();
    }
  }

  @Test
  void words_of_removed_and_replaced_passages_are_not_counted() throws Exception {
    DocumentMeta kept = document("kept.txt");
    DocumentMeta gone = document("gone.txt");
    index.replace(kept, passages(kept, "amber", "common violet"));
    index.replace(gone, passages(gone, "common secret"));
    index.commit(1);
    index.remove(gone.id());
    index.replace(kept, passages(kept, "common violet"));

    try (Snapshot seen = index.snapshot()) {
      Set<String> words = Set.of("common", "secret", "amber");
      for (Filter filter : List.of(new Filter.All(), new Filter.Source("files"))) {
        assertThat(seen.rarity(words, filter))
            .as("%s", filter)
            .isEqualTo(new WordRarity(1, Map.of("common", 1L, "secret", 0L, "amber", 0L)));
      }
    }
  }

  @Test
  void words_are_counted_among_the_passages_that_a_filter_lets_through() throws Exception {
    List<DocumentMeta> documents = FilterSamples.documents();
    for (DocumentMeta document : documents) {
      index.replace(document, passages(document, "common", "common " + document.source(), "last"));
    }
    index.replace(document("empty.txt"), List.of());

    try (Snapshot seen = index.snapshot()) {
      for (Filter filter : FilterSamples.filters(documents)) {
        long passing = documents.stream().filter(filter::accepts).count();
        long times =
            documents.stream()
                .filter(filter::accepts)
                .filter(document -> document.source().equals("times"))
                .count();
        assertThat(seen.rarity(Set.of("common", "time", "giraffe"), filter))
            .as("%s", filter)
            .isEqualTo(
                new WordRarity(
                    3 * passing, Map.of("common", 2 * passing, "time", 3 * times, "giraffe", 0L)));
      }
    }
  }
}
