package dev.zhiku.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.SourceRecord;
import dev.zhiku.ingest.outcome.Reason;
import dev.zhiku.ingest.outcome.ReasonCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that are hard to keep, and things in a folder that are no files. */
@Tag("long")
class NamesAndLinksIT {
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir private Path directory;
  private Path folder;
  private OneFolder service;
  private RunningIngest ingest;

  @BeforeEach
  void start() throws Exception {
    service = new OneFolder(directory);
    folder = service.folder;
    ingest = service.ingest;
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private static List<String> usable() {
    List<String> names = new ArrayList<>();
    for (String name : List.of("café.txt", "Ångström.txt", "한국어.txt", "が行.txt", "naïve.txt")) {
      names.add(Normalizer.normalize(name, Normalizer.Form.NFC));
      names.add(Normalizer.normalize(name, Normalizer.Form.NFD));
    }
    names.addAll(
        List.of(
            "😀.txt",
            "👩‍👩‍👧‍👦 family.txt",
            "🇨🇳.txt",
            "年假制度.txt",
            "繁體字.txt",
            "𠮷野家.txt",
            "a b.txt",
            " leading.txt",
            "trailing .txt",
            "dot..txt",
            "dots...",
            "noextension",
            "UPPER.TXT",
            "-dash.txt",
            "--option.txt",
            "a'b.txt",
            "a\"b.txt",
            "a\\b.txt",
            "a:b.txt",
            "a*b.txt",
            "a?b.txt",
            "a<b>.txt",
            "a|b.txt",
            "100%.txt",
            "%41.txt",
            "a&b;c.txt",
            "a#b.txt",
            "a+b=c.txt",
            "a,b.txt",
            "(1).txt",
            "[1].txt",
            "{1}.txt",
            "$HOME.txt",
            "`x`.txt",
            "CON.txt",
            "nul",
            "aux.md",
            "عربى.txt",
            "עברית.txt",
            "हिन्दी.txt",
            "ไทย.txt",
            "x".repeat(251) + ".txt",
            "长".repeat(83) + ".txt"));
    return names;
  }

  /** Written by a shell, for Java cannot spell them. */
  private void raw(String name) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("sh", "-c", "printf raw > \"$(printf '" + name + "')\"")
            .directory(folder.toFile())
            .start();
    assumeTrue(shell.waitFor() == 0, "this file system takes no name like " + name);
  }

  @Test
  void sixty_names_are_indexed_or_skipped_with_a_reason() throws Exception {
    assumeTrue(
        System.getProperty("sun.jnu.encoding", "").equals("UTF-8"), "names are not UTF-8 here");
    List<String> usable = usable();
    for (String name : usable) {
      Files.writeString(folder.resolve(name), "Text of " + name);
    }
    List<String> unusable =
        List.of(
            "new\\nline.txt",
            "tab\\tstop.txt",
            "bell\\007.txt",
            "latin\\351.txt",
            "\\377\\376",
            "gbk\\304\\352\\274\\331.txt",
            "esc\\033[31m.txt",
            "c1-nel\\302\\205.txt",
            "c1-csi\\302\\233.txt",
            "rtlo\\342\\200\\256gnp.exe",
            "zero\\342\\200\\213width.txt",
            "line\\342\\200\\250separator.txt",
            "tag\\363\\240\\201\\201.txt",
            "joiner\\342\\200\\215.txt",
            "q\\001q.txt",
            "q%%01q.txt");
    for (String name : unusable) {
      raw(name);
    }
    int all = usable.size() + unusable.size();
    assertThat(all).isGreaterThanOrEqualTo(60);

    RunningIngest.await(
        all + " names",
        LONG,
        () ->
            ingest.counts().indexed() == usable.size()
                && ingest.counts().skipped() == unusable.size());
    assertThat(ingest.counts().total()).isEqualTo(all);
    for (String name : usable) {
      assertThat(ingest.answers("knowledge:" + name, "Text of ")).as(name).isTrue();
    }
    List<CatalogEntry> skipped =
        ingest.listed().stream().filter(entry -> entry.state() == State.SKIPPED).toList();
    assertThat(skipped).hasSize(unusable.size());
    assertThat(skipped)
        .allSatisfy(
            entry -> {
              assertThat(entry.reason()).map(Reason::code).contains(ReasonCode.UNUSABLE_NAME);
              assertThat(entry.path()).matches("[\\x20-\\x7e]+");
            });
    assertThat(skipped).extracting(CatalogEntry::path).contains("q%01q.txt", "q%2501q.txt");
    lookAgain();
    assertThat(ingest.counts().total()).as("the next look finds the same").isEqualTo(all);
    assertThat(ingest.extractor.files()).isEqualTo(usable.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\\302\\205b.txt",
        "x\\342\\200\\256gnp.exe",
        "q\\001q.txt",
        "q%%01q.txt",
        "latin\\351.txt"
      })
  void the_watch_outlives_a_name_that_comes_changes_and_goes(String name) throws Exception {
    Files.writeString(folder.resolve("before.txt"), "Written before.");
    RunningIngest.await("before", LONG, () -> ingest.counts().indexed() == 1);

    raw(name);
    RunningIngest.await("skipped", LONG, () -> ingest.counts().skipped() == 1);
    raw(name);
    lookAtEverythingWritten("after.txt");
    assertThat(ingest.counts().skipped()).as("one row, as often as it is looked at").isEqualTo(1);

    Process shell =
        new ProcessBuilder("sh", "-c", "rm \"$(printf '" + name + "')\"")
            .directory(folder.toFile())
            .start();
    assertThat(shell.waitFor()).isZero();
    RunningIngest.await("gone", LONG, () -> ingest.counts().skipped() == 0);
    lookAtEverythingWritten("at-last.txt");
  }

  private void lookAtEverythingWritten(String name) throws Exception {
    Files.writeString(folder.resolve(name), "Written as " + name);
    RunningIngest.await(
        name, LONG, () -> ingest.answers("knowledge:" + name, "Written as " + name));
  }

  private void lookAgain() throws Exception {
    Optional<Instant> before = lastLook();
    ingest.service.confirm("knowledge");
    RunningIngest.await("the next look", LONG, () -> !lastLook().equals(before));
  }

  private Optional<Instant> lastLook() {
    return ingest.ledger.source("knowledge").flatMap(SourceRecord::lastScanAt);
  }

  @Test
  void a_path_of_many_folders_is_read_and_one_that_is_too_deep_is_skipped() throws Exception {
    Path deep = folder;
    for (int i = 0; i < 90; i++) {
      deep = Files.createDirectory(deep.resolve("d" + i));
    }
    Files.writeString(deep.resolve("deep.txt"), "Deep down.");
    Path deeper = deep;
    for (int i = 0; i < 20; i++) {
      deeper = Files.createDirectory(deeper.resolve("e" + i));
    }
    Files.writeString(deeper.resolve("deeper.txt"), "Too deep.");
    String path = folder.relativize(deep).resolve("deep.txt").toString();

    RunningIngest.await("deep", LONG, () -> ingest.answers("knowledge:" + path, "Deep down"));
    RunningIngest.await("deeper", LONG, () -> ingest.counts().skipped() == 1);
    assertThat(ingest.answered()).hasSize(1);
  }

  @Test
  void links_and_devices_are_skipped_with_their_reason_and_loops_end() throws Exception {
    Path outside = Files.writeString(directory.resolve("secret.txt"), "Not to be seen.");
    Path other = Files.createDirectories(directory.resolve("other/department"));
    Files.writeString(other.resolve("theirs.txt"), "Not to be seen either.");
    Files.createDirectories(folder.resolve("sub"));
    Files.writeString(folder.resolve("sub/own.txt"), "To be seen.");
    Files.createSymbolicLink(folder.resolve("passwd"), Path.of("/etc/passwd"));
    Files.createSymbolicLink(folder.resolve("secret.txt"), outside);
    Files.createSymbolicLink(folder.resolve("other"), other);
    Files.createSymbolicLink(folder.resolve("sub/loop"), folder);
    Files.createSymbolicLink(folder.resolve("self"), folder.resolve("self"));
    Files.createSymbolicLink(folder.resolve("zero"), Path.of("/dev/zero"));
    Files.createSymbolicLink(folder.resolve("inside.txt"), folder.resolve("sub/own.txt"));
    assertThat(new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start().waitFor())
        .isZero();

    RunningIngest.await(
        "all seen", LONG, () -> ingest.counts().skipped() == 8 && ingest.counts().indexed() == 1);
    assertThat(ingest.answered()).containsOnlyKeys("knowledge:sub/own.txt");
    assertThat(code("pipe")).contains(ReasonCode.NOT_A_REGULAR_FILE);
    assertThat(code("sub/loop")).contains(ReasonCode.LINK);
    assertThat(code("inside.txt")).contains(ReasonCode.LINK);
    for (String name : List.of("passwd", "secret.txt", "other", "self", "zero")) {
      assertThat(code(name)).as(name).contains(ReasonCode.LINK_OUTSIDE_SOURCE);
    }
  }

  private Optional<ReasonCode> code(String path) {
    return ingest.entry("knowledge", path).flatMap(CatalogEntry::reason).map(Reason::code);
  }

  @Test
  void a_hard_link_is_a_file_of_its_own_and_costs_no_embedding() throws Exception {
    Path first = Files.writeString(folder.resolve("first.txt"), "One text, two names.");
    RunningIngest.await("first", LONG, () -> ingest.counts().indexed() == 1);
    Files.createLink(folder.resolve("second.txt"), first);
    RunningIngest.await("second", LONG, () -> ingest.answers("knowledge:second.txt", "two names"));

    assertThat(ingest.answers("knowledge:first.txt", "two names")).isTrue();
    assertThat(ingest.meter.embedded()).isEqualTo(1);
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void a_hard_link_to_a_file_outside_is_told_with_the_source() throws Exception {
    Path outside = Files.writeString(directory.resolve("payroll.txt"), "Not of this folder.");
    Files.writeString(folder.resolve("own.txt"), "Of this folder.");
    Files.createLink(folder.resolve("hard-out.txt"), outside);
    RunningIngest.await("both", LONG, () -> ingest.counts().indexed() == 2);
    lookAgain();

    Phrase detail = ingest.ledger.source("knowledge").orElseThrow().detail();
    assertThat(detail.english()).contains("hard links): 1, the first is hard-out.txt");
    assertThat(detail.chinese()).contains("硬链接", "hard-out.txt");
  }
}
