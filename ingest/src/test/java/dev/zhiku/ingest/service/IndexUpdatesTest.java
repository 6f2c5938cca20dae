package dev.zhiku.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.testing.ForwardingIndex;
import dev.zhiku.index.testing.InMemoryKnowledgeIndex;
import dev.zhiku.ingest.testing.CatalogFixture;
import dev.zhiku.ingest.work.CommitGroup;
import dev.zhiku.ingest.work.WorkSignal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Renames while the same documents are being stored. */
class IndexUpdatesTest {
  private static final DocumentId ID = DocumentId.random();

  private final InMemoryKnowledgeIndex stored = new InMemoryKnowledgeIndex();
  private CatalogFixture fixture;

  @BeforeEach
  void open(@TempDir Path directory) {
    fixture = CatalogFixture.open(directory);
  }

  @AfterEach
  void close() {
    stored.close();
    fixture.close();
  }

  /** A worker's version is accepted after each look and before each other write. */
  private final class OvertakenIndex extends ForwardingIndex {
    private final DocumentMeta newer;

    OvertakenIndex(DocumentMeta newer) {
      super(stored);
      this.newer = newer;
    }

    @Override
    public void describe(DocumentId document, UnaryOperator<DocumentMeta> change)
        throws InterruptedException {
      stored.replace(newer, List.of());
      super.describe(document, change);
    }
  }

  private static DocumentMeta version(String path, String digit) {
    return new DocumentMeta(
        ID,
        "files",
        path,
        "text/plain",
        3,
        Instant.parse("2026-03-01T08:00:00Z"),
        digit.repeat(64),
        "now",
        Set.of());
  }

  @Test
  void a_rename_keeps_the_hash_of_the_version_that_a_worker_stores_meanwhile() throws Exception {
    stored.replace(version("old.txt", "a"), List.of());
    KnowledgeIndex index = new OvertakenIndex(version("old.txt", "b"));
    CommitGroup group = new CommitGroup(index, fixture.ledger(), 1);

    new IndexUpdates(index, group, new WorkSignal()).moved(ID, "new.txt");

    try (KnowledgeIndex.Snapshot snapshot = stored.snapshot()) {
      assertThat(snapshot.documents()).containsExactly(version("new.txt", "b"));
    }
  }
}
