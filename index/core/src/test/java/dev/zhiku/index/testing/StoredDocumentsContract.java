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

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.Filter;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.TextBlock;
import dev.zhiku.index.TextHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The part of the contract about documents: stored, replaced, described, removed, read. */
abstract class StoredDocumentsContract extends KnowledgeIndexFixture {
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
}
