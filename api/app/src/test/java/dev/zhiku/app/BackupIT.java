package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.app.testing.Answered;
import dev.zhiku.app.testing.BackupLoad;
import dev.zhiku.app.testing.NoNetwork;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.app.testing.ServiceProcess.Ended;
import dev.zhiku.app.testing.TypedCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Backups of a service under load, plain and encrypted in turn, each of them verified. Some are
 * restored on another path, where the folder of the documents is not: what answers there can only
 * come from the backup.
 */
class BackupIT {
  private static final String PASSPHRASE = "words";

  @TempDir private Path home;

  /** A backup, and what the service answered and knew at that moment. */
  private record Taken(int number, Path file, boolean encrypted, Answered then) {
    /** The options by which it is read. */
    List<String> words(Path home) {
      return encrypted
          ? List.of("--passphrase-file", home.resolve(PASSPHRASE).toString())
          : List.of();
    }
  }

  @BeforeEach
  void write_the_passphrase() throws IOException {
    Files.writeString(home.resolve(PASSPHRASE), "correct horse\n");
  }

  /** What is done with a backup as soon as it is made, while the load goes on. */
  private interface Step {
    void take(Taken taken) throws IOException;
  }

  @Test
  @Tag("long")
  void three_backups_under_load_come_back_elsewhere_with_the_same_answers_and_ids()
      throws Exception {
    take(
        3,
        taken -> {
          verify(taken);
          if (taken.number() > 0) {
            compareElsewhere(taken);
          }
        });
  }

  @Test
  @Tag("soak")
  void fifty_backups_under_load_come_back_elsewhere_with_the_same_answers_and_ids()
      throws Exception {
    take(
        50,
        taken -> {
          verify(taken);
          if (taken.number() % 5 == 4) {
            compareElsewhere(taken);
          }
        });
  }

  @Test
  @Tag("long")
  void a_machine_without_a_network_restores_and_answers() throws Exception {
    assumeTrue(NoNetwork.canBeMade(), "needs Linux with unshare -Urn and ip");
    List<Taken> all = new ArrayList<>();
    take(1, all::add);
    Taken taken = all.getFirst();
    Path elsewhere = elsewhere(taken);
    try (NoNetwork alone = NoNetwork.make()) {
      Ended restored = ServiceProcess.runOn(alone, elsewhere, restoring(taken, elsewhere));
      assertThat(restored.exitCode()).as(restored.output()).isZero();
      try (ServiceProcess service = ServiceProcess.startOn(alone, elsewhere)) {
        assertThat(service.log()).doesNotContain("damaged");
        for (String question : taken.then().questions().stream().limit(2).toList()) {
          Ended asked = ServiceProcess.runOn(alone, elsewhere, "ask", question);
          assertThat(asked.output()).as(question).contains(taken.then().words(question));
        }
      }
    }
    assertSame(taken, elsewhere);
  }

  /** Makes so many backups of one service, each of another moment. */
  private void take(int backups, Step step) throws Exception {
    try (BackupLoad load = BackupLoad.start(home)) {
      for (int i = 0; i < backups; i++) {
        load.change(i);
        Answered before = Answered.by(load.service());
        Taken backup = new Taken(i, home.resolve("backup" + i), i % 2 == 1, before);
        List<String> command = new ArrayList<>(List.of("backup", backup.file().toString()));
        command.addAll(backup.words(home));
        long began = System.nanoTime();
        Ended made = TypedCommand.run(home, command.toArray(String[]::new));
        double seconds = (System.nanoTime() - began) / 1e9;
        assertThat(made.exitCode()).as(made.output() + load.service().log()).isZero();
        Answered after = Answered.by(load.service());
        assertThat(after.answers()).isEqualTo(before.answers());
        step.take(new Taken(i, backup.file(), backup.encrypted(), before.stillSoIn(after)));
        System.out.printf(
            Locale.ROOT, "backup %d of %d is as it should be, %.1f s%n", i + 1, backups, seconds);
      }
      System.out.println("meanwhile " + load.end());
    }
  }

  private void verify(Taken taken) {
    List<String> command = new ArrayList<>(List.of("backup", "verify", taken.file().toString()));
    command.addAll(taken.words(home));
    Ended verified = TypedCommand.run(home, command.toArray(String[]::new));
    assertThat(verified.exitCode()).as(verified.output()).isZero();
  }

  private Path elsewhere(Taken taken) throws IOException {
    Path elsewhere = Files.createDirectories(home.resolve("elsewhere" + taken.number()));
    Files.writeString(
        elsewhere.resolve("zhiku.yml"),
        "zhiku: {samples: {enabled: false}, sources: [{name: knowledge, path: not-here}]}");
    return elsewhere;
  }

  private String[] restoring(Taken taken, Path elsewhere) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "restore",
                taken.file().toString(),
                "--data",
                elsewhere.resolve("data").toString()));
    command.addAll(taken.words(home));
    return command.toArray(String[]::new);
  }

  private void compareElsewhere(Taken taken) throws IOException {
    Path elsewhere = elsewhere(taken);
    Ended restored = TypedCommand.run(elsewhere, restoring(taken, elsewhere));
    assertThat(restored.exitCode()).as(restored.output()).isZero();
    assertSame(taken, elsewhere);
  }

  private static void assertSame(Taken taken, Path elsewhere) {
    try (ServiceProcess service = ServiceProcess.start(elsewhere)) {
      assertThat(service.log()).doesNotContain("damaged");
      Answered there = Answered.by(service);
      assertThat(there.answers()).as("backup %d", taken.number()).isEqualTo(taken.then().answers());
      System.out.println("backup " + (taken.number() + 1) + " answers alike elsewhere");
      assertThat(there.ids()).containsAllEntriesOf(taken.then().ids());
      JsonNode status = service.get("/status").body();
      assertThat(status.at("/files/failed").asInt()).isZero();
    }
  }
}
