package dev.zhiku.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.index.testing.InMemoryKnowledgeIndex;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.SourceRecord;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.source.SourceFileException;
import dev.zhiku.ingest.source.SourceFiles.OnConflict;
import dev.zhiku.ingest.testing.CatalogFixture;
import dev.zhiku.ingest.testing.PlainTextExtractor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several folders at once, one of them read-only; files that somebody is still writing. */
@Tag("long")
class SeveralSourcesIT {
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir private Path directory;
  private Path own;
  private Path share;
  private CatalogFixture catalog;
  private InMemoryKnowledgeIndex index;
  private RunningIngest ingest;

  @BeforeEach
  void start() throws Exception {
    own = Files.createDirectories(directory.resolve("own"));
    share = Files.createDirectories(directory.resolve("share"));
    catalog = CatalogFixture.open(directory.resolve("db"));
    index = new InMemoryKnowledgeIndex();
    ingest =
        RunningIngest.start(
            List.of(
                SourceConfig.of("own", own),
                new SourceConfig(
                    "share", share, true, List.of(), List.of("*.bak"), Duration.ofDays(1), false)),
            CrashChild.QUICK,
            directory.resolve("data"),
            catalog.ledger(),
            index);
  }

  @AfterEach
  void stop() {
    ingest.close();
    index.close();
    catalog.close();
  }

  private boolean upload(String path, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      ingest
          .service
          .files()
          .store(Optional.of("own"), path, new ByteArrayInputStream(bytes), OnConflict.FAIL);
      return true;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void the_same_name_in_two_sources_is_two_documents_and_a_read_only_one_is_never_written()
      throws Exception {
    Files.writeString(own.resolve("plan.txt"), "Our plan.");
    Files.writeString(share.resolve("plan.txt"), "Their plan.");
    Files.writeString(share.resolve("old.bak"), "Their old plan.");
    RunningIngest.await(
        "both",
        LONG,
        () -> ingest.answers("own:plan.txt", "Our") && ingest.answers("share:plan.txt", "Their"));
    var theirs = ingest.entry("share", "plan.txt").orElseThrow().id();

    assertThatThrownBy(() -> ingest.service.files().delete(theirs, "machine"))
        .isInstanceOf(SourceFileException.ReadOnly.class);
    assertThat(share.resolve("plan.txt")).exists();
    RunningIngest.await("left out", LONG, () -> ingest.counts().skipped() == 1);
    try (var files = Files.list(share)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("plan.txt", "old.bak");
    }
  }

  @Test
  void a_source_that_went_away_does_not_hold_up_the_other() throws Exception {
    Files.writeString(own.resolve("a.txt"), "Ours.");
    Files.writeString(share.resolve("b.txt"), "Theirs.");
    RunningIngest.await("both", LONG, () -> ingest.counts().indexed() == 2);
    Files.move(share, directory.resolve("away"));
    // Not by a scan, which it has once a day.
    RunningIngest.await(
        "held", LONG, () -> ingest.ledger.source("share").map(SourceRecord::held).orElse(false));
    Files.writeString(own.resolve("c.txt"), "Ours too.");
    RunningIngest.await("own", LONG, () -> ingest.answers("own:c.txt", "Ours too"));
    assertThat(ingest.answered()).containsKey("share:b.txt");
  }

  @Test
  void uploads_leave_nothing_behind_and_nothing_of_theirs_is_counted() throws Exception {
    try (ExecutorService uploads = Executors.newFixedThreadPool(8)) {
      List<Boolean> done =
          uploads
              .invokeAll(
                  IntStream.range(0, 80)
                      .<Callable<Boolean>>mapToObj(
                          i -> () -> upload("u" + i + ".txt", "Upload " + i + "."))
                      .toList())
              .stream()
              .map(future -> future.state() == Future.State.SUCCESS)
              .toList();
      assertThat(done).hasSize(80).containsOnly(true);
    }
    RunningIngest.await("all", LONG, () -> ingest.counts().indexed() == 80);
    try (var files = Files.list(own)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("."))
          .hasSize(80);
    }
    assertThat(ingest.counts().ignored()).isZero();
  }

  @Test
  void a_file_that_is_copied_slowly_is_in_the_end_indexed_whole() throws Exception {
    copySlowly(10);
  }

  @Test
  @Tag("soak")
  void a_hundred_files_copied_slowly_are_in_the_end_indexed_whole() throws Exception {
    copySlowly(100);
  }

  /** In pieces, with pauses on both sides of the time after which a file counts as written. */
  private void copySlowly(int files) throws Exception {
    for (int part = 0; part < 12; part++) {
      for (int i = 0; i < files; i++) {
        String begin = part == 0 && i % 2 == 0 ? PlainTextExtractor.BROKEN + "\n\n" : "";
        Files.writeString(
            own.resolve("slow" + i + ".txt"),
            begin + "Part " + part + " of file " + i + ".\n\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      }
      Thread.sleep(part % 3 == 0 ? 4 * CrashChild.QUICK.quiet().toMillis() : 30);
    }
    for (int i = 0; i < files; i += 2) {
      Path file = own.resolve("slow" + i + ".txt");
      Files.writeString(file, Files.readString(file).replace(PlainTextExtractor.BROKEN, ""));
    }
    RunningIngest.await(
        "all whole",
        LONG,
        () ->
            ingest.counts().indexed() == files
                && ingest.answered().values().stream().allMatch(text -> whole(text)));
  }

  private static boolean whole(String text) {
    return IntStream.range(0, 12).allMatch(part -> text.contains("Part " + part + " of"));
  }

  @Test
  void a_file_that_changes_while_a_reading_of_it_fails_is_read_again() throws Exception {
    Path file = own.resolve("changing.txt");
    Files.writeString(file, PlainTextExtractor.HELD + PlainTextExtractor.BROKEN);
    RunningIngest.await("begun", LONG, () -> ingest.extractor.held() == 1);
    Files.writeString(file, "It is whole now.");
    long size = Files.size(file);
    RunningIngest.await(
        "change seen",
        LONG,
        () -> ingest.entry("own", "changing.txt").filter(e -> e.size() == size).isPresent());
    ingest.extractor.letGo();
    RunningIngest.await(
        "read again", LONG, () -> ingest.answered().containsValue("It is whole now."));
  }

  @Test
  void a_file_that_cannot_be_read_takes_no_more_than_its_own_slot() throws Exception {
    Files.writeString(own.resolve("slow.txt"), PlainTextExtractor.HELD + " one.");
    for (int i = 0; i < 5; i++) {
      Files.writeString(own.resolve("crash" + i + ".txt"), PlainTextExtractor.CRASHING);
    }
    RunningIngest.await("slow begun", LONG, () -> ingest.extractor.held() == 1);
    for (int i = 0; i < 30; i++) {
      Files.writeString(own.resolve("good" + i + ".txt"), "Good file " + i + ".");
    }
    RunningIngest.await(
        "good ones before the slow one",
        LONG,
        () -> ingest.counts().indexed() == 30 && ingest.counts().failed() == 5);
    assertThat(ingest.entry("own", "slow.txt").orElseThrow().state()).isEqualTo(State.PENDING);
    assertThat(ingest.entry("own", "crash0.txt").orElseThrow().nextRetryAt()).isPresent();
    ingest.extractor.letGo();
    RunningIngest.await("the slow one", LONG, () -> ingest.counts().indexed() == 31);
  }

  @Test
  @Tag("soak")
  void a_thousand_exchanges_while_the_file_is_read_give_no_mixture() throws Exception {
    String one = "one ".repeat(20_000);
    String other = "two ".repeat(20_000);
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      exchange(i % 2 == 0 ? one : other);
      if (i % 10 == 0) {
        seen.add(ingest.answered().getOrDefault("own:swap.txt", one));
      }
      Thread.sleep(i % 4 == 0 ? 60 : 2);
    }
    exchange("The last version.");
    RunningIngest.await(
        "the last",
        LONG,
        () -> {
          seen.add(ingest.answered().getOrDefault("own:swap.txt", ""));
          return seen.getLast().equals("The last version.");
        });
    assertThat(seen).noneMatch(text -> text.contains("one") && text.contains("two"));
  }

  private void exchange(String text) {
    try {
      Path next = directory.resolve("next");
      Files.writeString(next, text);
      Files.move(next, own.resolve("swap.txt"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
