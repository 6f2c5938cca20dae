package dev.zhiku.answering.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.Library;
import dev.zhiku.answering.grounding.Evidence;
import dev.zhiku.index.Filter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AskedPhrasesTest {
  private final Library library = new Library();
  private final Retriever retriever =
      new Retriever(library.index, library.embedders, SearchConfig.DEFAULT, new Semaphore(2));

  @ParameterizedTest
  @ValueSource(strings = {"\"%s\"", "“%s”", "「%s」", "『%s』", "«%s»"})
  void every_kind_of_quotation_marks_counts(String marks) {
    assertThat(AskedPhrases.of("谁提出了" + marks.formatted("阶梯电价") + "？").phrases())
        .containsExactly("阶梯电价");
  }

  @Test
  void only_passages_that_hold_the_phrase_are_found() throws Exception {
    library.add("a.txt", "The valve is opened slowly. The pump starts.");
    library.add("b.txt", "Open the valve  slowly and wait for the pump.");

    assertThat(retrieve("pump \"valve slowly\"").passages())
        .singleElement()
        .satisfies(found -> assertThat(found.document().name()).isEqualTo("b.txt"));
    assertThat(retrieve("pump valve slowly").passages()).hasSize(2);
  }

  @Test
  void a_phrase_that_stands_nowhere_is_named_and_nothing_answers() throws Exception {
    library.add("a.txt", "The valve is opened slowly. The pump starts.");

    Retrieval found = retrieve("When is the valve \"opened at once\"?");

    assertThat(found.absent()).containsExactly("opened at once");
    assertThat(Evidence.judge("valve", found, false, sentences -> Map.of()).supported()).isFalse();
    assertThat(found.passages()).as("the nearest are shown").isNotEmpty();
  }

  @Test
  void phrases_of_two_passages_are_not_missing() throws Exception {
    library.add("a.txt", "The red valve is opened slowly.");
    library.add("b.txt", "The blue valve is shut at once.");

    Retrieval found = retrieve("\"red valve\" or \"blue valve\"");

    assertThat(found.absent()).isEqualTo(List.of());
    assertThat(found.passages()).hasSize(2);
  }

  private Retrieval retrieve(String question) throws InterruptedException {
    return retriever.retrieve(question, Scope.LOCAL, new Filter.All(), 6);
  }
}
