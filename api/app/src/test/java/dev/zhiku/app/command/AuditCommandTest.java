package dev.zhiku.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.app.testing.TypedCommand;
import dev.zhiku.server.audit.AuditConfig;
import dev.zhiku.server.audit.AuditEvent;
import dev.zhiku.server.audit.AuditLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code zhiku audit} on the log of a service that does not run. */
class AuditCommandTest {
  @TempDir private Path home = Path.of("");

  @BeforeEach
  void writeSome() throws IOException {
    try (AuditLog log =
        AuditLog.open(data().resolve("audit"), AuditConfig.DEFAULT, Clock.systemUTC())) {
      log.write(AuditEvent.ofService("started", "Zhiku", "done"));
      log.write(event("person:王五", "uploaded"));
      log.write(event("=cmd|' /C calc'!A0", "asked"));
    }
  }

  private Path data() {
    return home.resolve("data");
  }

  private static AuditEvent event(String who, String what) {
    return new AuditEvent(
        what, who, "reader", "", "10.0.0.7", "r_1", "POST /a, \"b\"", "201", Optional.empty());
  }

  private ServiceProcess.Ended run(String... arguments) {
    String[] all =
        Stream.concat(Stream.of(arguments), Stream.of("--data", data().toString()))
            .toArray(String[]::new);
    return TypedCommand.run(home, all);
  }

  private Path file() throws IOException {
    try (Stream<Path> files = Files.list(data().resolve("audit"))) {
      return files.findFirst().orElseThrow();
    }
  }

  @Test
  void a_log_is_sound_with_the_head_that_was_printed() {
    String head = run("audit", "head").output().strip();

    ServiceProcess.Ended ended = run("audit", "verify", "--head", head);

    assertThat(ended.output()).contains("Sound.", "records  3", head);
    assertThat(ended.exitCode()).isZero();
  }

  @Test
  void a_line_that_was_altered_is_named_and_the_exit_code_is_1() throws IOException {
    Files.writeString(file(), Files.readString(file()).replace("10.0.0.7", "10.0.0.8"));

    ServiceProcess.Ended ended = run("audit", "verify");

    assertThat(ended.output()).contains("altered", ".jsonl:2", "NOT what was written.");
    assertThat(ended.exitCode()).isEqualTo(1);
  }

  @Test
  void a_tail_that_was_cut_is_named_by_the_head() throws IOException {
    String head = run("audit", "head").output().strip();
    String all = Files.readString(file());
    Files.writeString(file(), all.substring(0, all.indexOf('\n') + 1));

    assertThat(run("audit", "verify").exitCode()).isZero();
    ServiceProcess.Ended ended = run("audit", "verify", "--head", head);
    assertThat(ended.output()).contains("tail-cut");
    assertThat(ended.exitCode()).isEqualTo(1);
  }

  @Test
  void a_search_shows_the_newest_first_by_who_and_what() {
    assertThat(run("audit", "search", "--who", "王五").output())
        .contains("uploaded")
        .doesNotContain("started");
    assertThat(run("audit", "search", "--what", "started", "--from", "2020-01-01").output())
        .contains("Zhiku");
    assertThat(run("audit", "search", "--to", "2020-01-01").output()).isEmpty();
    assertThat(run("audit", "search", "--from", "yesterday").exitCode()).isEqualTo(2);
  }

  @Test
  void a_table_holds_no_formula_and_every_field() {
    String table = run("audit", "export").output();

    assertThat(table.lines()).hasSize(4);
    assertThat(table).contains("\"POST /a, \"\"b\"\"\"", ",'=cmd|").doesNotContain(",=cmd");
  }

  @Test
  void json_is_each_line_as_it_is_kept() throws IOException {
    assertThat(run("audit", "export", "--format", "json").output())
        .isEqualTo(Files.readString(file()));
  }

  @Test
  void without_a_log_that_is_said() {
    ServiceProcess.Ended ended = TypedCommand.run(home, "audit", "verify", "--data", "nowhere");

    assertThat(ended.output()).contains("no-data");
    assertThat(ended.exitCode()).isEqualTo(1);
  }
}
