package dev.zhiku.ingest.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.KnowledgeIndex.Snapshot;
import dev.zhiku.index.testing.InMemoryKnowledgeIndex;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.testing.CatalogFixture;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
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
