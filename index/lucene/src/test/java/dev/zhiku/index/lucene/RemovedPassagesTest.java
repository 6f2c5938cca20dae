package dev.zhiku.index.lucene;

import static dev.zhiku.index.testing.TestDocuments.document;
import static dev.zhiku.index.testing.TestDocuments.passages;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RemovedPassagesTest {
  private static final String MARKER = "quexalote";

  @TempDir private Path folder;

  /** Places in files, removed passages included, in which the marker stands. */
  private int traces() throws IOException {
    int traces = 0;
    try (FSDirectory directory = FSDirectory.open(folder);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      for (LeafReaderContext leaf : reader.leaves()) {
        for (FieldInfo field : leaf.reader().getFieldInfos()) {
          Terms terms = leaf.reader().terms(field.name);
          TermsEnum each = terms == null ? TermsEnum.EMPTY : terms.iterator();
          for (BytesRef term = each.next(); term != null; term = each.next()) {
            traces += term.utf8ToString().contains(MARKER) ? 1 : 0;
          }
        }
        for (int doc = 0; doc < leaf.reader().maxDoc(); doc++) {
          String stored = leaf.reader().storedFields().document(doc).toString();
          traces += stored.contains(MARKER) ? 1 : 0;
        }
      }
    }
    return traces;
  }

  @Test
  void what_was_removed_is_counted_until_the_files_are_rewritten() throws Exception {
    DocumentMeta kept = document("kept.txt");
    DocumentMeta gone = document("gone.txt");
    try (LuceneKnowledgeIndex index = LuceneKnowledgeIndex.open(folder, LuceneSettings.DEFAULT)) {
      index.replace(kept, passages(kept, "one", "two", "three"));
      index.replace(gone, passages(gone, MARKER, "and another"));
      index.commit(1);
      assertThat(index.left(gone.id())).isZero();
      index.remove(gone.id());
      index.commit(2);
      assertThat(index.left(gone.id())).isEqualTo(3);
      assertThat(traces()).isPositive();

      index.expunge();

      assertThat(index.left(gone.id())).isZero();
      assertThat(index.left(kept.id())).isZero();
      assertThat(traces()).isZero();
      try (Snapshot seen = index.snapshot()) {
        assertThat(seen.epoch()).isEqualTo(2);
        assertThat(seen.passageCount(kept.id())).isEqualTo(3);
      }
      index.commit(3);
    }
    try (LuceneKnowledgeIndex index = LuceneKnowledgeIndex.open(folder, LuceneSettings.DEFAULT)) {
      assertThat(index.left(gone.id())).isZero();
      assertThat(traces()).isZero();
    }
  }

  @Test
  void changes_and_questions_go_on_while_files_are_rewritten() throws Exception {
    try (LuceneKnowledgeIndex index = LuceneKnowledgeIndex.open(folder, LuceneSettings.DEFAULT)) {
      DocumentMeta gone = document("gone.txt");
      index.replace(gone, passages(gone, MARKER));
      index.commit(1);
      index.remove(gone.id());
      AtomicBoolean going = new AtomicBoolean(true);
      Thread changing =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (int i = 0; going.get(); i++) {
                        DocumentMeta other = document("other" + i % 20 + ".txt");
                        index.replace(other, passages(other, "words " + i));
                      }
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
      for (int i = 0; i < 5; i++) {
        index.expunge();
        assertThat(index.left(gone.id())).isZero();
      }
      going.set(false);
      changing.join();
      index.commit(2);
      assertThat(traces()).isZero();
      try (Snapshot seen = index.snapshot()) {
        assertThat(seen.stats().documents()).isPositive();
      }
    }
  }
}
