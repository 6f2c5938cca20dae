package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.app.testing.ServiceProcess.Ended;
import dev.zhiku.app.testing.TypedCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a service that takes files in and answers, and what comes back of them elsewhere. */
@Tag("long")
class BackupIT {
  private static final Duration REST = ServiceProcess.PATIENCE;
  private static final int FILES = 20;

  /** Backups and restores; the full number is for {@code -Dzhiku.backups=50}. */
  private static final int ROUNDS = Integer.getInteger("zhiku.backups", 2);

  @TempDir private Path home;

  private static void note(Path knowledge, String name, int number) throws IOException {
    Files.writeString(
        knowledge.resolve(name),
        "# Machine "
            + number
            + "\n\nMachine "
            + number
            + " is serviced by Norma Quist on day "
            + (number * 7 + 3)
            + ".\n");
  }

  private static String question(int number) {
    return "Who services machine " + number + "?";
  }

  /** The first passage found for each of the standing questions. */
  private static Map<String, String> answers(ServiceProcess service) {
    Map<String, String> answers = new TreeMap<>();
    for (int i = 0; i < FILES; i += 5) {
      JsonNode answer = service.ask(question(i), "passages");
      answers.put(
          question(i), answer.at("/passages/0/path").asText() + answer.at("/passages/0/text"));
    }
    return answers;
  }

  private static Map<String, String> ids(ServiceProcess service) {
    Map<String, String> ids = new TreeMap<>();
    service
        .get("/documents?limit=500&source=knowledge")
        .body()
        .at("/items")
        .forEach(item -> ids.put(item.at("/path").asText(), item.at("/id").asText()));
    return ids;
  }

  @Test
  void backups_made_under_load_come_back_elsewhere_with_the_same_answers_and_ids()
      throws Exception {
    Path knowledge = Files.createDirectories(home.resolve("knowledge"));
    for (int i = 0; i < FILES; i++) {
      note(knowledge, "machine" + i + ".md", i);
    }
    Map<String, String> answers;
    Map<String, String> ids;
    List<Path> backups = new ArrayList<>();
    try (ServiceProcess service = ServiceProcess.start(home)) {
      service.awaitRest(REST);
      answers = answers(service);
      ids = ids(service);
      assertThat(ids).hasSize(FILES);
      AtomicBoolean going = new AtomicBoolean(true);
      AtomicInteger asked = new AtomicInteger();
      Thread dropping = Thread.ofVirtual().start(() -> drop(knowledge, going));
      Thread asking =
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (going.get()) {
                      service.ask(question(asked.incrementAndGet() % FILES), "passages");
                    }
                  });
      for (int round = 0; round < ROUNDS; round++) {
        Path backup = home.resolve("backup" + round);
        Ended made = TypedCommand.run(home, "backup", backup.toString());
        assertThat(made.exitCode()).as(made.output()).isZero();
        backups.add(backup);
      }
      going.set(false);
      dropping.join();
      asking.join();
      assertThat(asked).hasPositiveValue();
      assertThat(service.isAlive()).isTrue();
      service
          .log()
          .lines()
          .filter(line -> line.contains("backup was made"))
          .forEach(System.out::println);
      System.out.println(asked + " questions, " + ids(service).size() + " files in the end");
    }
    for (int round = 0; round < ROUNDS; round++) {
      compare(backups.get(round), round, knowledge, answers, ids);
    }
  }

  private static void drop(Path knowledge, AtomicBoolean going) {
    try {
      for (int i = FILES; going.get(); i++) {
        note(knowledge, "later" + i + ".md", 1_000 + i);
        ServiceProcess.pause(100);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void compare(
      Path backup, int round, Path knowledge, Map<String, String> answers, Map<String, String> ids)
      throws IOException {
    Path elsewhere = Files.createDirectories(home.resolve("elsewhere" + round));
    Files.writeString(elsewhere.resolve("zhiku.yml"), "zhiku: {folder: " + knowledge + "}");
    Ended restored =
        TypedCommand.run(
            elsewhere,
            "restore",
            backup.toString(),
            "--data",
            elsewhere.resolve("data").toString());
    assertThat(restored.exitCode()).as(restored.output()).isZero();
    try (ServiceProcess service =
        ServiceProcess.start(elsewhere, "--folder", knowledge.toString())) {
      assertThat(service.log()).doesNotContain("damaged");
      assertThat(answers(service)).isEqualTo(answers);
      assertThat(ids(service)).containsAllEntriesOf(ids);
      JsonNode status = service.awaitRest(REST);
      assertThat(status.at("/files/failed").asInt()).isZero();
      assertThat(ids(service)).containsAllEntriesOf(ids);
    }
  }
}
