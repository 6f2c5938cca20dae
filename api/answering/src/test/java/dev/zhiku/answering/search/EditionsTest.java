package dev.zhiku.answering.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.Library;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class EditionsTest {
  private final Library library = new Library();
  private final Retriever retriever =
      new Retriever(library.index, library.embedders, SearchConfig.DEFAULT, new Semaphore(2));

  @Test
  void the_newest_and_the_year_that_is_named_are_chosen_among_editions() throws Exception {
    library.add("fees-2023.txt", "The harbour fee is 20 euros for each night.");
    library.add("fees-2025.txt", "The harbour fee is 24 euros for each night.");
    library.add("history.txt", "The harbour fee was disputed for years.");

    assertThat(names("What is the newest harbour fee?")).doesNotContain("fees-2023.txt");
    assertThat(names("What is the current harbour fee?")).doesNotContain("fees-2023.txt");
    assertThat(names("What was the harbour fee in 2023?")).doesNotContain("fees-2025.txt");
    assertThat(names("What is the harbour fee?")).contains("fees-2023.txt", "fees-2025.txt");
    assertThat(names("What was the harbour fee in 1999?"))
        .contains("fees-2023.txt", "fees-2025.txt");
  }

  @Test
  void what_is_out_of_force_is_older_than_what_is_not() throws Exception {
    library.add("值班办法（作废）.txt", "夜班补贴为四十元。");
    library.add("值班办法.txt", "夜班补贴为五十元。");
    library.add("值班办法V3.txt", "夜班补贴为六十元。");

    assertThat(names("现行的夜班补贴是多少？")).containsExactly("值班办法V3.txt");
  }

  @Test
  void documents_with_other_names_are_no_editions() throws Exception {
    library.add("north-2023.txt", "The ferry fare is 3 euros.");
    library.add("south-2025.txt", "The ferry fare is 4 euros.");

    assertThat(names("latest ferry fare")).hasSize(2);
  }

  @Test
  void documents_that_are_counted_are_no_editions_though_some_numbers_look_like_years()
      throws Exception {
    library.add("machine1844.txt", "The machine kqv71 is serviced in May.");
    library.add("machine2003.txt", "The machine pwz03 is serviced in May.");
    library.add("room-1903.txt", "The key of the store hangs on the hook tbm.");
    library.add("room-1904.txt", "The key of the store hangs on the hook dfl.");
    library.add("部门周报20240312.txt", "本周维护的设备编号为甲五。");
    library.add("部门周报20250312.txt", "本周维护的设备编号为乙六。");

    assertThat(names("kqv71").getFirst()).isEqualTo("machine1844.txt");
    assertThat(names("Which key hangs on the hook tbm?").getFirst()).isEqualTo("room-1903.txt");
    assertThat(names("最新的设备编号")).contains("部门周报20240312.txt", "部门周报20250312.txt");
  }

  @Test
  void the_newer_of_two_editions_that_differ_comes_first_and_both_are_told() throws Exception {
    library.add("fees-2025.txt", "The harbour fee is 24 euros for each night in the season.");
    library.add("fees-2023.txt", "The harbour fee is 20 euros for each night.");

    List<ScoredPassage> found = found("What is the harbour fee for each night?");

    assertThat(found)
        .extracting(one -> one.document().name())
        .containsExactly("fees-2025.txt", "fees-2023.txt");
    assertThat(found.get(0).score()).isGreaterThanOrEqualTo(found.get(1).score());
    assertThat(Editions.conflicting(found, found.subList(1, 2)))
        .extracting(DocumentMeta::name)
        .containsExactly("fees-2025.txt", "fees-2023.txt");
  }

  @Test
  void editions_that_say_the_same_or_speak_of_other_things_do_not_conflict() throws Exception {
    library.add("pets-2023.txt", "Dogs are kept on a lead in the harbour.");
    library.add("pets-2025.txt", "Dogs are kept on a lead in the harbour.");
    library.add("rules-2023.txt", "The harbour master keeps the key of the gate.");
    library.add("rules-2025.txt", "Fires in the harbour are forbidden at all times.");
    List<ScoredPassage> found = found("dogs harbour key gate fires");

    assertThat(Editions.conflicting(found, found)).isEmpty();
  }

  private List<ScoredPassage> found(String question) throws InterruptedException {
    return retriever.retrieve(question, Scope.LOCAL, new Filter.All(), 6).passages();
  }

  private List<String> names(String question) throws InterruptedException {
    return retriever.retrieve(question, Scope.LOCAL, new Filter.All(), 6).passages().stream()
        .map(found -> found.document().name())
        .toList();
  }
}
