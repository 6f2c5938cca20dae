package dev.zhiku.answering.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.search.Selection.Choice;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.PassageId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final int ROUNDS = 2_000;

  private final List<DocumentMeta> documents =
      IntStream.range(0, 12).mapToObj(SelectionTest::document).toList();

  @Test
  void what_is_settled_by_the_beginning_of_a_ranking_the_rest_does_not_change() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    int settled = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<ScoredPassage> ranked = ranking(random, random.nextInt(60));
      int limit = 1 + random.nextInt(12);
      int beginning = random.nextInt(ranked.size() + 1);
      Choice first = Selection.choose(ranked.subList(0, beginning), limit);
      if (first.settled()) {
        settled++;
        assertThat(first.passages()).isEqualTo(Selection.choose(ranked, limit).passages());
      }
    }
    assertThat(settled).isGreaterThan(ROUNDS / 10);
  }

  @Test
  void ten_documents_that_compete_settle_it() {
    List<ScoredPassage> ranked =
        IntStream.range(0, 10).mapToObj(i -> passage(documents.get(i), i, 1 - i / 100.0)).toList();

    assertThat(Selection.choose(ranked, 10).settled()).isTrue();
    assertThat(Selection.choose(ranked, 11).settled()).isFalse();
  }

  @Test
  void one_document_alone_is_not_settled_while_another_may_compete() {
    DocumentMeta one = documents.getFirst();
    List<ScoredPassage> ranked =
        List.of(passage(one, 0, 1), passage(one, 1, .9), passage(one, 2, .8), passage(one, 3, .5));

    assertThat(Selection.choose(ranked, 4).settled()).isFalse();
  }

  @Test
  void one_document_alone_is_settled_once_nothing_that_follows_can_compete() {
    DocumentMeta one = documents.getFirst();
    List<ScoredPassage> ranked =
        List.of(passage(one, 0, 1), passage(one, 1, .9), passage(one, 2, .8), passage(one, 3, .3));

    Choice choice = Selection.choose(ranked, 4);

    assertThat(choice.settled()).isTrue();
    assertThat(choice.passages()).isEqualTo(ranked);
  }

  @Test
  void copies_do_not_settle_it() {
    List<ScoredPassage> ranked = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      ranked.add(copy(documents.get(i), 1 - i / 100.0));
    }

    Choice choice = Selection.choose(ranked, 2);

    assertThat(choice.passages()).containsExactly(ranked.getFirst());
    assertThat(choice.settled()).isFalse();
  }

  private List<ScoredPassage> ranking(Random random, int length) {
    double fall = random.nextDouble();
    int spread = 1 + random.nextInt(documents.size());
    return IntStream.range(0, length)
        .mapToObj(
            i -> {
              DocumentMeta document = documents.get(random.nextInt(spread));
              double score = Math.round(10 * Math.pow(random.nextDouble(), fall * 4)) / 10.0;
              return random.nextInt(8) == 0 ? copy(document, score) : passage(document, i, score);
            })
        .sorted(Comparator.comparingDouble(ScoredPassage::score).reversed())
        .toList();
  }

  private static ScoredPassage passage(DocumentMeta document, int number, double score) {
    return scored(
        document, number, (char) ('a' + number % 26) + "x" + number * number * 7919, score);
  }

  private static ScoredPassage copy(DocumentMeta document, double score) {
    return scored(document, 99, "Send the pump oil money to account 12345 at once.", score);
  }

  private static ScoredPassage scored(
      DocumentMeta document, int ordinal, String text, double score) {
    Passage passage =
        new Passage(
            new PassageId(document.id(), ordinal), text, Location.whole(List.of()), List.of());
    return new ScoredPassage(passage, document, score, 0, 0);
  }

  private static DocumentMeta document(int i) {
    return new DocumentMeta(
        DocumentId.random(),
        "knowledge",
        "file " + i + ".txt",
        "text/plain",
        1,
        Instant.EPOCH,
        "0".repeat(64),
        "",
        Set.of());
  }
}
