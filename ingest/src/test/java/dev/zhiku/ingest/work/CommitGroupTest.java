package dev.zhiku.ingest.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.IndexException;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import dev.zhiku.index.testing.InMemoryKnowledgeIndex;
import dev.zhiku.ingest.catalog.Claim;
import dev.zhiku.ingest.catalog.ClaimResult;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.FileStamp;
import dev.zhiku.ingest.testing.CatalogFixture;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitGroupTest {
  private final InMemoryKnowledgeIndex index = new InMemoryKnowledgeIndex();
  private CatalogFixture fixture;
  private DocumentLedger ledger;

  @BeforeEach
  void open(@TempDir Path directory) throws InterruptedException {
    fixture = CatalogFixture.open(directory);
    ledger = fixture.ledger();
    index.commit(4);
    ledger.recordResults(4, List.of());
  }

  @AfterEach
  void close() {
    index.close();
    fixture.close();
  }

  @Test
  void each_commit_is_one_above_the_one_before_in_both_stores() throws Exception {
    CommitGroup group = new CommitGroup(index, ledger, epochOfIndex());
    commit(group);
    commit(group);

    assertThat(epochOfIndex()).isEqualTo(6);
    assertThat(ledger.epoch()).isEqualTo(6);
  }

  @Test
  void however_often_a_kill_comes_between_the_stores_they_are_one_commit_apart() throws Exception {
    for (int kill = 0; kill < 3; kill++) {
      killedBeforeTheCatalogueWasTold();

      assertThat(epochOfIndex()).isEqualTo(5);
      assertThat(ledger.epoch()).isEqualTo(4);
    }
    commit(new CommitGroup(index, ledger, epochOfIndex()));

    assertThat(epochOfIndex()).isEqualTo(5);
    assertThat(ledger.epoch()).isEqualTo(5);
  }

  @Test
  void an_index_that_lost_commits_goes_on_above_what_the_catalogue_knows() throws Exception {
    ledger.recordResults(9, List.of());
    CommitGroup group = new CommitGroup(index, ledger, epochOfIndex());

    assertThat(group.isAhead()).isTrue();
    commit(group);

    assertThat(epochOfIndex()).isEqualTo(10);
    assertThat(group.isAhead()).isFalse();
  }

  @Test
  void a_result_put_in_while_a_commit_failed_is_handed_back_with_the_batch() throws Exception {
    FailingIndex failing = new FailingIndex(index);
    CommitGroup group = new CommitGroup(failing.index(), ledger, epochOfIndex());
    Claim batch = claim("batch.txt");
    Claim late = claim("late.txt");
    assertThat(group.add(unchanged(batch), group.failures())).isTrue();
    failing.atNextCommit(() -> group.add(unchanged(late), group.failures()));

    assertThatThrownBy(group::commit)
        .isInstanceOfSatisfying(
            CommitGroup.NotCommitted.class,
            e -> assertThat(e.claims()).containsExactly(batch, late));

    assertThat(group.commit())
        .hasValueSatisfying(committed -> assertThat(committed.results()).isEmpty());
  }

  @Test
  void a_change_older_than_a_failed_commit_is_not_recorded_by_a_later_one() throws Exception {
    FailingIndex failing = new FailingIndex(index);
    CommitGroup group = new CommitGroup(failing.index(), ledger, epochOfIndex());
    long beforeTheChange = group.failures();
    failing.atNextCommit(() -> {});
    group.touch();
    assertThatThrownBy(group::commit).isInstanceOf(CommitGroup.NotCommitted.class);

    assertThat(group.add(unchanged(claim("old.txt")), beforeTheChange)).isFalse();
    assertThat(group.add(unchanged(claim("new.txt")), group.failures())).isTrue();
    assertThat(group.commit())
        .hasValueSatisfying(committed -> assertThat(committed.results()).hasSize(1));
  }

  @Test
  void a_removal_taken_back_by_a_failed_commit_is_made_again() throws Exception {
    FailingIndex failing = new FailingIndex(index);
    CommitGroup group = new CommitGroup(failing.index(), ledger, epochOfIndex());
    failing.atNextCommit(() -> {});
    failing.atNextRemoval(
        () -> {
          group.touch();
          assertThatThrownBy(group::commit).isInstanceOf(CommitGroup.NotCommitted.class);
        });

    group.remove(DocumentId.random());

    assertThat(failing.removals).isEqualTo(2);
    assertThat(group.commit())
        .hasValueSatisfying(committed -> assertThat(committed.results()).hasSize(1));
  }

  private static Claim claim(String path) {
    return new Claim(
        DocumentId.random(), "knowledge", path, new FileStamp(1, Instant.EPOCH, ""), 1, 1);
  }

  private static ClaimResult unchanged(Claim claim) {
    return new ClaimResult.Unchanged(
        claim, claim.stamp(), "text/plain", "0".repeat(64), "fingerprint", 1, Instant.EPOCH);
  }

  private static void commit(CommitGroup group) throws InterruptedException {
    group.touch();
    assertThat(group.commit()).isPresent();
  }

  /** The order is what counts here: the index has it, and the catalogue never hears of it. */
  private void killedBeforeTheCatalogueWasTold() throws InterruptedException {
    CommitGroup group = new CommitGroup(index, new Deaf(ledger).ledger(), epochOfIndex());
    group.touch();
    try {
      group.commit();
    } catch (CommitGroup.NotCommitted e) {
      assertThat(e).hasMessage("killed");
    }
  }

  private long epochOfIndex() throws InterruptedException {
    try (Snapshot snapshot = index.snapshot()) {
      return snapshot.epoch();
    }
  }

  private interface Step {
    void take() throws InterruptedException;
  }

  /** An index whose next commit fails after a step of the test's. */
  private static final class FailingIndex {
    private final KnowledgeIndex real;
    private Optional<Step> failing = Optional.empty();
    private Optional<Step> afterRemoval = Optional.empty();
    private int removals;

    FailingIndex(KnowledgeIndex real) {
      this.real = real;
    }

    void atNextCommit(Step step) {
      failing = Optional.of(step);
    }

    void atNextRemoval(Step step) {
      afterRemoval = Optional.of(step);
    }

    KnowledgeIndex index() {
      return (KnowledgeIndex)
          Proxy.newProxyInstance(
              KnowledgeIndex.class.getClassLoader(),
              new Class<?>[] {KnowledgeIndex.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("commit") && failing.isPresent()) {
                  Step step = failing.get();
                  failing = Optional.empty();
                  step.take();
                  throw new IndexException.WriteFailed("Commit", new IOException("disk full"));
                }
                Object result = method.invoke(real, arguments);
                if (method.getName().equals("remove")) {
                  removals++;
                  Optional<Step> step = afterRemoval;
                  afterRemoval = Optional.empty();
                  if (step.isPresent()) {
                    step.get().take();
                  }
                }
                return result;
              });
    }
  }

  /** A catalogue whose process dies before it records the results. */
  private record Deaf(DocumentLedger real) {
    DocumentLedger ledger() {
      return (DocumentLedger)
          Proxy.newProxyInstance(
              DocumentLedger.class.getClassLoader(),
              new Class<?>[] {DocumentLedger.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("recordResults")) {
                  throw new IllegalStateException("killed");
                }
                return method.invoke(real, arguments);
              });
    }
  }
}
