package dev.zhiku.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.index.testing.InMemoryKnowledgeIndex;
import dev.zhiku.ingest.catalog.DocumentCatalog.SourceState;
import dev.zhiku.ingest.catalog.SourceRecord;
import dev.zhiku.ingest.source.LookRate;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.source.Standing;
import dev.zhiku.ingest.testing.CatalogFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources that come, rest and go while the service runs. */
class SourcesAtRunTimeIT {
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir private Path directory;
  private Path own;
  private Path share;
  private CatalogFixture catalog;
  private InMemoryKnowledgeIndex index;
  private RunningIngest ingest;

  @BeforeEach
  void begin() throws Exception {
    own = Files.createDirectories(directory.resolve("own"));
    share = Files.createDirectories(directory.resolve("share"));
    Files.writeString(own.resolve("a.txt"), "Ours.");
    catalog = CatalogFixture.open(directory.resolve("db"));
    index = new InMemoryKnowledgeIndex();
    start(List.of(SourceConfig.of("own", own)), Map.of());
  }

  @AfterEach
  void stop() {
    ingest.close();
    index.close();
    catalog.close();
  }

  private void start(List<SourceConfig> sources, Map<String, Standing> standings)
      throws InterruptedException {
    ingest =
        RunningIngest.start(
            sources,
            standings,
            CrashChild.QUICK,
            directory.resolve("data"),
            catalog.ledger(),
            index);
  }

  private void addShare() throws Exception {
    ingest.service.add(SourceConfig.of("share", share));
  }

  private boolean isHeld() {
    return ingest.ledger.source("share").map(SourceRecord::held).orElse(false);
  }

  @Test
  void a_source_that_is_added_is_answered_from_and_watched() throws Exception {
    Files.writeString(share.resolve("b.txt"), "Theirs.");
    addShare();
    RunningIngest.await("added", LONG, () -> ingest.answers("share:b.txt", "Theirs"));

    Files.writeString(share.resolve("b.txt"), "Theirs, changed.");
    RunningIngest.await("changed", LONG, () -> ingest.answers("share:b.txt", "changed"));
    assertThat(ingest.ledger.sources())
        .extracting(SourceState::name)
        .containsExactly("own", "share");
    assertThat(ingest.service.looks("share")).map(LookRate.Looks::byEvents).contains(true);
  }

  @Test
  void one_that_does_not_fit_to_the_others_is_refused_and_changes_nothing() throws Exception {
    Path inside = Files.createDirectories(own.resolve("inside"));

    assertThatThrownBy(() -> ingest.service.add(SourceConfig.of("inside", inside)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("inside");
    assertThatThrownBy(() -> ingest.service.add(SourceConfig.of("own", share)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ingest.ledger.sources()).extracting(SourceState::name).containsExactly("own");
  }

  @Test
  void a_held_source_answers_as_before_and_is_looked_at_again_when_it_is_resumed()
      throws Exception {
    Files.writeString(share.resolve("b.txt"), "Theirs.");
    addShare();
    RunningIngest.await("added", LONG, () -> ingest.answers("share:b.txt", "Theirs"));

    assertThat(ingest.service.stand("share", Standing.HELD)).isTrue();
    Files.delete(share.resolve("b.txt"));
    Files.writeString(share.resolve("c.txt"), "New.");
    Files.writeString(own.resolve("d.txt"), "Ours too.");
    RunningIngest.await("own", LONG, () -> ingest.answers("own:d.txt", "Ours too"));

    assertThat(ingest.answered()).containsKey("share:b.txt").doesNotContainKey("share:c.txt");
    assertThat(ingest.ledger.source("share").orElseThrow().detail().english())
        .contains("held by an administrator");

    ingest.service.stand("share", Standing.WATCHED);
    RunningIngest.await(
        "resumed",
        LONG,
        () ->
            ingest.answers("share:c.txt", "New")
                && !ingest.answered().containsKey("share:b.txt")
                && !isHeld());
  }

  @Test
  void a_source_that_was_held_is_held_after_a_restart_too() throws Exception {
    Files.writeString(share.resolve("b.txt"), "Theirs.");
    addShare();
    RunningIngest.await("added", LONG, () -> ingest.answers("share:b.txt", "Theirs"));
    ingest.service.stand("share", Standing.LEAVING);
    ingest.close();
    Files.writeString(share.resolve("c.txt"), "New.");

    start(
        List.of(SourceConfig.of("own", own), SourceConfig.of("share", share)),
        Map.of("share", Standing.LEAVING));
    Files.writeString(own.resolve("d.txt"), "Ours too.");
    RunningIngest.await("own", LONG, () -> ingest.answers("own:d.txt", "Ours too"));

    assertThat(ingest.answered()).containsKey("share:b.txt").doesNotContainKey("share:c.txt");
    assertThat(isHeld()).isTrue();
  }

  @Test
  void a_removed_source_takes_its_documents_along_and_leaves_its_files_alone() throws Exception {
    Files.writeString(share.resolve("b.txt"), "Theirs.");
    addShare();
    RunningIngest.await("added", LONG, () -> ingest.answers("share:b.txt", "Theirs"));

    assertThat(ingest.service.remove("share")).isEqualTo(OptionalInt.of(1));

    assertThat(ingest.answered()).containsOnlyKeys("own:a.txt");
    assertThat(ingest.ledger.source("share")).isEmpty();
    assertThat(share.resolve("b.txt")).exists();
    assertThat(ingest.service.remove("share")).isEmpty();
    addShare();
    RunningIngest.await("again", LONG, () -> ingest.answers("share:b.txt", "Theirs"));
  }

  @Test
  void an_added_share_that_is_gone_and_back_loses_nothing_and_misses_nothing() throws Exception {
    for (int i = 0; i < 50; i++) {
      Files.writeString(share.resolve("f" + i + ".txt"), "File " + i + ".");
    }
    addShare();
    RunningIngest.await("all", LONG, () -> ingest.counts().indexed() == 51);

    Files.move(share, directory.resolve("away"));
    RunningIngest.await("held", LONG, this::isHeld);
    Files.createDirectories(share);
    Thread.sleep(4 * CrashChild.QUICK.polling().toMillis());
    assertThat(ingest.answered()).hasSize(51);
    Files.delete(share);
    Files.writeString(directory.resolve("away").resolve("new.txt"), "New.");
    Files.move(directory.resolve("away"), share);

    RunningIngest.await("back", LONG, () -> ingest.answers("share:new.txt", "New") && !isHeld());
    assertThat(ingest.answered()).hasSize(52);
    RunningIngest.await("counted", LONG, () -> ingest.counts().indexed() == 52);
  }
}
