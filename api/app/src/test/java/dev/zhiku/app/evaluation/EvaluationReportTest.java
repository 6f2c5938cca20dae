package dev.zhiku.app.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationReportTest {
  private static final Outcome RIGHT =
      new Outcome("a", "fact", Set.of("a.md"), List.of("a.md"), true, Optional.of(true));
  private static final Outcome WRONG =
      new Outcome("b", "fact", Set.of("b.md"), List.of("a.md", "b.md"), true, Optional.of(false));
  private static final Outcome REFUSED =
      new Outcome("c", "name", Set.of("c.md"), List.of(), false, Optional.of(false));
  private static final Outcome ABSENT =
      new Outcome("n", "none", Set.of(), List.of("a.md"), false, Optional.empty());

  @TempDir private Path folder;

  @Test
  void figures_are_told_for_each_kind_and_for_all() {
    assertThat(EvaluationReport.table(List.of(RIGHT, WRONG, REFUSED, ABSENT)))
        .containsExactly(
            "kind             questions  MRR@10    R@1    R@5   R@10  nDCG@10  answer hit  refused",
            "fact                     2   0.750  0.500  1.000  1.000    0.815      50.0 %    0.0 %",
            "name                     1   0.000  0.000  0.000  0.000    0.000       0.0 %  100.0 %",
            "none                     1       -      -      -      -        -           -  100.0 %",
            "all answerable           3   0.500  0.333  0.667  0.667    0.544      33.3 %   33.3 %",
            "all unanswerable         1       -      -      -      -        -           -  100.0 %");
  }

  @Test
  void what_changed_is_listed_question_by_question_the_worse_first() {
    Outcome found =
        new Outcome("c", "name", Set.of("c.md"), List.of("c.md"), false, Optional.of(false));
    Outcome lost =
        new Outcome("a", "fact", Set.of("a.md"), List.of("a.md"), false, Optional.of(false));
    Outcome invented = new Outcome("n", "none", Set.of(), List.of("a.md"), true, Optional.empty());
    Outcome added = new Outcome("d", "name", Set.of("d.md"), List.of(), true, Optional.empty());

    assertThat(
            EvaluationReport.changes(
                List.of(RIGHT, WRONG, REFUSED, ABSENT),
                List.of(lost, WRONG, found, invented, added)))
        .containsExactly(
            "4 questions of both runs: 1 better, 2 worse",
            "worse   a: answered rightly, right document at place 1"
                + " -> refused, right document at place 1",
            "worse   n: refused, as it should be -> answered though nothing answers it",
            "better  c: refused, right document not found -> refused, right document at place 1");
  }

  @Test
  void outcomes_are_read_as_they_were_written() throws IOException {
    List<Outcome> outcomes = List.of(RIGHT, WRONG, REFUSED, ABSENT);
    Path file = folder.resolve("run.jsonl");

    OutcomeFile.write(file, outcomes);

    assertThat(OutcomeFile.read(file)).isEqualTo(outcomes);
  }

  @Test
  void a_file_of_another_form_is_named_with_its_line() throws IOException {
    Path file = folder.resolve("run.jsonl");
    for (String line :
        List.of("[]", "no JSON", "{\"id\": \"a\"}", "{\"id\": 1, \"kind\": \"b\"}")) {
      Files.writeString(file, line);
      assertThatThrownBy(() -> OutcomeFile.read(file))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("line 1 was not written by eval --save");
    }
  }

  @Test
  void words_count_whatever_their_case_width_and_white_space() {
    assertThat(WordsOfAnswer.standIn(List.of("15 天"), List.of("年假１５天。[1]"))).isTrue();
    assertThat(WordsOfAnswer.standIn(List.of("no", "Four Seconds"), List.of("four\nseconds")))
        .isTrue();
    assertThat(WordsOfAnswer.standIn(List.of("15 天"), List.of("5 天", "10"))).isFalse();
  }
}
