package dev.zhiku.answering.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.Library;
import dev.zhiku.index.Filter;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewordingTest {
  private final Library library = new Library();
  private final Retriever retriever =
      new Retriever(library.index, library.embedders, SearchConfig.DEFAULT, new Semaphore(2));

  @BeforeEach
  void a_few_documents() {
    library.add(
        "pumps.txt", "The centrifuge of the Ibarra tunnel is inspected by the night shift.");
    library.add("wine.txt", "The reservoir supplies the upper town, and a spillway the lower one.");
  }

  @ParameterizedTest
  @CsvSource({
    "Who inspects the centrifge?, centrifuge",
    "Who inspects the centirfuge?, centrifuge",
    "Who inspects the Ibara tunnel shift?, ibarra",
    "Who inspects the tunel at night?, tunnel",
    "What does the resevoir supply?, reservoir"
  })
  void a_mistyped_word_is_read_as_the_one_that_was_found(String question, String right)
      throws Exception {
    assertThat(asked(question)).contains(right);
  }

  @ParameterizedTest
  @CsvSource({
    "Who inspects the centre?",
    "Who inspects the tundra tunnel?",
    "Who inspects the Ibarra tunnel?",
    "Who flies with Corvina Air?"
  })
  void words_that_are_right_or_far_from_all_others_stay(String question) throws Exception {
    assertThat(asked(question)).isEqualTo(question);
  }

  @Test
  void what_was_asked_is_still_told() throws Exception {
    Retrieval found = retriever.retrieve("tunel", Scope.LOCAL, new Filter.All(), 6);

    assertThat(found.asked()).isEqualTo("tunnel");
    assertThat(found.weights()).containsKey("tunnel");
  }

  private String asked(String question) throws InterruptedException {
    return retriever.retrieve(question, Scope.LOCAL, new Filter.All(), 6).asked();
  }
}
