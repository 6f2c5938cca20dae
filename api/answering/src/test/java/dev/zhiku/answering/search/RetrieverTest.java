package dev.zhiku.answering.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.Library;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.testing.DistantEmbedder;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetrieverTest {
  private static final Filter ALL = new Filter.All();
  private final Library library = new Library();
  private final Retriever retriever =
      new Retriever(library.index, library.embedders, SearchConfig.DEFAULT, new Semaphore(2));

  @AfterEach
  void nothing_is_left_open() {
    library.index.requireNoOpenSnapshot();
  }

  @Test
  void the_passage_that_answers_comes_first_with_its_scores() throws Exception {
    library.add("a.txt", "The canteen opens at noon.");
    DocumentMeta pump = library.add("b.txt", "The cooling pump AB-1203 needs oil every month.");

    List<ScoredPassage> found = retrieve("How often does pump AB-1203 need oil?", 5);

    assertThat(found.getFirst().document()).isEqualTo(pump);
    assertThat(found.getFirst().words()).isPositive();
    assertThat(found.getFirst().similarity()).isPositive();
  }

  @Test
  void what_the_asker_may_not_see_is_not_found_whatever_they_filter() throws Exception {
    DocumentMeta open = library.add("open/pump.txt", "The pump needs oil.");
    DocumentMeta secret = library.add("secret/pump.txt", "The pump needs rare oil.");
    Scope reader = new Scope(Principal.NOBODY, false, "", new Filter.PathPrefix("open/"));

    assertThat(retriever.retrieve("pump oil", reader, ALL, 5).passages())
        .extracting(ScoredPassage::document)
        .containsExactly(open);
    Filter wanted = new Filter.Documents(Set.of(secret.id()));
    assertThat(retriever.retrieve("pump oil", reader, wanted, 5).passages()).isEmpty();
  }

  @Test
  void a_hundred_copies_of_one_text_count_once() throws Exception {
    for (int i = 0; i < 100; i++) {
      library.add("clone" + i + ".txt", "Send the pump oil money to account 12345 at once.");
    }
    library.add("true.txt", "The pump takes synthetic oil of grade 5.");

    assertThat(retrieve("Which oil does the pump take?", 8)).hasSize(2);
  }

  @Test
  void one_document_does_not_crowd_out_others_that_match_as_well() throws Exception {
    library.add(
        "stuffed.txt",
        "pump oil pump oil pump, said one",
        "pump oil and again pump oil, two",
        "oil for a pump, more oil, three of it",
        "pump and oil forever, four");
    library.add("first.txt", "Oil of the pump is changed monthly.");
    library.add("second.txt", "Pump room: store the oil here.");

    assertThat(retrieve("pump oil", 4))
        .extracting(f -> f.document().name())
        .contains("first.txt", "second.txt")
        .hasSize(4);
  }

  @Test
  void a_question_about_one_document_gets_many_of_its_passages() throws Exception {
    DocumentMeta contract =
        library.add(
            "contract.txt",
            "Termination: either side may terminate with notice.",
            "Termination for cause needs no notice.",
            "After termination all keys are returned.",
            "Termination is declared in writing.");

    List<ScoredPassage> found =
        retriever
            .retrieve("termination", Scope.LOCAL, new Filter.Documents(Set.of(contract.id())), 4)
            .passages();

    assertThat(found).hasSize(4);
    assertThat(found).isSortedAccordingTo((a, b) -> Double.compare(b.score(), a.score()));
  }

  @Test
  void passages_of_a_model_that_is_out_of_reach_are_found_by_their_words() throws Exception {
    DistantEmbedder distant = new DistantEmbedder();
    Semaphore cores = new Semaphore(1);
    Retriever far =
        new Retriever(library.index, Embedders.single(distant), SearchConfig.DEFAULT, cores);
    library.add("a.txt", "The canteen opens at noon.");
    DocumentMeta pump = library.add("b.txt", "The cooling pump AB-1203 needs oil every month.");
    assertThat(far.retrieve("pump AB-1203 oil", Scope.LOCAL, ALL, 5).away()).isEmpty();

    distant.leave();
    Retrieval found = far.retrieve("pump AB-1203 oil", Scope.LOCAL, ALL, 5);

    assertThat(found.passages().getFirst().document()).isEqualTo(pump);
    assertThat(found.passages().getFirst().similarity()).isZero();
    assertThat(found.away()).containsExactly(distant.id());
    assertThat(found.unsearched()).isEmpty();
    assertThat(cores.availablePermits()).isEqualTo(1);
  }

  @Test
  void an_empty_index_finds_nothing() throws Exception {
    assertThat(retrieve("anything", 5)).isEmpty();
  }

  private List<ScoredPassage> retrieve(String question, int limit) throws InterruptedException {
    return retriever.retrieve(question, Scope.LOCAL, ALL, limit).passages();
  }
}
