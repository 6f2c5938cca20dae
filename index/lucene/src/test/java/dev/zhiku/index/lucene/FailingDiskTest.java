package dev.zhiku.index.lucene;

import static dev.zhiku.index.testing.TestDocuments.document;
import static dev.zhiku.index.testing.TestDocuments.passages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.IndexException.WriteFailed;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.apache.lucene.store.MMapDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FailingDiskTest {
  private final DocumentMeta kept = document("kept.txt");
  private final DocumentMeta late = document("late.txt");
  private FailingDirectory disk;
  private LuceneKnowledgeIndex index;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException, InterruptedException {
    disk = new FailingDirectory(new MMapDirectory(folder));
    index = LuceneKnowledgeIndex.over(folder, disk, LuceneSettings.DEFAULT, FieldBoosts.DEFAULT);
    index.replace(kept, passages(kept, "kept text"));
    index.commit(1);
  }

  @AfterEach
  void close() {
    index.close();
  }

  @Test
  void a_full_disk_fails_the_commit_and_questions_are_still_answered() throws Exception {
    index.replace(late, passages(late, "late text"));
    disk.setFreeBytes(0);

    assertThatThrownBy(() -> index.commit(2))
        .isInstanceOf(WriteFailed.class)
        .hasMessageContaining("No space left on device");
    assertSees(kept);

    disk.setFreeBytes(Long.MAX_VALUE);
    index.replace(late, passages(late, "late text"));
    index.commit(2);
    assertSees(kept, late);
  }

  @Test
  void what_a_full_disk_lost_before_a_commit_is_reported_by_that_commit() throws Exception {
    index.replace(late, passages(late, "late text"));
    disk.setFreeBytes(0);
    assertSees(kept);
    disk.setFreeBytes(Long.MAX_VALUE);

    assertThatThrownBy(() -> index.commit(2)).isInstanceOf(WriteFailed.class);
    index.replace(late, passages(late, "late text"));
    index.commit(2);
    assertSees(kept, late);
  }

  @Test
  void a_document_that_does_not_fit_leaves_its_old_version() throws Exception {
    String[] many = IntStream.range(0, 800).mapToObj(i -> "many words " + i).toArray(String[]::new);
    for (int free = 0; free < 100_000; free += 20_000) {
      disk.setFreeBytes(free);
      assertThatThrownBy(() -> replaceAndCommit(many)).isInstanceOf(WriteFailed.class);
      try (Snapshot seen = index.snapshot()) {
        assertThat(seen.stats().passages()).isEqualTo(1);
        assertThat(seen.epoch()).isEqualTo(1);
      }
    }
    disk.setFreeBytes(Long.MAX_VALUE);
    replaceAndCommit(many);
    try (Snapshot seen = index.snapshot()) {
      assertThat(seen.stats().passages()).isEqualTo(800);
    }
  }

  @Test
  void a_failed_sync_is_not_tried_again_on_the_same_files() throws Exception {
    index.replace(late, passages(late, "late text"));
    disk.setSyncs(false);
    assertThatThrownBy(() -> index.commit(2))
        .isInstanceOf(WriteFailed.class)
        .hasMessageContaining("Input/output error");
    disk.setSyncs(true);

    assertSees(kept);
    index.commit(2);
    assertSees(kept);
  }

  private void replaceAndCommit(String... texts) throws InterruptedException {
    index.replace(kept, passages(kept, texts));
    index.commit(2);
  }

  private void assertSees(DocumentMeta... documents) throws InterruptedException {
    try (Snapshot seen = index.snapshot()) {
      assertThat(seen.documents()).containsExactlyInAnyOrder(documents);
    }
  }
}
