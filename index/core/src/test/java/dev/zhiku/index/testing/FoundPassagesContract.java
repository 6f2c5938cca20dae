package dev.zhiku.index.testing;

import static dev.zhiku.index.testing.TestDocuments.ONE;
import static dev.zhiku.index.testing.TestDocuments.OTHER;
import static dev.zhiku.index.testing.TestDocuments.document;
import static dev.zhiku.index.testing.TestDocuments.passage;
import static dev.zhiku.index.testing.TestDocuments.passages;
import static dev.zhiku.index.testing.TestDocuments.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.zhiku.index.Candidates;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import dev.zhiku.index.Hit;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.SearchRequest;
import dev.zhiku.index.TextHash;
import dev.zhiku.index.embedding.Embedding;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The part of the contract about finding passages by words and vectors, behind filters. */
abstract class FoundPassagesContract extends StoredDocumentsContract {
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
}
