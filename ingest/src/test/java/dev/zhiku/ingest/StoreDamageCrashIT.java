package dev.zhiku.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.lucene.IndexGenerations;
import dev.zhiku.index.lucene.LuceneSettings;
import dev.zhiku.index.testing.FileDamage;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.health.IndexPatrol;
import dev.zhiku.ingest.health.StoreHealth.Repair;
import dev.zhiku.ingest.health.StoreHealth.Store;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.testing.CatalogFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * One file of a store is damaged while the service is stopped. At the next start that is found and
 * explained, and what is answered is in the end what the folder holds, as the oracle knows it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreDamageCrashIT {
  private static final long SEED = Long.getLong("zhiku.test.seed", 20_261_120L);
  private static final int FILES = 24;
  private static final Duration REPAIRED_WITHIN = Duration.ofMinutes(2);
  private static final List<FileDamage> KINDS =
      List.of(FileDamage.TRUNCATED, FileDamage.ZEROED, FileDamage.FLIPPED);

  private Path base;
  private Path knowledge;
  private Path whole;
  private FolderOracle oracle;
  private final Random random = new Random(SEED);
  private final Map<String, String> ids = new TreeMap<>();
  private boolean folderChanged;

  @BeforeAll
  void prepareFirst(@TempDir Path directory) throws Exception {
    base = directory;
    prepare();
  }

  /** A service that was stopped in order, with several segments and a refused file. */
  private void prepare() throws Exception {
    System.out.println("seed " + SEED);
    FileUtils.cleanDirectory(base.toFile());
    ids.clear();
    folderChanged = false;
    knowledge = base.resolve("knowledge");
    whole = base.resolve("whole");
    oracle = new FolderOracle(knowledge, SEED);
    Files.writeString(knowledge.resolve("empty.txt"), "");
    try (Stores stores = new Stores(whole)) {
      for (int i = 0; i < FILES; i++) {
        oracle.write("d" + i % 3 + "/f" + i + ".txt");
        if (i % 6 == 5) {
          stores.awaitComplete("filled");
        }
      }
      stores.ingest.listed().forEach(entry -> ids.put(entry.path(), entry.id().value()));
    }
  }

  @AfterEach
  void prepareAgainIfChanged() throws Exception {
    if (folderChanged) {
      prepare();
    }
  }

  /** The stores below a data folder, opened as the service opens them, and the ingest. */
  private final class Stores implements AutoCloseable {
    final IndexGenerations.Opened index;
    final CatalogFixture catalogue;
    final RunningIngest ingest;

    Stores(Path data) throws Exception {
      index = new IndexGenerations(data.resolve("index"), LuceneSettings.DEFAULT).openCurrent();
      try (KnowledgeIndex.Snapshot snapshot = index.index().snapshot()) {
        catalogue = CatalogFixture.open(data.resolve("db"), snapshot.epoch());
      }
      ingest =
          RunningIngest.start(
              List.of(
                  new SourceConfig(
                      "knowledge",
                      knowledge,
                      false,
                      List.of(),
                      List.of(),
                      Duration.ofSeconds(1),
                      false)),
              CrashChild.QUICK,
              data,
              catalogue.ledger(),
              index.index());
      index
          .verified()
          .filter(found -> !found.isSound())
          .ifPresent(
              found ->
                  ingest.health.damaged(Store.INDEX, Instant.now(), IndexPatrol.describe(found)));
    }

    boolean damageFound() {
      return !index.verified().orElseThrow().isSound() || catalogue.damage().isPresent();
    }

    void awaitComplete(String what) throws Exception {
      try {
        RunningIngest.await(what, REPAIRED_WITHIN, this::isComplete);
      } catch (AssertionError e) {
        assertThat(ingest.answered()).as(what).isEqualTo(expected());
        throw new AssertionError(e.getMessage() + " " + ingest.counts() + ingest.listed(), e);
      }
    }

    private boolean isComplete() throws Exception {
      return ingest.counts().pending() == 0
          && ingest.counts().indexed() == oracle.texts().size()
          && ingest.counts().total() == oracle.texts().size() + 1
          && ingest.answered().equals(expected())
          && !ingest.health.isRepairing();
    }

    @Override
    public void close() {
      ingest.close();
      index.index().close();
      catalogue.close();
    }
  }

  private Map<String, String> expected() {
    return oracle.texts().entrySet().stream()
        .collect(Collectors.toMap(file -> "knowledge:" + file.getKey(), Map.Entry::getValue));
  }

  @Test
  void a_few_damaged_index_files_are_found_and_repaired() throws Exception {
    strikeIndex(1);
  }

  @Test
  @Tag("soak")
  void ten_index_files_cut_zeroed_and_flipped_each_are_found_and_repaired() throws Exception {
    strikeIndex(10);
  }

  @Test
  @Tag("soak")
  void a_hundred_index_files_cut_zeroed_and_flipped_each_are_found_and_repaired() throws Exception {
    strikeIndex(100);
  }

  private void strikeIndex(int each) throws Exception {
    strikeEach(
        each,
        data -> FileDamage.anyFile(data.resolve("index/gen-000001"), random),
        (stores, what) -> {
          assertThat(stores.index.damaged().orElseThrow()).as(what).isNotEmptyDirectory();
          assertThat(stores.ingest.health.repairs()).as(what).isNotEmpty();
          assertSameIds(stores, what);
        });
  }

  @Test
  @Tag("crash")
  void a_few_damaged_catalogue_files_are_found_and_repaired() throws Exception {
    strikeCatalogue(1);
  }

  @Test
  @Tag("soak")
  void ten_catalogue_files_cut_zeroed_and_flipped_each_are_found_and_repaired() throws Exception {
    strikeCatalogue(10);
  }

  @Test
  @Tag("soak")
  void a_hundred_catalogue_files_cut_zeroed_and_flipped_each_are_found_and_repaired()
      throws Exception {
    strikeCatalogue(100);
  }

  private void strikeCatalogue(int each) throws Exception {
    strikeEach(
        each,
        data -> data.resolve("db/catalog.mv.db"),
        (stores, what) -> {
          assertThat(stores.catalogue.damage().orElseThrow())
              .as(what)
              .startsWith("The catalogue was damaged: ");
          assertThat(stores.ingest.meter.embedded()).as(what + ", embedded again").isZero();
          assertSameIds(stores, what);
        });
  }

  /** Citations go on leading where they led; a file that was refused has no citations. */
  private void assertSameIds(Stores stores, String what) {
    for (CatalogEntry entry : stores.ingest.listed()) {
      if (entry.state() == State.INDEXED) {
        assertThat(entry.id().value()).as(what).isEqualTo(ids.get(entry.path()));
      }
    }
  }

  private interface Choice {
    Path file(Path data) throws IOException;
  }

  private interface Check {
    void after(Stores stores, String what) throws Exception;
  }

  private void strikeEach(int each, Choice choice, Check check) throws Exception {
    Map<FileDamage, Integer> repaired = new EnumMap<>(FileDamage.class);
    for (FileDamage kind : KINDS) {
      while (repaired.getOrDefault(kind, 0) < each) {
        Path data = copy();
        Path file = choice.file(data);
        if (kind.strike(file, random)) {
          String what = kind + " " + data.relativize(file) + " of seed " + SEED;
          repair(data, what, check);
          repaired.merge(kind, 1, Integer::sum);
        }
      }
    }
    System.out.println("found and repaired: " + repaired);
  }

  private void repair(Path data, String what, Check check) throws Exception {
    try (Stores stores = new Stores(data)) {
      assertThat(stores.damageFound()).as(what).isTrue();
      stores.awaitComplete(what);
      check.after(stores, what);
    }
    try (Stores again = new Stores(data)) {
      assertThat(again.damageFound()).as(what + ", at the next start").isFalse();
    }
  }

  private Path copy() throws IOException {
    Path data = base.resolve("data");
    FileUtils.deleteDirectory(data.toFile());
    FileUtils.copyDirectory(whole.toFile(), data.toFile());
    return data;
  }

  @Test
  @Tag("crash")
  void an_older_copy_of_the_catalogue_is_noticed_by_its_epoch() throws Exception {
    Path data = copy();
    changeAll(data);
    restore("db", data);
    try (Stores stores = new Stores(data)) {
      assertThat(stores.catalogue.damage().orElseThrow()).contains("the index at");
      stores.awaitComplete("older catalogue");
      assertThat(stores.ingest.meter.embedded()).isZero();
    }
  }

  @Test
  @Tag("crash")
  void an_older_copy_of_the_index_is_noticed_by_its_epoch() throws Exception {
    Path data = copy();
    changeAll(data);
    restore("index", data);
    try (Stores stores = new Stores(data)) {
      assertThat(stores.ingest.health.repairs()).extracting(Repair::store).contains(Store.INDEX);
      stores.awaitComplete("older index");
    }
  }

  @Test
  @Tag("crash")
  void a_lost_catalogue_is_filled_again_from_the_index() throws Exception {
    Path data = copy();
    FileUtils.deleteDirectory(data.resolve("db").toFile());
    try (Stores stores = new Stores(data)) {
      assertThat(stores.catalogue.damage()).isPresent();
      stores.awaitComplete("lost catalogue");
      assertSameIds(stores, "lost catalogue");
      assertThat(stores.ingest.meter.embedded()).isZero();
    }
    try (Stores again = new Stores(data)) {
      assertThat(again.damageFound()).isFalse();
    }
  }

  @Test
  @Tag("crash")
  void leftovers_of_a_crash_need_nobody() throws Exception {
    Path data = copy();
    Files.writeString(data.resolve("index/gen-000001/write.lock"), "left");
    Files.writeString(data.resolve("index/gen-000001/pending_segments_9"), "half written");
    Files.writeString(data.resolve("index/CURRENT.new"), "gen-0");
    Files.writeString(data.resolve("db/catalog.lock.db"), "left");
    Files.writeString(data.resolve("db/catalog.seal.new"), "half written");
    Files.delete(data.resolve("db/catalog.seal"));
    try (Stores stores = new Stores(data)) {
      assertThat(stores.damageFound()).isFalse();
      stores.awaitComplete("leftovers");
      assertThat(stores.ingest.meter.embedded()).isZero();
    }
  }

  /**
   * After a kill there is no seal: what H2 does not notice the comparison of the stores repairs.
   */
  @Test
  @Tag("crash")
  void a_catalogue_damaged_after_a_crash_is_repaired_all_the_same() throws Exception {
    for (FileDamage kind : KINDS) {
      Path data = copy();
      Files.delete(data.resolve("db/catalog.seal"));
      kind.strike(data.resolve("db/catalog.mv.db"), random);
      try (Stores stores = new Stores(data)) {
        stores.awaitComplete(kind + " after a crash, seed " + SEED);
      }
    }
  }

  private void changeAll(Path data) throws Exception {
    folderChanged = true;
    try (Stores stores = new Stores(data)) {
      for (String path : List.copyOf(oracle.texts().keySet())) {
        oracle.write(path);
        Thread.sleep(20);
      }
      oracle.move(oracle.anyPath(), "moved.txt");
      oracle.delete(oracle.anyPath());
      stores.awaitComplete("changed");
    }
  }

  private void restore(String store, Path data) throws IOException {
    FileUtils.deleteDirectory(data.resolve(store).toFile());
    FileUtils.copyDirectory(whole.resolve(store).toFile(), data.resolve(store).toFile());
  }
}
