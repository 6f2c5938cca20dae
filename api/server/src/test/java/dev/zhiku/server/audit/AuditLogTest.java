package dev.zhiku.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
  private static final int THREADS = 40;
  private static final int EACH = 250;

  @TempDir private Path folder = Path.of("");

  static AuditEvent event(String request) {
    return new AuditEvent(
        "uploaded",
        "person:p_1",
        "uploader",
        "",
        "10.0.0.7",
        request,
        "POST /documents",
        "201",
        Optional.empty());
  }

  private AuditLog open() throws IOException {
    return open(AuditConfig.DEFAULT, Clock.systemUTC());
  }

  private AuditLog open(AuditConfig config, Clock clock) throws IOException {
    return AuditLog.open(folder, config, clock);
  }

  private List<AuditRecord> records() {
    List<AuditRecord> all = new ArrayList<>();
    new AuditSearch(folder).each(AuditSearch.Wanted.ALL, all::add);
    return all;
  }

  @Test
  void what_is_read_is_what_was_written() throws IOException {
    AuditEvent asked =
        new AuditEvent(
            "asked",
            "key:k_1",
            "reader",
            "person:王五",
            "::1",
            "r_1",
            "POST /query \"quoted\"\n\u2028",
            "answered",
            Optional.of(
                new AuditEvent.AnswerFacts(
                    "q_1",
                    "ollama",
                    "qwen3:4b",
                    "qwen3",
                    17,
                    List.of("ab", "cd"),
                    Optional.of("谁？\n\ud83d"))));
    AuditHead head;
    try (AuditLog log = open()) {
      log.write(event("r_0"));
      head = log.write(asked);
    }

    assertThat(records()).extracting(AuditRecord::number).containsExactly(1L, 2L);
    AuditEvent read = records().getLast().event();
    assertThat(read.subject()).isEqualTo(asked.subject());
    assertThat(read.answer().orElseThrow().files()).containsExactly("ab", "cd");
    assertThat(read.answer().orElseThrow().epoch()).isEqualTo(17);
    assertThat(AuditCheck.of(folder, Optional.of(head)).findings()).isEmpty();
    assertThat(AuditHead.parse(head.toString())).contains(head);
  }

  @Test
  void of_ten_thousand_events_of_many_threads_each_is_there_once() throws IOException {
    try (AuditLog log = open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, THREADS)
          .forEach(
              thread ->
                  threads.execute(
                      () ->
                          IntStream.range(0, EACH)
                              .forEach(i -> log.write(event("r_" + thread + "_" + i)))));
    }

    Set<String> requests = new HashSet<>();
    records().forEach(record -> requests.add(record.event().request()));
    assertThat(records()).hasSize(THREADS * EACH);
    assertThat(requests).hasSize(THREADS * EACH);
    assertThat(AuditCheck.of(folder, Optional.empty()).findings()).isEmpty();
  }

  @Test
  void the_files_are_for_the_account_of_the_service_alone() throws IOException {
    try (AuditLog log = open()) {
      log.write(event("r_1"));
    }

    Path file = new AuditFiles(folder).list().getFirst();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_torn_last_line_is_set_apart_and_said_and_the_chain_goes_on() throws IOException {
    AuditHead head;
    try (AuditLog log = open()) {
      head = log.write(event("r_1"));
    }
    String torn = "{\"number\":2,\"at\":\"2026-\u00e9";
    Files.writeString(new AuditFiles(folder).list().getFirst(), torn, StandardOpenOption.APPEND);
    assertThat(AuditCheck.of(folder, Optional.empty()).unfinished()).isTrue();

    try (AuditLog log = open()) {
      log.write(event("r_2"));
    }

    assertThat(records())
        .extracting(record -> record.event().what())
        .containsExactly("uploaded", "line-torn", "uploaded");
    String apart = records().get(1).event().subject();
    assertThat(folder.resolve(apart)).hasContent(torn);
    AuditCheck.Result result = AuditCheck.of(folder, Optional.of(head));
    assertThat(result.findings()).isEmpty();
    assertThat(result.unfinished()).isFalse();
  }

  @Test
  void zeros_that_a_loss_of_power_left_are_set_apart_too() throws IOException {
    try (AuditLog log = open()) {
      log.write(event("r_1"));
    }
    Files.write(
        new AuditFiles(folder).list().getFirst(), new byte[4_096], StandardOpenOption.APPEND);

    try (AuditLog log = open()) {
      log.write(event("r_2"));
    }

    assertThat(AuditCheck.of(folder, Optional.empty()).findings()).isEmpty();
    assertThat(records()).hasSize(3);
  }

  @Test
  void each_day_has_a_file_and_a_clock_that_is_set_back_leaves_the_order() throws IOException {
    SetClock clock = new SetClock("2026-03-01T23:59:59Z");
    try (AuditLog log = open(AuditConfig.DEFAULT, clock)) {
      log.write(event("r_1"));
      clock.set("2026-03-02T00:00:01Z");
      log.write(event("r_2"));
      clock.set("2026-02-01T00:00:00Z");
      log.write(event("r_3"));
    }
    try (AuditLog log = open(AuditConfig.DEFAULT, clock)) {
      log.write(event("r_4"));
    }

    assertThat(new AuditFiles(folder).list())
        .extracting(file -> String.valueOf(file.getFileName()))
        .containsExactly("audit-2026-03-01.jsonl", "audit-2026-03-02.jsonl");
    assertThat(records())
        .extracting(record -> record.event().request())
        .containsExactly("r_1", "r_2", "r_3", "r_4");
    assertThat(AuditCheck.of(folder, Optional.empty()).findings()).isEmpty();
  }

  @Test
  void what_is_too_old_goes_and_a_record_says_up_to_where() throws IOException {
    SetClock clock = new SetClock("2026-03-01T12:00:00Z");
    try (AuditLog log = open(new AuditConfig(false, 2, AuditConfig.Head.NOWHERE), clock)) {
      log.write(event("r_1"));
      clock.set("2026-03-02T12:00:00Z");
      log.write(event("r_2"));
      AuditHead old = log.head();
      clock.set("2026-03-05T12:00:00Z");
      log.write(event("r_3"));

      assertThat(records())
          .extracting(record -> record.event().what())
          .containsExactly(AuditCheck.CUT, "uploaded");
      assertThat(records().getFirst().event().subject()).isEqualTo(old.toString());
      assertThat(AuditCheck.of(folder, Optional.of(old)).findings()).isEmpty();
    }
    AuditCheck.Result result = AuditCheck.of(folder, Optional.empty());
    assertThat(result.findings()).isEmpty();
    assertThat(result.first()).isEqualTo(3);
  }

  @Test
  void what_cannot_be_written_is_counted_and_said_when_it_can_be_again() throws IOException {
    SetClock clock = new SetClock("2026-03-01T12:00:00Z");
    try (AuditLog log = open(AuditConfig.DEFAULT, clock)) {
      log.write(event("r_1"));
      Path inTheWay = folder.resolve("audit-2026-03-02.jsonl");
      Files.createDirectory(inTheWay);
      clock.set("2026-03-02T12:00:00Z");
      log.write(event("r_2"));
      log.write(event("r_3"));
      assertThat(log.trouble()).isEqualTo(2);
      Files.delete(inTheWay);
      log.write(event("r_4"));
      assertThat(log.trouble()).isZero();
    }

    assertThat(records())
        .extracting(record -> record.event().request() + record.event().subject())
        .containsExactly("r_1POST /documents", "2 records", "r_4POST /documents");
    assertThat(AuditCheck.of(folder, Optional.empty()).findings()).isEmpty();
  }

  @Test
  void a_search_pages_from_the_newest_on_by_who_what_and_when() throws IOException {
    SetClock clock = new SetClock("2026-03-01T12:00:00Z");
    try (AuditLog log = open(AuditConfig.DEFAULT, clock)) {
      for (int i = 1; i <= 6; i++) {
        clock.set("2026-03-0" + (1 + i / 3) + "T12:00:0" + i + "Z");
        log.write(event("r_" + i));
      }
      log.write(AuditEvent.ofService("started", "", "done"));
    }
    AuditSearch search = new AuditSearch(folder);
    AuditSearch.Wanted uploads =
        new AuditSearch.Wanted(
            Optional.of("PERSON:p"), Optional.of("uploaded"), Optional.empty(), Optional.empty());

    assertThat(search.newest(uploads, Long.MAX_VALUE, 4))
        .extracting(record -> record.event().request())
        .containsExactly("r_6", "r_5", "r_4", "r_3");
    assertThat(search.newest(uploads, 3, 4))
        .extracting(record -> record.event().request())
        .containsExactly("r_2", "r_1");
    AuditSearch.Wanted someDays =
        new AuditSearch.Wanted(
            Optional.empty(),
            Optional.empty(),
            Optional.of(records().get(2).at()),
            Optional.of(records().get(5).at()));
    assertThat(search.newest(someDays, Long.MAX_VALUE, 9))
        .extracting(record -> record.event().request())
        .containsExactly("r_5", "r_4", "r_3");
  }
}
