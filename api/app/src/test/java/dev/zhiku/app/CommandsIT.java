package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.app.testing.ServiceProcess.Ended;
import dev.zhiku.app.testing.TypedCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as they are typed, against a running service or without one. */
@Tag("long")
class CommandsIT {
  /** After which a scan tries no further file. */
  private static final long BUDGET_SECONDS = 30;

  private static final Duration REST = ServiceProcess.PATIENCE;
  private static final Pattern MEASURED =
      Pattern.compile("measured just now: (\\d+) files, .*, in (\\d+) s");

  @TempDir private Path home;

  private static Map<String, FileTime> filesBelow(Path folder) throws IOException {
    Map<String, FileTime> files = new TreeMap<>();
    try (var all = Files.walk(folder)) {
      for (Path file : all.toList()) {
        files.put(folder.relativize(file).toString(), Files.getLastModifiedTime(file));
      }
    }
    return files;
  }

  @Test
  void a_scan_says_what_a_folder_would_take_and_changes_nothing() throws IOException {
    Path archive = Files.createDirectories(home.resolve("archive/below"));
    for (int i = 0; i < 40; i++) {
      Files.writeString(
          archive.resolve("note" + i + ".md"),
          "# Note "
              + i
              + "\n\n"
              + "Pump "
              + i
              + " is serviced in October by Norma Quist. ".repeat(40));
    }
    Files.write(archive.resolve("program.exe"), new byte[] {'M', 'Z', 0, 0, 1, 2, 3});
    Files.createFile(archive.resolve("empty.txt"));
    Map<String, FileTime> before = filesBelow(home.resolve("archive"));

    Ended scan = TypedCommand.run(home, "scan", home.resolve("archive").toString());

    System.out.println(scan.output());
    assertThat(scan.exitCode()).as(scan.output()).isZero();
    assertThat(scan.output())
        .containsPattern(
            "\\.md +40 .*([1-5]) of \\1 tried can be answered from, about [\\d,]+ passages")
        .containsPattern("\\.exe +1 .*0 of 1 tried can be answered from; unsupported-type: ")
        .contains("skipped: empty-file")
        .containsPattern("estimate +about [1-9][\\d,]* passages, .* of index")
        .contains("Nothing was changed.");
    Matcher measured = MEASURED.matcher(scan.output());
    assertThat(measured.find()).as(scan.output()).isTrue();
    if (Integer.parseInt(measured.group(2)) < BUDGET_SECONDS) {
      assertThat(measured.group(1)).as("five of one format, one of the other").isEqualTo("6");
    }
    assertThat(filesBelow(home.resolve("archive"))).isEqualTo(before);
    assertThat(home.resolve("data")).doesNotExist();
  }

  @Test
  void a_scan_of_nothing_is_refused_as_used_wrongly() {
    Ended scan = TypedCommand.run(home, "scan", home.resolve("nowhere").toString());

    assertThat(scan.exitCode()).isEqualTo(2);
    assertThat(scan.output()).contains("nowhere");
  }

  @Test
  void a_lost_catalogue_leaves_the_pause_and_the_access_keys() throws IOException {
    assertThat(TypedCommand.run(home, "key", "new").exitCode()).isZero();
    byte[] keys = Files.readAllBytes(home.resolve("data/access.key"));
    try (ServiceProcess service = ServiceProcess.start(home)) {
      assertThat(service.post("/ingest/pause", "{}").status()).isEqualTo(200);
      service.kill();
    }
    Files.delete(home.resolve("data/db/catalog.mv.db"));

    try (ServiceProcess service = ServiceProcess.start(home)) {
      assertThat(service.get("/status").body().at("/queue/paused").asBoolean()).isTrue();
      assertThat(Files.readAllBytes(home.resolve("data/access.key"))).isEqualTo(keys);
    }
  }

  @Test
  void a_service_is_paused_looked_at_and_resumed_by_commands() throws IOException {
    try (ServiceProcess service = ServiceProcess.start(home)) {
      service.awaitRest(REST);
      Ended paused = TypedCommand.run(home, "pause");
      assertThat(paused.exitCode()).as(paused.output()).isZero();
      Files.writeString(home.resolve("knowledge/later.txt"), "Read later, says Norma Quist.");
      service.awaitStatus(
          REST, s -> s.at("/files/total").asInt() == 1 && s.at("/files/pending").asInt() == 1);

      assertThat(TypedCommand.run(home, "status").output())
          .contains("1 waiting, paused")
          .doesNotContain("[#");
      assertThat(TypedCommand.run(home, "status", "--json").output())
          .contains("\"paused\":true")
          .containsPattern("(?m)^\\{\"version\":");
      assertThat(TypedCommand.run(home, "source", "list").output())
          .contains("source     knowledge: " + home.resolve("knowledge"));
      Ended unknown = TypedCommand.run(home, "source", "confirm", "nobody");
      assertThat(unknown.exitCode()).isEqualTo(1);
      assertThat(unknown.output()).contains("nobody").contains("source list");
      assertThat(TypedCommand.run(home, "source", "confirm", "knowledge").exitCode()).isZero();
      assertThat(TypedCommand.run(home, "source", "confirm").exitCode()).isEqualTo(2);

      Path later = home.resolve("knowledge/later.txt");
      assertThat(TypedCommand.run(home, "resume").exitCode()).isZero();
      service.awaitStatus(REST, s -> s.at("/files/pending").asInt() == 0);
      Ended again = TypedCommand.run(home, "reindex", later.toString());
      assertThat(again.output()).contains("1 files are read anew.");
      assertThat(TypedCommand.run(home, "reindex", "--source", "nobody").exitCode()).isEqualTo(1);
      assertThat(TypedCommand.run(home, "status", "--follow").output()).contains("0 waiting");
    }
  }
}
