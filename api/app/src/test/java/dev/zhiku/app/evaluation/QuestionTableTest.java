package dev.zhiku.app.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuestionTableTest {
  @TempDir private Path folder;

  private Path table(String text) throws IOException {
    return Files.writeString(folder.resolve("questions.tsv"), text);
  }

  @Test
  void columns_may_stand_in_any_order_and_others_are_not_looked_at() throws IOException {
    Path file =
        table(
            """
            answer\tpage\tid\tfile\tquestion\tkind
            15 天|十五天\t5\tzh-01\thr/员工手册.pdf|hr/附录.md\t年假有几天？\tfact

            \t\tzh-none\t\t长江有多长？\tunanswerable
            """);

    assertThat(QuestionTable.read(file))
        .containsExactly(
            new LabelledQuestion(
                "zh-01",
                "年假有几天？",
                "fact",
                Set.of("hr/员工手册.pdf", "hr/附录.md"),
                List.of("15 天", "十五天")),
            new LabelledQuestion("zh-none", "长江有多长？", "unanswerable", Set.of(), List.of()));
  }

  @Test
  void a_question_alone_is_enough() throws IOException {
    assertThat(QuestionTable.read(table("question\nWho repairs pumps?\n")))
        .containsExactly(
            new LabelledQuestion("line 2", "Who repairs pumps?", "all", Set.of(), List.of()));
  }

  @Test
  void what_cannot_be_understood_is_named_by_its_line() throws IOException {
    Path without = table("frage\tfile\nWer?\ta.md\n");
    assertThatThrownBy(() -> QuestionTable.read(without)).hasMessageContaining("line 1: no column");
    Path empty = table("question\tfile\nWho?\ta.md\n\tb.md\n");
    assertThatThrownBy(() -> QuestionTable.read(empty)).hasMessageContaining("line 3: no question");
    Path twice = table("id\tquestion\n1\tWho?\n1\tWhat?\n");
    assertThatThrownBy(() -> QuestionTable.read(twice))
        .hasMessageContaining("line 3: the id 1 stands there twice");
  }
}
