package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.app.testing.ServiceProcess.Ended;
import dev.zhiku.app.testing.TypedCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code zhiku eval} as it is typed. */
@Tag("long")
class EvalIT {
  @TempDir private Path home;

  @Test
  void a_collection_is_read_by_a_service_of_its_own_and_nothing_of_it_stays() throws IOException {
    Path collection = Files.createDirectories(home.resolve("collection"));
    Files.writeString(
        collection.resolve("docs.jsonl"),
        """
        {"id": "pump", "title": "Pump", "text": "The pump PX-9 is serviced every October by Norma Quist."}
        {"id": "leave", "title": "年假", "text": "入职满一年的员工每年享有五天年假。"}
        """);
    Files.writeString(
        collection.resolve("queries.jsonl"),
        """
        {"id": "q1", "text": "Who services the pump PX-9?", "answers": ["Norma Quist"]}
        {"id": "q2", "text": "入职满一年有几天年假？", "answers": ["五天"]}
        """);
    Files.writeString(
        collection.resolve("qrels.tsv"), "query-id\tcorpus-id\tscore\nq1\tpump\t1\nq2\tleave\t1\n");
    Files.writeString(
        collection.resolve("unanswerable.jsonl"),
        "{\"id\": \"n1\", \"text\": \"How deep is the Mariana Trench?\"}\n");

    Ended ended =
        TypedCommand.run(home, "eval", collection.toString(), "--save", home + "/run.jsonl");

    assertThat(ended.exitCode()).as(ended.output()).isZero();
    assertThat(ended.output())
        .containsPattern("all answerable +2 +1\\.000 +1\\.000 .* 100\\.0 % +0\\.0 %")
        .containsPattern("all unanswerable +1 .* 100\\.0 %");
    assertThat(home.resolve("run.jsonl")).content().hasLineCount(3);
    assertThat(home.resolve("data")).doesNotExist();
  }

  @Test
  void a_table_is_asked_of_the_running_service_and_compared_with_an_earlier_run()
      throws IOException {
    Files.writeString(
        Files.createDirectories(home.resolve("knowledge")).resolve("rules.md"),
        "# Lending\n\nBooks are lent for nineteen days.\n");
    Path table =
        Files.writeString(
            home.resolve("questions.tsv"),
            """
            id\tquestion\tfile\tanswer\tkind
            1\tFor how many days are books lent?\trules.md\tnineteen days\tfact
            2\tHow deep is the Mariana Trench?\t\t\tunanswerable
            """);
    Path before =
        Files.writeString(
            home.resolve("before.jsonl"),
            "{\"id\":\"1\",\"kind\":\"fact\",\"relevant\":[\"rules.md\"],\"ranking\":[],"
                + "\"answered\":false,\"hit\":false}\n");
    try (ServiceProcess service = ServiceProcess.start(home)) {
      service.awaitStatus(
          ServiceProcess.PATIENCE, status -> status.at("/files/indexed").asInt() == 1);

      Ended ended =
          TypedCommand.run(home, "eval", table.toString(), "--compare", before.toString());

      assertThat(ended.exitCode()).as(ended.output()).isZero();
      assertThat(ended.output())
          .containsPattern("fact +1 +1\\.000 .* 100\\.0 % +0\\.0 %")
          .contains("1 questions of both runs: 1 better, 0 worse")
          .contains(
              "better  1: refused, right document not found"
                  + " -> answered rightly, right document at place 1");
    }
  }

  @Test
  void a_file_that_cannot_be_understood_is_used_wrongly() throws IOException {
    Path table = Files.writeString(home.resolve("questions.tsv"), "frage\nWer?\n");

    Ended ended = TypedCommand.run(home, "eval", table.toString());

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output()).contains("line 1: no column question");
    assertThat(TypedCommand.run(home, "eval", home + "/nothing").output())
        .contains("It cannot be read");
  }
}
