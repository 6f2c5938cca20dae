package dev.zhiku.server.audit;

import static dev.zhiku.server.audit.AuditCheck.Kind.ALTERED;
import static dev.zhiku.server.audit.AuditCheck.Kind.MISSING;
import static dev.zhiku.server.audit.AuditCheck.Kind.OTHER_CHAIN;
import static dev.zhiku.server.audit.AuditCheck.Kind.OUT_OF_ORDER;
import static dev.zhiku.server.audit.AuditCheck.Kind.REWRITTEN;
import static dev.zhiku.server.audit.AuditCheck.Kind.TAIL_CUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCheckTest {
  private static final int RECORDS = 60;

  @TempDir private Path folder = Path.of("");
  private AuditHead head = AuditHead.NONE;

  @BeforeEach
  void writeSome() throws IOException {
    try (AuditLog log = AuditLog.open(folder, AuditConfig.DEFAULT, Clock.systemUTC())) {
      for (int i = 0; i < RECORDS; i++) {
        head = log.write(AuditLogTest.event("r_" + i));
      }
    }
  }

  private Path file() throws IOException {
    return new AuditFiles(folder).list().getFirst();
  }

  private List<String> lines() throws IOException {
    return new ArrayList<>(Files.readAllLines(file()));
  }

  private void replace(List<String> lines) throws IOException {
    Files.writeString(file(), String.join("\n", lines) + "\n");
  }

  private List<AuditCheck.Kind> found(Optional<AuditHead> kept) throws IOException {
    return AuditCheck.of(folder, kept).findings().stream().map(AuditCheck.Finding::kind).toList();
  }

  @Test
  void a_log_that_nobody_touched_is_sound() throws IOException {
    AuditCheck.Result result = AuditCheck.of(folder, Optional.of(head));

    assertThat(result.isSound()).isTrue();
    assertThat(result.records()).isEqualTo(RECORDS);
    assertThat(result.head()).isEqualTo(head);
  }

  @Test
  void any_character_that_is_altered_is_found() throws IOException {
    List<String> lines = lines();
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      int line = random.nextInt(RECORDS);
      String before = lines.get(line);
      int at = random.nextInt(before.length());
      char other = before.charAt(at) == 'x' ? 'y' : 'x';
      lines.set(line, before.substring(0, at) + other + before.substring(at + 1));
      replace(lines);

      assertThat(found(Optional.empty())).as(lines.get(line)).contains(ALTERED);
      lines.set(line, before);
    }
  }

  @Test
  void a_line_that_is_altered_with_its_hash_is_found_by_the_next_one() throws IOException {
    List<String> lines = lines();
    AuditRecord record = AuditRecord.read(lines.get(20)).orElseThrow();
    AuditRecord before = AuditRecord.read(lines.get(19)).orElseThrow();
    AuditRecord forged =
        AuditRecord.after(before.head(), record.at(), AuditLogTest.event("r_forged"));
    lines.set(20, forged.line());
    replace(lines);

    assertThat(found(Optional.empty())).containsExactly(REWRITTEN);
  }

  @Test
  void a_missing_line_is_found_wherever_it_was() throws IOException {
    for (int missing : List.of(0, 1, 30, RECORDS - 2)) {
      List<String> whole = lines();
      List<String> lines = lines();
      lines.remove(missing);
      replace(lines);

      assertThat(found(Optional.empty())).as("line " + missing).contains(MISSING);
      replace(whole);
    }
  }

  @Test
  void swapped_lines_are_found() throws IOException {
    List<String> lines = lines();
    Collections.swap(lines, 10, 11);
    replace(lines);

    assertThat(found(Optional.empty())).contains(OUT_OF_ORDER);
  }

  @Test
  void a_tail_that_was_cut_is_found_by_the_head() throws IOException {
    replace(lines().subList(0, RECORDS - 1));

    assertThat(found(Optional.empty())).isEmpty();
    assertThat(found(Optional.of(head))).containsExactly(TAIL_CUT);
  }

  @Test
  void a_log_that_was_deleted_is_found_by_the_head() throws IOException {
    Files.delete(file());

    assertThat(found(Optional.of(head))).containsExactly(TAIL_CUT);
  }

  @Test
  void a_chain_that_was_rewritten_as_a_whole_is_found_by_the_head() throws IOException {
    List<String> lines = new ArrayList<>();
    AuditHead last = AuditHead.NONE;
    for (String line : lines()) {
      AuditRecord record = AuditRecord.read(line).orElseThrow();
      AuditEvent event = record.number() == 5 ? AuditLogTest.event("r_other") : record.event();
      AuditRecord forged = AuditRecord.after(last, record.at(), event);
      lines.add(forged.line());
      last = forged.head();
    }
    replace(lines);

    assertThat(found(Optional.empty())).isEmpty();
    assertThat(found(Optional.of(head))).containsExactly(OTHER_CHAIN);
  }

  @Test
  void files_that_were_removed_without_a_record_of_it_are_missed() throws IOException {
    replace(lines().subList(12, RECORDS));

    assertThat(found(Optional.empty())).containsExactly(MISSING);
  }

  @Test
  void every_finding_says_where() throws IOException {
    List<String> lines = lines();
    lines.set(3, lines.get(3).replace("10.0.0.7", "10.0.0.8"));
    replace(lines);

    assertThat(AuditCheck.of(folder, Optional.empty()).findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.place()).endsWith(".jsonl:4"));
  }
}
