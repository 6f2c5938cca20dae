package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.app.testing.ServiceProcess.Ended;
import dev.zhiku.app.testing.TypedCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources that are added and removed by the commands while the service runs. */
class SourcesIT {
  private static final String QUESTION = "Who services the tower crane?";

  @TempDir private Path home;

  private String run(String... arguments) {
    Ended ended = TypedCommand.run(home, arguments);
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    return ended.output();
  }

  private static long found(ServiceProcess service) {
    JsonNode passages = service.ask(QUESTION, "passages").at("/passages");
    long found = 0;
    for (JsonNode passage : passages) {
      found += passage.at("/source").asText().equals("cranes") ? 1 : 0;
    }
    return found;
  }

  private static void await(ServiceProcess service, boolean answered) {
    long end = System.nanoTime() + ServiceProcess.PATIENCE.toNanos();
    while ((found(service) > 0) != answered) {
      assertThat(System.nanoTime()).isLessThan(end);
      ServiceProcess.pause(200);
    }
  }

  @Test
  void an_added_source_survives_a_kill_and_a_removal_can_be_taken_back_until_it_is_confirmed()
      throws Exception {
    Files.createDirectories(home.resolve("knowledge"));
    Path cranes = Files.createDirectories(home.resolve("our cranes"));
    Files.writeString(cranes.resolve("crane.md"), "The tower crane is serviced by Norma Quist.");
    try (ServiceProcess service = ServiceProcess.start(home)) {
      assertThat(run("source", "add", "cranes", cranes.toString(), "--read-only"))
          .contains("cranes (read-only): " + cranes);
      await(service, true);
      assertThat(TypedCommand.run(home, "source", "add", "in", cranes + "/in").output())
          .contains("source-refused");
      service.kill();
    }
    try (ServiceProcess service = ServiceProcess.start(home)) {
      await(service, true);
      assertThat(run("source", "list")).contains("cranes", "1 documents, looked through every");
      assertThat(run("source", "remove", "cranes")).contains("--confirm", "resume");
      assertThat(run("source", "list")).contains("cranes (leaving, read-only)");
      assertThat(found(service)).isPositive();
      assertThat(run("source", "resume", "cranes")).contains("cranes (read-only)");
      assertThat(run("source", "remove", "cranes", "--confirm")).contains("with 1 documents");
      assertThat(found(service)).isZero();
      service.kill();
    }
    try (ServiceProcess service = ServiceProcess.start(home)) {
      assertThat(found(service)).isZero();
      assertThat(run("source", "list")).doesNotContain("cranes");
      assertThat(cranes.resolve("crane.md")).exists();
    }
  }
}
