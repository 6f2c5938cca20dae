package dev.zhiku.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import dev.zhiku.index.testing.InMemoryKnowledgeIndex;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.SourceRecord;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.source.SourceFileException;
import dev.zhiku.ingest.source.SourceFiles;
import dev.zhiku.ingest.source.SourceFiles.OnConflict;
import dev.zhiku.ingest.source.Trash;
import dev.zhiku.ingest.source.TrashedFile;
import dev.zhiku.ingest.testing.CatalogFixture;
import dev.zhiku.ingest.testing.PlainTextExtractor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shares that go away, samples that make room, uploads that try to climb. */
@Tag("long")
class SourcesThatMisbehaveIT {
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir private Path directory;
  private Path folder;
  private Path samples;
  private CatalogFixture catalog;
  private CountedLedger ledger;
  private InMemoryKnowledgeIndex index;
  private RunningIngest ingest;

  @BeforeEach
  void start() throws Exception {
    folder = Files.createDirectories(directory.resolve("knowledge"));
    samples = Files.createDirectories(directory.resolve("samples"));
    Files.writeString(samples.resolve("sample.txt"), "This is a sample.");
    catalog = CatalogFixture.open(directory.resolve("data/db"));
    index = new InMemoryKnowledgeIndex();
    open();
  }

  private void open() throws InterruptedException {
    ledger = new CountedLedger(catalog.ledger());
    ingest =
        RunningIngest.start(
            List.of(
                SourceConfig.of("knowledge", folder),
                SourceConfig.of("samples", samples).asSample()),
            CrashChild.QUICK,
            directory.resolve("data"),
            ledger.counting(),
            index);
  }

  @AfterEach
  void stop() {
    ingest.close();
    index.close();
    catalog.close();
  }

  private static void until(String what, Callable<Boolean> condition) throws Exception {
    RunningIngest.await(what, LONG, condition);
  }

  private SourceRecord source() {
    return catalog.ledger().source("knowledge").orElseThrow();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  /** These own files and nothing else, the samples neither. */
  private void indexed(String... names) throws Exception {
    Set<String> own = Stream.of(names).map("knowledge:"::concat).collect(Collectors.toSet());
    until(
        "indexed " + own,
        () ->
            ingest.answered().keySet().equals(own)
                && ingest.counts().indexed() == own.size()
                && ingest.counts().total() == own.size());
  }

  private void sampleIndexed() throws Exception {
    until("sample", () -> ingest.answers("samples:sample.txt", "sample"));
    until("settled", () -> ingest.counts().indexed() == 1);
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private CatalogEntry upload(String path, String text, OnConflict conflict)
      throws InterruptedException {
    return ingest.service.files().store(Optional.empty(), path, bytes(text), conflict);
  }

  @Test
  void a_folder_that_went_away_is_held_across_a_restart_and_comes_back_without_reading()
      throws Exception {
    write("a.txt", "Here to stay.");
    indexed("a.txt");
    Files.move(folder, directory.resolve("away"));
    until("offline", () -> source().held() && !source().online());
    assertThat(source().detail().english())
        .contains("is not there")
        .contains("Nothing was removed");
    assertThat(source().detail().chinese()).contains("不存在").contains("没有移除任何内容");
    ingest.close();
    open();
    ledger.awaitLook("knowledge");
    assertThat(source().held()).isTrue();
    assertThat(ingest.answered()).containsOnlyKeys("knowledge:a.txt");
    Files.move(directory.resolve("away"), folder);
    until("back", () -> !source().held() && source().online());
    indexed("a.txt");
    assertThat(ingest.meter.embedded()).isZero();
    assertThat(ingest.extractor.files()).isZero();
  }

  @Test
  void files_that_wait_while_their_folder_is_away_are_neither_read_nor_refused() throws Exception {
    write("a.txt", "As it was.");
    indexed("a.txt");
    int read = ingest.extractor.files();
    ingest.service.pause();
    write("a.txt", "As it is now.");
    write("b.txt", "New besides.");
    until("both wait", () -> ingest.counts().pending() == 2);
    Files.move(folder, directory.resolve("away"));
    until("held", () -> source().held());
    ingest.service.resume();
    ledger.awaitClaims();
    assertThat(ingest.counts().pending()).isEqualTo(2);
    assertThat(ingest.answers("knowledge:a.txt", "As it was")).isTrue();
    assertThat(ingest.extractor.files()).isEqualTo(read);
    Files.move(directory.resolve("away"), folder);
    until("read", () -> ingest.answers("knowledge:a.txt", "As it is now"));
    until("both", () -> ingest.answers("knowledge:b.txt", "New") && ingest.counts().indexed() == 2);
  }

  @Test
  void a_first_own_file_that_is_gone_at_once_leaves_the_samples_watched_or_off() throws Exception {
    until("sample", () -> ingest.answers("samples:sample.txt", "sample"));
    write("own.txt", "Here for a moment.");
    until("seen", () -> ingest.counts().total() == 2 || ingest.answered().isEmpty());
    Files.delete(folder.resolve("own.txt"));
    until("gone again", () -> ingest.entry("knowledge", "own.txt").isEmpty());
    if (!ingest.ledger.source("samples").orElseThrow().off()) {
      Files.writeString(samples.resolve("more.txt"), "Another sample.");
      until(
          "watched or off",
          () ->
              ingest.answers("samples:more.txt", "Another sample")
                  || ingest.ledger.source("samples").orElseThrow().off());
    }
    until(
        "one or the other",
        () -> ingest.answered().isEmpty() == ingest.ledger.source("samples").orElseThrow().off());
  }

  @Test
  void a_first_own_file_switches_the_samples_off_before_it_is_read_and_although_it_goes_again()
      throws Exception {
    sampleIndexed();
    ingest.service.pause();
    write("own.txt", "Here for a moment.");
    until("off", () -> ingest.ledger.source("samples").orElseThrow().off());
    Files.delete(folder.resolve("own.txt"));
    until("gone again", () -> ingest.entry("knowledge", "own.txt").isEmpty());
    ingest.service.resume();
    ledger.awaitClaims();
    assertThat(ingest.ledger.source("samples").orElseThrow().off()).isTrue();
    assertThat(ingest.answered()).isEmpty();
    assertThat(ingest.counts().total()).isZero();
  }

  @Test
  void a_held_folder_stays_held_when_the_catalogue_is_lost() throws Exception {
    write("a.txt", "Here to stay.");
    indexed("a.txt");
    Files.move(folder, directory.resolve("away"));
    Files.createDirectory(folder);
    until("held", () -> source().held() && source().online());
    ingest.close();
    catalog.close();
    Files.delete(directory.resolve("data/db/catalog.mv.db"));

    catalog = CatalogFixture.open(directory.resolve("data/db"), 100);
    open();
    ledger.awaitLook("knowledge");
    assertThat(source().held()).isTrue();
    assertThat(ingest.answered()).containsOnlyKeys("knowledge:a.txt");
  }

  @Test
  void an_upload_never_makes_a_folder_that_went_away() throws Exception {
    Files.delete(folder);

    assertThatThrownBy(() -> upload("note.txt", "Nothing to be kept.", OnConflict.RENAME))
        .isInstanceOf(SourceFileException.Offline.class);
    assertThat(folder).doesNotExist();
  }

  @Test
  void another_empty_folder_in_its_place_is_held_until_somebody_confirms() throws Exception {
    write("a.txt", "Not to be lost.");
    indexed("a.txt");
    Files.move(folder, directory.resolve("away"));
    Files.createDirectory(folder);
    until("held", () -> source().held() && source().online());
    assertThat(source().detail().english()).contains("./zhiku source confirm knowledge");
    assertThat(ingest.answered()).containsKey("knowledge:a.txt");
    assertThat(ingest.service.confirm("knowledge")).isTrue();
    until("removed", () -> ingest.answered().isEmpty() && !source().held());
    assertThat(ingest.service.confirm("nobody")).isFalse();
  }

  @Test
  void the_samples_answer_until_the_first_own_file_and_never_again() throws Exception {
    until("sample", () -> ingest.answers("samples:sample.txt", "sample"));
    write("own.txt", "My own file.");
    until("own only", () -> ingest.answered().keySet().equals(Set.of("knowledge:own.txt")));
    assertThat(ingest.counts().total()).isEqualTo(1);
    Files.delete(folder.resolve("own.txt"));
    until("nothing", () -> ingest.answered().isEmpty() && ingest.counts().total() == 0);
    ingest.close();
    Optional<Instant> lastLook = source().lastScanAt();
    open();
    until("looked at its own folder", () -> !source().lastScanAt().equals(lastLook));
    ledger.awaitClaims();
    assertThat(ingest.answered()).isEmpty();
    assertThat(ingest.counts().total()).isZero();
  }

  @Test
  void an_upload_appears_whole_and_is_answered_and_a_deletion_goes_to_the_trash() throws Exception {
    ingest.service.pause();
    CatalogEntry entry = upload("hr/年假.txt", "十五天年假。", OnConflict.FAIL);
    assertThat(entry.state()).isEqualTo(State.PENDING);
    ingest.service.resume();
    until("answered", () -> ingest.answers("knowledge:hr/年假.txt", "十五天"));
    assertThat(ingest.service.files().original(entry.id())).hasContent("十五天年假。");
    until(
        "the samples are gone",
        () -> ingest.ledger.source("samples").orElseThrow().off() && ingest.answered().size() == 1);
    ingest.service.files().delete(entry.id(), "machine");
    assertThat(ingest.answered()).isEmpty();
    assertThat(ingest.counts().total()).isZero();
    assertThat(ingest.service.files().trashed(new Filter.All()))
        .extracting(TrashedFile::id)
        .containsExactly(entry.id());
    assertThatThrownBy(() -> ingest.service.files().delete(entry.id(), "machine"))
        .isInstanceOf(SourceFileException.NoSuchDocument.class);
  }

  @Test
  void what_was_deleted_comes_back_where_it_lay_with_its_bytes_and_its_date() throws Exception {
    SourceFiles files = ingest.service.files();
    DocumentId id = upload("hr/年假.txt", "十五天年假。", OnConflict.FAIL).id();
    Path file = files.original(id);
    FileTime date = FileTime.from(Instant.parse("2024-05-06T07:08:09Z"));
    Files.setLastModifiedTime(file, date);
    files.delete(id, "anna");
    assertThat(file).doesNotExist();
    TrashedFile deleted = files.trashed(new Filter.All()).getFirst();
    assertThat(deleted.source()).contains("knowledge");
    assertThat(deleted.path()).isEqualTo("hr/年假.txt");
    assertThat(deleted.deletedBy()).isEqualTo("anna");
    assertThat(deleted.keptUntil()).isEqualTo(deleted.deletedAt().plus(Trash.KEPT));
    for (Filter hidden : List.of(new Filter.None(), new Filter.Source("other"))) {
      assertThat(files.trashed(hidden)).isEmpty();
      assertThatThrownBy(() -> files.restore(id, Optional.empty(), hidden))
          .isInstanceOf(SourceFileException.NoSuchDocument.class);
      assertThatThrownBy(() -> files.discard(id, hidden))
          .isInstanceOf(SourceFileException.NoSuchDocument.class);
    }

    CatalogEntry back = files.restore(id, Optional.empty(), new Filter.All());

    assertThat(back.path()).isEqualTo("hr/年假.txt");
    assertThat(back.id()).isNotEqualTo(id);
    assertThat(file).hasContent("十五天年假。");
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(date);
    assertThat(files.trashed(new Filter.All())).isEmpty();
    until("answered again", () -> ingest.answers("knowledge:hr/年假.txt", "十五天"));
  }

  @Test
  void what_comes_back_never_writes_over_a_file_and_may_go_elsewhere() throws Exception {
    SourceFiles files = ingest.service.files();
    DocumentId id = upload("a.txt", "One.", OnConflict.FAIL).id();
    files.delete(id, "anna");
    upload("a.txt", "Two.", OnConflict.FAIL);

    assertThatThrownBy(() -> files.restore(id, Optional.empty(), new Filter.All()))
        .isInstanceOf(SourceFileException.Exists.class);
    assertThatThrownBy(() -> files.restore(id, Optional.of("../a.txt"), new Filter.All()))
        .isInstanceOf(SourceFileException.OutsideSource.class);
    assertThat(files.trashed(new Filter.All())).hasSize(1);
    files.restore(id, Optional.of("old/a.txt"), new Filter.All());

    assertThat(directory.resolve("knowledge/a.txt")).hasContent("Two.");
    assertThat(directory.resolve("knowledge/old/a.txt")).hasContent("One.");
    assertThat(files.trashed(new Filter.All())).isEmpty();
    assertThatThrownBy(() -> files.restore(id, Optional.empty(), new Filter.All()))
        .isInstanceOf(SourceFileException.NoSuchDocument.class);
  }

  @Test
  void what_is_taken_out_of_the_trash_is_gone() throws Exception {
    SourceFiles files = ingest.service.files();
    DocumentId id = upload("a.txt", "One.", OnConflict.FAIL).id();
    files.delete(id, "anna");

    files.discard(id, new Filter.All());
    files.delete(upload("b.txt", "Two.", OnConflict.FAIL).id(), "anna");
    assertThat(files.discardAll(new Filter.None())).isZero();
    assertThat(files.discardAll(new Filter.All())).isOne();

    assertThat(files.trashed(new Filter.All())).isEmpty();
    assertThat(directory.resolve("data/trash")).isEmptyDirectory();
  }

  @Test
  void a_taken_name_is_refused_replaced_or_numbered_as_asked() throws Exception {
    DocumentId first = upload("a.txt", "One.", OnConflict.FAIL).id();
    assertThatThrownBy(() -> upload("a.txt", "Two.", OnConflict.FAIL))
        .isInstanceOf(SourceFileException.Exists.class);
    assertThat(upload("a.txt", "Two.", OnConflict.RENAME).path()).isEqualTo("a (2).txt");
    assertThat(upload("a.txt", "Three.", OnConflict.REPLACE).id()).isEqualTo(first);
    until("replaced", () -> ingest.answers("knowledge:a.txt", "Three"));
    until("numbered", () -> ingest.answers("knowledge:a (2).txt", "Two"));
  }

  @Test
  void a_path_that_cannot_stay_inside_is_refused() {
    List<String> paths =
        List.of(
            "",
            "/etc/passwd",
            "../up.txt",
            "a/../../up.txt",
            "a//b.txt",
            "a\\b.txt",
            "C:/x.txt",
            "a\u0000.txt",
            "a\nb.txt",
            "con.txt",
            "sub/NUL",
            "lpt1.md",
            "dot.",
            "space ",
            ".hidden",
            "~$x.docx",
            "x.part",
            "what?.txt",
            "a/./b.txt");

    assertThat(paths)
        .allSatisfy(
            path ->
                assertThatThrownBy(() -> upload(path, "x", OnConflict.FAIL))
                    .as(path)
                    .isInstanceOf(SourceFileException.OutsideSource.class));
  }

  @Test
  void an_over_long_name_and_a_way_through_a_link_are_refused() throws Exception {
    assertThatThrownBy(() -> upload("长".repeat(100) + ".txt", "x", OnConflict.FAIL))
        .isInstanceOf(SourceFileException.OutsideSource.class);
    Files.createSymbolicLink(folder.resolve("out"), samples);
    assertThatThrownBy(() -> upload("out/x.txt", "x", OnConflict.FAIL))
        .isInstanceOf(SourceFileException.OutsideSource.class);
    assertThat(samples.resolve("x.txt")).doesNotExist();
  }

  @Test
  void an_upload_over_the_limit_leaves_nothing_behind() throws Exception {
    assertThatThrownBy(() -> upload("big.txt", "x".repeat((1 << 20) + 1), OnConflict.FAIL))
        .isInstanceOf(SourceFileException.TooLarge.class);
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void a_read_only_source_takes_no_file() {
    assertThatThrownBy(
            () ->
                ingest
                    .service
                    .files()
                    .store(Optional.of("samples"), "x.txt", bytes("x"), OnConflict.FAIL))
        .isInstanceOf(SourceFileException.ReadOnly.class);
    assertThatThrownBy(
            () ->
                ingest
                    .service
                    .files()
                    .store(Optional.of("none"), "x.txt", bytes("x"), OnConflict.FAIL))
        .isInstanceOf(SourceFileException.NoSuchSource.class);
  }

  @Test
  void a_file_exchanged_while_it_is_read_is_never_a_mixture() throws Exception {
    String one = "one ".repeat(60_000);
    String other = "two ".repeat(60_000);
    Thread swapper =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; i < 200; i++) {
                    try {
                      Path next = directory.resolve("next");
                      Files.writeString(next, i % 2 == 0 ? one : other);
                      Files.move(
                          next, folder.resolve("swap.txt"), StandardCopyOption.REPLACE_EXISTING);
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  }
                });
    List<String> seen = new ArrayList<>();
    while (swapper.isAlive()) {
      seen.add(ingest.answered().getOrDefault("knowledge:swap.txt", ""));
      Thread.sleep(20);
    }
    until(
        "the last exchange",
        () -> {
          seen.add(ingest.answered().getOrDefault("knowledge:swap.txt", ""));
          return seen.getLast().contains("two");
        });
    write("swap.txt", "The last version.");
    until(
        "the last version",
        () -> {
          seen.add(ingest.answered().getOrDefault("knowledge:swap.txt", ""));
          return seen.getLast().equals("The last version.");
        });
    assertThat(seen).noneMatch(text -> text.contains("one") && text.contains("two"));
  }

  @Test
  void a_slow_file_holds_up_no_other() throws Exception {
    write("slow.txt", PlainTextExtractor.HELD + " and steady.");
    until("slow begun", () -> ingest.extractor.held() == 1);
    write("quick.txt", "Quick and done.");
    until("quick", () -> ingest.answers("knowledge:quick.txt", "Quick"));
    assertThat(ingest.answers("knowledge:slow.txt", "steady")).isFalse();
    ingest.extractor.letGo();
    until("slow", () -> ingest.answers("knowledge:slow.txt", "steady"));
  }

  private void awaitStable(String path) throws Exception {
    until(
        path + " known and stable",
        () -> catalog.ledger().at("knowledge", path).filter(file -> !file.unstable()).isPresent());
  }

  @Test
  void a_paused_service_reads_nothing_until_it_goes_on() throws Exception {
    sampleIndexed();
    ingest.service.pause();
    write("a.txt", "Wait for it.");
    awaitStable("a.txt");
    int claims = ledger.claims();
    // Workers are woken when a file is stable: whoever reads asks for it before the next has.
    for (String next : List.of("b.txt", "c.txt")) {
      write(next, "Wait for it too.");
      awaitStable(next);
    }
    assertThat(ledger.claims()).as("asked for during the pause").isEqualTo(claims);
    assertThat(ingest.ledger.queue().paused()).isTrue();
    assertThat(ingest.answers("knowledge:a.txt", "Wait")).isFalse();
    ingest.service.resume();
    until("read", () -> ingest.answers("knowledge:a.txt", "Wait"));
  }

  @Test
  void sources_inside_each_other_are_refused_with_both_names() {
    assertThatThrownBy(
            () ->
                SourceConfig.checkTogether(
                    List.of(
                        SourceConfig.of("all", folder),
                        SourceConfig.of("part", folder.resolve("part")))))
        .hasMessageContaining("part")
        .hasMessageContaining("lies inside the source all");
  }
}
