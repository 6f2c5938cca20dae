package dev.zhiku.ingest.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.testing.ForwardingIndex;
import dev.zhiku.index.testing.InMemoryKnowledgeIndex;
import dev.zhiku.ingest.catalog.CatalogEntry.Stage;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.Claim;
import dev.zhiku.ingest.catalog.Claim.Lane;
import dev.zhiku.ingest.catalog.Claim.Order;
import dev.zhiku.ingest.catalog.ClaimResult;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.FileChange;
import dev.zhiku.ingest.catalog.FileStamp;
import dev.zhiku.ingest.catalog.KnownFile;
import dev.zhiku.ingest.outcome.Reason;
import dev.zhiku.ingest.outcome.ReasonCode;
import dev.zhiku.ingest.testing.CatalogFixture;
import dev.zhiku.ingest.work.CommitGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only what differs in the same way in two looks is repaired. */
class ThreeWayReconcileTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final String SHA = "a".repeat(64);
  private static final String CURRENT = "now";

  private final InMemoryKnowledgeIndex stored = new InMemoryKnowledgeIndex();
  private CatalogFixture fixture;
  private DocumentLedger ledger;
  private int looks;

  @BeforeEach
  void open(@TempDir Path directory) {
    fixture = CatalogFixture.open(directory);
    ledger = fixture.ledger();
  }

  @AfterEach
  void close() {
    stored.close();
    fixture.close();
  }

  /** What happens while the stores are looked at. */
  private interface Meanwhile {
    void happens() throws InterruptedException;
  }

  /** Lets something happen between the first look and the second. */
  private final class BusyIndex extends ForwardingIndex {
    private final Meanwhile meanwhile;

    BusyIndex(Meanwhile meanwhile) {
      super(stored);
      this.meanwhile = meanwhile;
    }

    @Override
    public Snapshot snapshot() throws InterruptedException {
      looks++;
      if (looks == 2) {
        meanwhile.happens();
      }
      return super.snapshot();
    }
  }

  private void reconcile(Meanwhile meanwhile) throws InterruptedException {
    KnowledgeIndex index = new BusyIndex(meanwhile);
    CommitGroup group = new CommitGroup(index, ledger, 1);
    new ThreeWayReconcile(ledger, index, group, CURRENT::equals, Set.of("files")).run(NOW);
  }

  private void reconcile() throws InterruptedException {
    reconcile(() -> {});
  }

  private static DocumentMeta meta(DocumentId id, String path) {
    return meta(id, path, SHA);
  }

  private static DocumentMeta meta(DocumentId id, String path, String sha256) {
    return new DocumentMeta(id, "files", path, "text/plain", 3, NOW, sha256, CURRENT, Set.of());
  }

  private DocumentId appeared(String path) {
    DocumentId id = DocumentId.random();
    ledger.record(
        List.of(new FileChange.Appeared(id, "files", path, new FileStamp(3, NOW, "k"), true)), NOW);
    return id;
  }

  private DocumentId indexed(String path) {
    DocumentId id = appeared(path);
    record(claim());
    return id;
  }

  private Claim claim() {
    return ledger
        .claim("test", Lane.SMALL, Order.OLDEST_FIRST, NOW, Duration.ofMinutes(1), 1)
        .getFirst();
  }

  private void record(Claim claim) {
    ledger.recordResults(
        1,
        List.of(
            new ClaimResult.Indexed(
                claim,
                claim.stamp(),
                "text/plain",
                SHA,
                CURRENT,
                1,
                0,
                Optional.empty(),
                List.of(),
                NOW,
                Optional.empty())));
  }

  private DocumentId refused(String path, ReasonCode code, String fingerprint) {
    DocumentId id = appeared(path);
    ledger.recordResults(
        1,
        List.of(
            new ClaimResult.NotIndexed(
                claim(),
                State.SKIPPED,
                Stage.DONE,
                "text/plain",
                Optional.of(SHA),
                fingerprint,
                Reason.of(code),
                Optional.empty())));
    return id;
  }

  private State state(DocumentId id) {
    return ledger.find(id).orElseThrow().state();
  }

  private List<DocumentId> inIndex() throws InterruptedException {
    try (KnowledgeIndex.Snapshot snapshot = stored.snapshot();
        Stream<DocumentMeta> documents = snapshot.documents()) {
      return documents.map(DocumentMeta::id).toList();
    }
  }

  @Test
  void stores_that_agree_are_looked_at_once_and_left_alone() throws Exception {
    DocumentId id = indexed("a.txt");
    stored.replace(meta(id, "a.txt"), List.of());

    reconcile();

    assertThat(looks).isEqualTo(1);
    assertThat(state(id)).isEqualTo(State.INDEXED);
  }

  @Test
  void what_the_index_lacks_twice_is_read_again() throws Exception {
    DocumentId id = indexed("a.txt");

    reconcile();

    assertThat(state(id)).isEqualTo(State.PENDING);
  }

  @Test
  void what_is_stored_between_the_looks_is_not_read_again() throws Exception {
    DocumentId id = indexed("a.txt");

    reconcile(() -> stored.replace(meta(id, "a.txt"), List.of()));

    assertThat(looks).isEqualTo(2);
    assertThat(state(id)).isEqualTo(State.INDEXED);
  }

  @Test
  void another_version_in_the_index_is_read_again_though_its_file_is_renamed_between_the_looks()
      throws Exception {
    DocumentId id = indexed("a.txt");
    stored.replace(meta(id, "a.txt", "b".repeat(64)), List.of());

    reconcile(() -> renamed(id, "b.txt"));

    assertThat(state(id)).isEqualTo(State.PENDING);
  }

  @Test
  void a_leftover_goes_though_its_file_is_renamed_between_the_looks() throws Exception {
    DocumentId id = refused("a.doc", ReasonCode.UNSUPPORTED_TYPE, CURRENT);
    stored.replace(meta(id, "a.doc"), List.of());

    reconcile(() -> renamed(id, "b.doc"));

    assertThat(inIndex()).isEmpty();
    assertThat(state(id)).isEqualTo(State.SKIPPED);
  }

  @Test
  void what_was_not_tried_is_tried_though_its_file_is_renamed_between_the_looks() throws Exception {
    DocumentId id = refused("a.doc", ReasonCode.UNSUPPORTED_TYPE, "an older version");

    reconcile(() -> renamed(id, "b.doc"));

    assertThat(state(id)).isEqualTo(State.PENDING);
  }

  @Test
  void a_rename_is_carried_on_with_the_version_that_is_stored_between_the_looks() throws Exception {
    DocumentId id = indexed("new.txt");
    stored.replace(meta(id, "old.txt", "b".repeat(64)), List.of());

    reconcile(() -> stored.replace(meta(id, "old.txt"), List.of()));

    try (KnowledgeIndex.Snapshot snapshot = stored.snapshot()) {
      assertThat(snapshot.documents(Set.of(id)).get(id)).isEqualTo(meta(id, "new.txt"));
    }
  }

  private void renamed(DocumentId id, String path) {
    FileStamp stamp = new FileStamp(3, NOW, "k");
    ledger.record(List.of(new FileChange.Moved(id, path, stamp, stamp)), NOW);
  }

  @Test
  void what_readers_of_another_version_could_not_read_is_tried_again() throws Exception {
    DocumentId before = refused("before.txt", ReasonCode.UNSUPPORTED_TYPE, "an older version");
    DocumentId now = refused("now.txt", ReasonCode.UNSUPPORTED_TYPE, CURRENT);
    DocumentId byName = refused("cloud.txt", ReasonCode.CLOUD_ONLY, "an older version");

    reconcile();

    assertThat(state(before)).isEqualTo(State.PENDING);
    assertThat(state(now)).isEqualTo(State.SKIPPED);
    assertThat(state(byName)).isEqualTo(State.SKIPPED);
  }

  @Test
  void a_file_on_its_way_is_left_to_its_worker() throws Exception {
    appeared("a.txt");
    Claim claim = claim();

    reconcile();

    assertThat(looks).isEqualTo(1);
    assertThat(ledger.holds(claim)).isTrue();
  }

  @Test
  void what_no_row_owns_is_taken_over_unless_its_row_comes_between_the_looks() throws Exception {
    DocumentId lost = DocumentId.random();
    stored.replace(meta(lost, "lost.txt"), List.of());
    DocumentId late = DocumentId.random();
    stored.replace(meta(late, "late.txt"), List.of());

    reconcile(
        () ->
            ledger.record(
                List.of(
                    new FileChange.Appeared(
                        late, "files", "late.txt", new FileStamp(3, NOW, "k"), true)),
                NOW));

    assertThat(state(lost)).isEqualTo(State.INDEXED);
    assertThat(state(late)).isEqualTo(State.PENDING);
    assertThat(inIndex()).containsExactlyInAnyOrder(lost, late);
  }

  @Test
  void a_second_document_at_a_path_is_a_ghost_and_goes() throws Exception {
    DocumentId owner = indexed("a.txt");
    stored.replace(meta(owner, "a.txt"), List.of());
    stored.replace(meta(DocumentId.random(), "a.txt"), List.of());

    reconcile();

    assertThat(inIndex()).containsExactly(owner);
  }

  @Test
  void a_rename_that_reached_only_the_catalogue_is_carried_on() throws Exception {
    DocumentId id = indexed("new.txt");
    stored.replace(meta(id, "old.txt"), List.of());

    reconcile();

    try (KnowledgeIndex.Snapshot snapshot = stored.snapshot()) {
      assertThat(snapshot.documents(Set.of(id)).get(id)).isEqualTo(meta(id, "new.txt"));
    }
  }

  @Test
  void a_removal_that_was_interrupted_is_finished() throws Exception {
    DocumentId id = indexed("a.txt");
    stored.replace(meta(id, "a.txt"), List.of());
    ledger.record(List.of(new FileChange.Vanished(id)), NOW);

    reconcile();

    assertThat(inIndex()).isEmpty();
    assertThat(ledger.at("files", "a.txt").map(KnownFile::id)).isEmpty();
  }
}
