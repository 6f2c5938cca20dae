package dev.zhiku.answering.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.Library;
import dev.zhiku.index.Filter;
import dev.zhiku.index.Passage.Location;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskedPageTest {
  private final Library library = new Library();
  private final Retriever retriever =
      new Retriever(library.index, library.embedders, SearchConfig.DEFAULT, new Semaphore(2));

  @ParameterizedTest
  @CsvSource({
    "What does page 14 of the survey say?, 14",
    "the first page of the survey, 1",
    "What is on slide 3 of the survey?, 3",
    "勘察报告第十四页写了什么, 14",
    "勘察报告第 2 页, 2",
    "勘察报告首页写了什么, 1"
  })
  void pages_are_named_in_many_ways(String question, int page) {
    assertThat(AskedPage.of(question).orElseThrow().number()).hasValue(page);
  }

  @Test
  void the_last_page_has_no_number_and_other_questions_name_no_page() {
    assertThat(AskedPage.of("What is on the last page of the survey?").orElseThrow().number())
        .isEqualTo(OptionalInt.empty());
    assertThat(AskedPage.of("勘察报告最后一页").orElseThrow().number()).isEmpty();
    assertThat(AskedPage.of("How do I set the home page?")).isEmpty();
    assertThat(AskedPage.of("第十四条规定了什么")).isEmpty();
  }

  @Test
  void the_page_of_the_document_that_is_named_is_found_with_its_sentences() throws Exception {
    library.add(
        "pond-survey.pdf",
        "application/pdf",
        List.of(Location.page(1, List.of()), Location.page(2, List.of())),
        "The pond survey was made in May.",
        "Herons breed on the island.");
    library.add("heron.txt", "Herons are tall birds.");

    assertThat(texts("What is on page 2 of the pond survey?"))
        .containsExactly("Herons breed on the island.");
    assertThat(texts("What is on the last page of the pond survey?"))
        .containsExactly("Herons breed on the island.");
    assertThat(texts("What is on page 9 of the pond survey?")).hasSizeGreaterThan(1);
  }

  private List<String> texts(String question) throws InterruptedException {
    return retriever.retrieve(question, Scope.LOCAL, new Filter.All(), 6).passages().stream()
        .map(found -> found.passage().text())
        .toList();
  }
}
