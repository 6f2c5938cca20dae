package dev.zhiku.index.testing;

import static dev.zhiku.index.testing.TestDocuments.ONE;
import static dev.zhiku.index.testing.TestDocuments.OTHER;
import static dev.zhiku.index.testing.TestDocuments.document;
import static dev.zhiku.index.testing.TestDocuments.labelled;
import static dev.zhiku.index.testing.TestDocuments.passage;
import static dev.zhiku.index.testing.TestDocuments.passages;
import static dev.zhiku.index.testing.TestDocuments.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.zhiku.index.Candidates;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.Filter;
import dev.zhiku.index.Hit;
import dev.zhiku.index.IndexException.IndexClosed;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import dev.zhiku.index.Occurrences;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.SearchRequest;
import dev.zhiku.index.TextBlock;
import dev.zhiku.index.TextHash;
import dev.zhiku.index.WordRarity;
import dev.zhiku.index.embedding.Embedding;
import dev.zhiku.index.words.SoughtWords;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contract of every {@link KnowledgeIndex}. Subclasses say how one is made. */
public abstract class KnowledgeIndexContract {
  private LeakCheckingIndex index;

  /**
   * A new, empty index; the contract closes it.
   *
   * @param folder empty, removed after the test
   */
  protected abstract KnowledgeIndex create(Path folder) throws Exception;

  @BeforeEach
  final void open(@TempDir Path folder) throws Exception {
    index = new LeakCheckingIndex(create(folder));
  }

  @AfterEach
  final void close() {
    index.close();
    index.requireNoOpenSnapshot();
  }

  @Test
  void an_empty_index_has_nothing_and_epoch_zero() throws Exception {
    try (Snapshot seen = index.snapshot()) {
      assertThat(seen.epoch()).isZero();
      assertThat(seen.stats().documents()).isZero();
      assertThat(seen.stats().passages()).isZero();
      assertThat(seen.stats().embedders()).isEmpty();
      assertThat(seen.documents()).isEmpty();
      assertThat(seen.candidates(request("anything", 10)).words()).isEmpty();
      assertThat(seen.candidates(request("anything", 10)).vectors().get(ONE)).isEmpty();
    }
  }

  @Test
  void a_snapshot_of_texts_or_documents_has_what_was_stored_for_them_a_moment_ago()
      throws Exception {
    DocumentMeta kept = document("kept.txt");
    DocumentMeta gone = document("gone.txt");
    index.replace(kept, passages(kept, "first"));
    index.replace(gone, passages(gone, "third"));
    TextHash third = TextHash.of("third");
    try (Snapshot seen = index.snapshotOf(Set.of(), Set.of(third))) {
      assertThat(seen.vectors(ONE, Set.of(third))).containsOnlyKeys(third);
    }
    index.remove(gone.id());
    try (Snapshot seen = index.snapshotOf(Set.of(gone.id()), Set.of())) {
      assertThat(seen.documents()).containsExactly(kept);
    }
    DocumentMeta labelled = labelled(kept, "draft");
    index.describe(kept.id(), stored -> labelled);
    try (Snapshot seen = index.snapshotOf(Set.of(kept.id()), Set.of())) {
      assertThat(seen.documents()).containsExactly(labelled);
    }
    index.replace(gone, passages(gone, "fourth"));
    index.commit(1);
    try (Snapshot seen = index.committedSnapshot()) {
      assertThat(seen.documents()).containsExactlyInAnyOrder(labelled, gone);
    }
  }

  @Test
  void a_replaced_document_is_known_with_all_that_was_said() throws Exception {
    DocumentMeta rules =
        new DocumentMeta(
            DocumentId.random(),
            "files",
            "手册/安全 rules.docx",
            "application/vnd.test",
            12_345_678_901L,
            Instant.parse("2026-11-20T10:11:12.123456789Z"),
            "ab".repeat(32),
            "extract-3 split-1",
            Set.of("draft", "内部"));
    index.replace(rules, passages(rules, "one"));

    try (Snapshot seen = index.snapshot()) {
      assertThat(seen.documents()).containsExactly(rules);
      assertThat(seen.documents(Set.of(rules.id(), DocumentId.random())))
          .containsExactly(Map.entry(rules.id(), rules));
    }
  }

  @Test
  void passages_come_back_equal_and_in_order() throws Exception {
    DocumentMeta prices = document("prices.xlsx");
    Location cells =
        new Location(
            Location.Kind.CELLS,
            List.of("Prices", "泵"),
            Optional.of("attachments/prices.xlsx"),
            2,
            9,
            Optional.of("Prices!A2:D9"));
    List<EmbeddedPassage> given =
        List.of(
            passage(prices, 0, "ＡＢ-1203 costs 5 €", cells, ONE),
            passage(prices, 1, "繁體 stays as it is\n\ttabs too", Location.page(3, List.of()), OTHER),
            passage(prices, 2, "\uD83D\uDE00 last", ONE));
    index.replace(prices, given);

    List<Passage> expected = given.stream().map(EmbeddedPassage::passage).toList();
    try (Snapshot seen = index.snapshot()) {
      assertThat(seen.passages(prices.id(), 0, 100)).isEqualTo(expected);
      assertThat(seen.passages(prices.id(), 1, 1)).isEqualTo(expected.subList(1, 2));
      assertThat(seen.passages(prices.id(), 3, 1)).isEmpty();
      assertThat(seen.passages(DocumentId.random(), 0, 1)).isEmpty();
    }
  }

  @Test
  void the_blocks_of_a_passage_come_back_and_outlive_a_rename() throws Exception {
    DocumentMeta manual = document("manual.docx");
    Random random = new Random(20_261_129);
    List<EmbeddedPassage> given = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String text = "Clean the pump. ".repeat(1 + i);
      List<TextBlock> blocks = RandomBlocks.in(text.length(), random);
      Passage known =
          new Passage(new PassageId(manual.id(), i), text, Location.whole(List.of()), blocks);
      given.add(new EmbeddedPassage(known, ONE, TextHash.of(text), vector(ONE, text)));
    }
    index.replace(manual, given);
    index.describe(manual.id(), stored -> labelled(stored, "renamed"));
    try (Snapshot seen = index.snapshot()) {
      assertThat(seen.load(given.stream().map(g -> g.passage().id()).toList()))
          .containsExactlyElementsOf(given.stream().map(EmbeddedPassage::passage).toList());
    }
  }

  @Test
  void passages_out_of_order_or_of_another_document_are_refused() {
    DocumentMeta one = document("one.txt");
    DocumentMeta other = document("other.txt");

    assertThatThrownBy(() -> index.replace(one, List.of(passage(one, 1, "text", ONE))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(one.id() + "#0");
    assertThatThrownBy(() -> index.replace(one, passages(other, "text")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void replacing_a_document_hides_all_its_old_passages() throws Exception {
    DocumentMeta note = document("note.txt");
    index.replace(note, passages(note, "violet first", "violet second", "violet third"));
    index.replace(note, passages(note, "amber only"));

    try (Snapshot seen = index.snapshot()) {
      assertThat(words(seen, "violet")).isEmpty();
      assertThat(words(seen, "amber")).containsExactly(new PassageId(note.id(), 0));
      assertThat(seen.passages(note.id(), 0, 10))
          .extracting(Passage::text)
          .containsExactly("amber only");
      assertThat(seen.stats().documents()).isEqualTo(1);
      assertThat(seen.stats().passages()).isEqualTo(1);
      assertThat(seen.load(List.of(new PassageId(note.id(), 2)))).isEmpty();
    }
  }

  @Test
  void a_document_without_passages_stays_known() throws Exception {
    DocumentMeta scan = document("scan.pdf");
    index.replace(scan, passages(scan, "soon gone"));
    index.replace(scan, List.of());

    try (Snapshot seen = index.snapshot()) {
      assertThat(seen.documents()).containsExactly(scan);
      assertThat(seen.passages(scan.id(), 0, 10)).isEmpty();
      assertThat(seen.stats().passages()).isZero();
      assertThat(seen.stats().embedders()).isEmpty();
    }
  }

  @Test
  void a_removed_document_is_gone_from_everything() throws Exception {
    DocumentMeta kept = document("kept.txt");
    DocumentMeta gone = document("gone.txt");
    index.replace(kept, passages(kept, "common words"));
    index.replace(gone, passages(gone, "common secret"));
    index.commit(1);
    index.remove(gone.id());
    index.remove(DocumentId.random());

    try (Snapshot seen = index.snapshot()) {
      assertThat(seen.documents()).containsExactly(kept);
      assertThat(words(seen, "common secret")).containsExactly(new PassageId(kept.id(), 0));
      assertThat(nearest(seen, "common secret")).containsExactly(new PassageId(kept.id(), 0));
      assertThat(seen.vectors(ONE, Set.of(TextHash.of("common secret")))).isEmpty();
      assertThat(seen.passages(gone.id(), 0, 1)).isEmpty();
    }
  }

  @Test
  void describing_a_document_renames_it_and_keeps_passages_and_vectors() throws Exception {
    DocumentMeta before = document("drafts/giraffe.txt");
    index.replace(before, passages(before, "long neck", "long legs"));
    DocumentMeta after = labelled(document(before.id(), "final/zebra.txt"), "done");
    index.describe(before.id(), stored -> after);

    try (Snapshot seen = index.snapshot()) {
      assertThat(seen.documents()).containsExactly(after);
      assertThat(words(seen, "giraffe")).isEmpty();
      assertThat(words(seen, "zebra")).hasSize(2);
      assertThat(words(seen, "neck")).containsExactly(new PassageId(before.id(), 0));
      assertThat(seen.passages(before.id(), 0, 9))
          .extracting(Passage::text)
          .containsExactly("long neck", "long legs");
      assertThat(seen.vectors(ONE, Set.of(TextHash.of("long legs"))))
          .containsExactly(Map.entry(TextHash.of("long legs"), vector(ONE, "long legs")));
      assertThat(nearest(seen, "long legs").getFirst()).isEqualTo(new PassageId(before.id(), 1));
      assertThat(filtered(seen, "long", new Filter.PathPrefix("drafts/"))).isEmpty();
      assertThat(filtered(seen, "long", new Filter.Labels(Set.of("done")))).hasSize(2);
    }
  }

  @Test
  void describing_an_unknown_document_changes_nothing() throws Exception {
    index.describe(DocumentId.random(), stored -> document("unknown.txt"));

    try (Snapshot seen = index.snapshot()) {
      assertThat(seen.documents()).isEmpty();
    }
  }

  @Test
  void a_description_is_made_of_the_version_that_was_stored_last() throws Exception {
    DocumentMeta first = document("first.txt");
    index.replace(first, passages(first, "old words"));
    try (Snapshot seen = index.snapshot()) {
      assertThat(seen.documents()).containsExactly(first);
    }
    DocumentMeta second = document(first.id(), "second.txt");
    index.replace(second, passages(second, "new words"));
    index.describe(first.id(), stored -> labelled(stored, "kept"));

    try (Snapshot seen = index.snapshot()) {
      assertThat(seen.documents()).containsExactly(labelled(second, "kept"));
      assertThat(words(seen, "old")).isEmpty();
    }
  }

  @Test
  void a_description_under_another_id_is_refused_and_nothing_is_lost() throws Exception {
    DocumentMeta kept = document("kept.txt");
    index.replace(kept, passages(kept, "kept words"));

    assertThatThrownBy(() -> index.describe(kept.id(), stored -> document("other.txt")))
        .isInstanceOf(IllegalArgumentException.class);
    index.commit(1);
    try (Snapshot seen = index.snapshot()) {
      assertThat(seen.documents()).containsExactly(kept);
      assertThat(words(seen, "kept")).hasSize(1);
    }
  }

  @Test
  void a_snapshot_includes_every_earlier_change_and_no_later_one() throws Exception {
    DocumentMeta note = document("note.txt");
    index.replace(note, passages(note, "old words"));
    try (Snapshot before = index.snapshot()) {
      index.replace(note, passages(note, "new words"));
      index.commit(1);
      try (Snapshot after = index.snapshot()) {
        assertThat(words(after, "new")).hasSize(1);
        assertThat(words(after, "old")).isEmpty();
      }
      assertThat(words(before, "old")).hasSize(1);
      assertThat(words(before, "new")).isEmpty();
      assertThat(before.passages(note.id(), 0, 1))
          .extracting(Passage::text)
          .containsExactly("old words");
    }
  }

  @Test
  void later_snapshots_know_the_epoch_of_the_last_commit() throws Exception {
    index.commit(7);
    try (Snapshot at7 = index.snapshot()) {
      index.commit(8);
      try (Snapshot at8 = index.snapshot()) {
        assertThat(at8.epoch()).isEqualTo(8);
      }
      assertThat(at7.epoch()).isEqualTo(7);
    }
    index.commit(8);
    assertThatThrownBy(() -> index.commit(6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("6")
        .hasMessageContaining("8");
  }

  @Test
  void vectors_are_found_by_text_and_kept_apart_by_embedder() throws Exception {
    DocumentMeta mixed = document("mixed.txt");
    index.replace(
        mixed, List.of(passage(mixed, 0, "same text", ONE), passage(mixed, 1, "same text", OTHER)));
    TextHash same = TextHash.of("same text");

    try (Snapshot seen = index.snapshot()) {
      assertThat(seen.vectors(ONE, Set.of(same, TextHash.of("unknown"))))
          .containsExactly(Map.entry(same, vector(ONE, "same text")));
      assertThat(seen.vectors(OTHER, Set.of(same)))
          .containsExactly(Map.entry(same, vector(OTHER, "same text")));
      assertThat(seen.stats().embedders()).containsExactlyInAnyOrder(ONE, OTHER);
    }
  }

  @Test
  void a_vector_list_is_ordered_by_cosine_and_has_one_embedders_passages_only() throws Exception {
    DocumentMeta many = document("many.txt");
    String[] texts =
        IntStream.range(0, 60).mapToObj(i -> "text number " + i).toArray(String[]::new);
    index.replace(many, passages(many, texts));
    DocumentMeta foreign = document("foreign.txt");
    index.replace(foreign, List.of(passage(foreign, 0, "text number 7", OTHER)));

    try (Snapshot seen = index.snapshot()) {
      Embedding question = vector(ONE, "text number 7");
      List<Hit> hits = vectorHits(seen, request("text number 7", 20));
      assertThat(hits).hasSize(20);
      assertThat(hits.getFirst().passage()).isEqualTo(new PassageId(many.id(), 7));
      assertThat(hits).isSortedAccordingTo((a, b) -> Double.compare(b.score(), a.score()));
      for (Hit hit : hits) {
        Embedding vector = vector(ONE, texts[hit.passage().ordinal()]);
        assertThat(hit.score()).isEqualTo(question.cosine(vector), within(1e-5));
      }
    }
  }

  @Test
  void the_best_word_hit_has_the_rarer_words_of_the_question() throws Exception {
    DocumentMeta manual = document("manual.txt");
    index.replace(
        manual,
        passages(
            manual,
            "The pump has a valve and a motor.",
            "The valve is inspected every year; see the chapter on calibration.",
            "The motor is inspected every week.",
            "The pump and the motor share a bed."));

    try (Snapshot seen = index.snapshot()) {
      assertThat(words(seen, "When is the calibration of the pump?").getFirst())
          .isEqualTo(new PassageId(manual.id(), 1));
      assertThat(words(seen, "inspection intervals"))
          .containsExactlyInAnyOrder(new PassageId(manual.id(), 1), new PassageId(manual.id(), 2));
    }
  }

  @Test
  void chinese_is_found_by_pairs_by_single_characters_and_across_scripts() throws Exception {
    DocumentMeta rules = document("rules.txt");
    index.replace(
        rules,
        passages(
            rules,
            "上海交通大学的学生宿舍",
            "第十七条 員工年假為十天",
            "水泵型号 AB-1203/4，电话 010-8888-1234",
            "请发邮件至 zhang.wei@example.com，版本 v2.3.1"));

    try (Snapshot seen = index.snapshot()) {
      assertThat(words(seen, "交通大学")).containsExactly(new PassageId(rules.id(), 0));
      assertThat(words(seen, "第17条").getFirst()).isEqualTo(new PassageId(rules.id(), 1));
      assertThat(words(seen, "员工年假")).containsExactly(new PassageId(rules.id(), 1));
      assertThat(words(seen, "泵")).containsExactly(new PassageId(rules.id(), 2));
      assertThat(words(seen, "ab1203/4").getFirst()).isEqualTo(new PassageId(rules.id(), 2));
      assertThat(words(seen, "ＡＢ－1203／4").getFirst()).isEqualTo(new PassageId(rules.id(), 2));
      assertThat(words(seen, "zhang.wei@example.com").getFirst())
          .isEqualTo(new PassageId(rules.id(), 3));
      assertThat(words(seen, "v2.3.1")).containsExactly(new PassageId(rules.id(), 3));
    }
  }

  @Test
  void headings_and_file_names_are_words_too() throws Exception {
    DocumentMeta budget = document("finance/budget-2026.txt");
    index.replace(
        budget,
        List.of(passage(budget, 0, "figures", Location.whole(List.of("Travel costs")), ONE)));

    try (Snapshot seen = index.snapshot()) {
      assertThat(words(seen, "travel")).hasSize(1);
      assertThat(words(seen, "budget")).hasSize(1);
      assertThat(words(seen, "finance")).hasSize(1);
    }
  }

  @Test
  void a_question_is_never_query_syntax() throws Exception {
    DocumentMeta note = document("note.txt");
    index.replace(note, passages(note, "plain words"));

    try (Snapshot seen = index.snapshot()) {
      for (String question :
          List.of(
              "",
              " ",
              "*",
              "body:*",
              "NOT plain",
              "\"",
              "(((",
              "a".repeat(5_000),
              "[* TO *]",
              "\\",
              "plain~ AND -words",
              "?")) {
        boolean names = question.contains("plain");
        assertThat(words(seen, question)).as(question).hasSize(names ? 1 : 0);
      }
    }
  }

  @Test
  void a_question_of_thousands_of_words_is_answered() throws Exception {
    DocumentMeta note = document("note.txt");
    index.replace(note, passages(note, "needle"));
    String haystack = String.join(" ", IntStream.range(0, 5_000).mapToObj(i -> "w" + i).toList());

    try (Snapshot seen = index.snapshot()) {
      assertThat(words(seen, haystack + " needle")).containsExactly(new PassageId(note.id(), 0));
    }
  }

  @Test
  void filters_mean_what_they_accept() throws Exception {
    List<DocumentMeta> documents = FilterSamples.documents();
    for (DocumentMeta document : documents) {
      index.replace(document, passages(document, "common " + document.path(), "common again"));
    }

    try (Snapshot seen = index.snapshot()) {
      for (Filter filter : FilterSamples.filters(documents)) {
        Set<DocumentId> expected = new HashSet<>();
        documents.stream().filter(filter::accepts).forEach(d -> expected.add(d.id()));
        assertThat(documentsOf(filtered(seen, "common", filter)))
            .as("%s", filter)
            .isEqualTo(expected);
        List<Hit> near =
            vectorHits(seen, new SearchRequest("x", Map.of(ONE, vector(ONE, "x")), filter, 100));
        assertThat(documentsOf(near.stream().map(Hit::passage).toList()))
            .as("%s", filter)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void the_number_of_a_documents_passages_is_known() throws Exception {
    DocumentMeta note = document("note.txt");
    DocumentMeta scan = document("scan.pdf");
    DocumentMeta gone = document("gone.txt");
    index.replace(note, passages(note, "one", "two", "three"));
    index.replace(note, passages(note, "one", "two"));
    index.replace(scan, List.of());
    index.replace(gone, passages(gone, "one"));
    index.commit(1);
    index.remove(gone.id());

    try (Snapshot seen = index.snapshot()) {
      assertThat(seen.passageCount(note.id())).isEqualTo(2);
      assertThat(seen.passageCount(scan.id())).isZero();
      assertThat(seen.passageCount(gone.id())).isZero();
      assertThat(seen.passageCount(DocumentId.random())).isZero();
    }
  }

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

  @Test
  void a_limit_is_kept_by_every_list() throws Exception {
    DocumentMeta many = document("many.txt");
    String[] texts = IntStream.range(0, 30).mapToObj(i -> "word " + i).toArray(String[]::new);
    index.replace(many, passages(many, texts));

    try (Snapshot seen = index.snapshot()) {
      Candidates found = seen.candidates(request("word", 7));
      assertThat(found.words()).hasSize(7);
      assertThat(found.vectors().get(ONE)).hasSize(7);
    }
  }

  @Test
  void passages_load_in_the_order_asked_for() throws Exception {
    DocumentMeta one = document("one.txt");
    DocumentMeta two = document("two.txt");
    index.replace(one, passages(one, "one 0", "one 1", "one 2"));
    index.replace(two, passages(two, "two 0"));

    try (Snapshot seen = index.snapshot()) {
      List<Passage> loaded =
          seen.load(
              List.of(
                  new PassageId(one.id(), 2),
                  new PassageId(DocumentId.random(), 0),
                  new PassageId(two.id(), 0),
                  new PassageId(one.id(), 9),
                  new PassageId(one.id(), 0)));
      assertThat(loaded).extracting(Passage::text).containsExactly("one 2", "two 0", "one 0");
    }
  }

  @Test
  void an_interrupted_caller_stops_and_the_index_goes_on() throws Exception {
    DocumentMeta note = document("note.txt");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> index.replace(note, passages(note, "text")))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();

    index.replace(note, passages(note, "after"));
    index.commit(3);
    try (Snapshot seen = index.snapshot()) {
      assertThat(words(seen, "after")).hasSize(1);
      Thread.currentThread().interrupt();
      assertThatThrownBy(index::snapshot).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void readers_never_see_a_mixture_while_documents_are_replaced() throws Exception {
    DocumentMeta note = document("note.txt");
    index.replace(note, version(note, 0));
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        readers.add(tasks.submit(() -> readUntil(done, note.id())));
      }
      try {
        for (int i = 1; i <= 100; i++) {
          index.replace(note, version(note, i));
          if (i % 25 == 0) {
            index.commit(i);
          }
        }
      } finally {
        done.set(true);
      }
      for (Future<?> reader : readers) {
        reader.get();
      }
    }
  }

  private static List<EmbeddedPassage> version(DocumentMeta note, int version) {
    String[] texts =
        IntStream.rangeClosed(0, version % 5)
            .mapToObj(i -> "version" + version)
            .toArray(String[]::new);
    return passages(note, texts);
  }

  private Void readUntil(AtomicBoolean done, DocumentId note) throws InterruptedException {
    do {
      try (Snapshot seen = index.snapshot()) {
        List<Passage> passages = seen.passages(note, 0, 10);
        String text = passages.getFirst().text();
        int version = Integer.parseInt(text.substring("version".length()));
        assertThat(passages).hasSize(version % 5 + 1).allMatch(p -> p.text().equals(text));
        assertThat(words(seen, text)).hasSize(passages.size());
      }
    } while (!done.get());
    return null;
  }

  @Test
  void a_closed_index_says_so_and_may_be_closed_again() throws Exception {
    Snapshot kept = index.snapshot();
    index.close();
    index.close();
    kept.close();
    kept.close();

    assertThatThrownBy(index::snapshot).isInstanceOf(IndexClosed.class);
    assertThatThrownBy(() -> index.commit(1)).isInstanceOf(IndexClosed.class);
    assertThatThrownBy(() -> kept.passages(DocumentId.random(), 0, 1))
        .isInstanceOf(IndexClosed.class);
  }

  @Test
  void a_snapshot_outlives_its_index() throws Exception {
    DocumentMeta note = document("note.txt");
    index.replace(note, passages(note, "still here"));
    try (Snapshot seen = index.snapshot()) {
      index.close();
      assertThat(words(seen, "still")).hasSize(1);
      assertThat(seen.documents()).containsExactly(note);
    }
  }

  private static SearchRequest request(String question, int limit) {
    return new SearchRequest(question, Map.of(ONE, vector(ONE, question)), new Filter.All(), limit);
  }

  private static List<PassageId> words(Snapshot seen, String question) throws InterruptedException {
    return filtered(seen, question, new Filter.All());
  }

  private static List<PassageId> filtered(Snapshot seen, String question, Filter filter)
      throws InterruptedException {
    SearchRequest request = new SearchRequest(question, Map.of(), filter, 100);
    return seen.candidates(request).words().stream().map(Hit::passage).toList();
  }

  private static List<PassageId> nearest(Snapshot seen, String question)
      throws InterruptedException {
    return vectorHits(seen, request(question, 10)).stream().map(Hit::passage).toList();
  }

  private static List<Hit> vectorHits(Snapshot seen, SearchRequest request)
      throws InterruptedException {
    List<Hit> hits = seen.candidates(request).vectors().get(ONE);
    return Objects.requireNonNull(hits, "a list for each embedder of the request");
  }

  private static Set<DocumentId> documentsOf(List<PassageId> passages) {
    Set<DocumentId> documents = new HashSet<>();
    passages.forEach(passage -> documents.add(passage.document()));
    return documents;
  }
}
