package dev.zhiku.index.testing;

import static dev.zhiku.index.testing.TestDocuments.ONE;
import static dev.zhiku.index.testing.TestDocuments.document;
import static dev.zhiku.index.testing.TestDocuments.labelled;
import static dev.zhiku.index.testing.TestDocuments.passages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.IndexException.IndexClosed;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import dev.zhiku.index.Passage;
import dev.zhiku.index.TextHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Contract of every {@link KnowledgeIndex}. Subclasses say how one is made. The parts that it
 * inherits are about documents, found passages and counted words; this one is about snapshots,
 * commits and closing.
 */
public abstract class KnowledgeIndexContract extends CountedWordsContract {
  @Test
  void a_snapshot_of_texts_or_documents_has_what_was_stored_for_them_a_moment_ago()
      throws Exception {
    DocumentMeta kept = document("kept.txt");
    DocumentMeta gone = document("gone.txt");
    index.replace(kept, passages(kept, "first"));
    index.replace(gone, passages(gone, "third"));
    TextHash third = TextHash.of("third");
    try (Snapshot seen = index.snapshotOf(Set.of(), Set.of(third))) {
      assertThat(seen.vectors(ONE, Set.of(third))).containsOnlyKeys(third);
    }
    index.remove(gone.id());
    try (Snapshot seen = index.snapshotOf(Set.of(gone.id()), Set.of())) {
      assertThat(seen.documents()).containsExactly(kept);
    }
    DocumentMeta labelled = labelled(kept, "draft");
    index.describe(kept.id(), stored -> labelled);
    try (Snapshot seen = index.snapshotOf(Set.of(kept.id()), Set.of())) {
      assertThat(seen.documents()).containsExactly(labelled);
    }
    index.replace(gone, passages(gone, "fourth"));
    index.commit(1);
    try (Snapshot seen = index.committedSnapshot()) {
      assertThat(seen.documents()).containsExactlyInAnyOrder(labelled, gone);
    }
  }

  @Test
  void a_snapshot_includes_every_earlier_change_and_no_later_one() throws Exception {
    DocumentMeta note = document("note.txt");
    index.replace(note, passages(note, "old words"));
    try (Snapshot before = index.snapshot()) {
      index.replace(note, passages(note, "new words"));
      index.commit(1);
      try (Snapshot after = index.snapshot()) {
        assertThat(words(after, "new")).hasSize(1);
        assertThat(words(after, "old")).isEmpty();
      }
      assertThat(words(before, "old")).hasSize(1);
      assertThat(words(before, "new")).isEmpty();
      assertThat(before.passages(note.id(), 0, 1))
          .extracting(Passage::text)
          .containsExactly("old words");
    }
  }

  @Test
  void later_snapshots_know_the_epoch_of_the_last_commit() throws Exception {
    index.commit(7);
    try (Snapshot at7 = index.snapshot()) {
      index.commit(8);
      try (Snapshot at8 = index.snapshot()) {
        assertThat(at8.epoch()).isEqualTo(8);
      }
      assertThat(at7.epoch()).isEqualTo(7);
    }
    index.commit(8);
    assertThatThrownBy(() -> index.commit(6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("6")
        .hasMessageContaining("8");
  }

  @Test
  void an_interrupted_caller_stops_and_the_index_goes_on() throws Exception {
    DocumentMeta note = document("note.txt");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> index.replace(note, passages(note, "text")))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();

    index.replace(note, passages(note, "after"));
    index.commit(3);
    try (Snapshot seen = index.snapshot()) {
      assertThat(words(seen, "after")).hasSize(1);
      Thread.currentThread().interrupt();
      assertThatThrownBy(index::snapshot).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void readers_never_see_a_mixture_while_documents_are_replaced() throws Exception {
    DocumentMeta note = document("note.txt");
    index.replace(note, version(note, 0));
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        readers.add(tasks.submit(() -> readUntil(done, note.id())));
      }
      try {
        for (int i = 1; i <= 100; i++) {
          index.replace(note, version(note, i));
          if (i % 25 == 0) {
            index.commit(i);
          }
        }
      } finally {
        done.set(true);
      }
      for (Future<?> reader : readers) {
        reader.get();
      }
    }
  }

  private static List<EmbeddedPassage> version(DocumentMeta note, int version) {
    String[] texts =
        IntStream.rangeClosed(0, version % 5)
            .mapToObj(i -> "version" + version)
            .toArray(String[]::new);
    return passages(note, texts);
  }

  private Void readUntil(AtomicBoolean done, DocumentId note) throws InterruptedException {
    do {
      try (Snapshot seen = index.snapshot()) {
        List<Passage> passages = seen.passages(note, 0, 10);
        String text = passages.getFirst().text();
        int version = Integer.parseInt(text.substring("version".length()));
        assertThat(passages).hasSize(version % 5 + 1).allMatch(p -> p.text().equals(text));
        assertThat(words(seen, text)).hasSize(passages.size());
      }
    } while (!done.get());
    return null;
  }

  @Test
  void a_closed_index_says_so_and_may_be_closed_again() throws Exception {
    Snapshot kept = index.snapshot();
    index.close();
    index.close();
    kept.close();
    kept.close();

    assertThatThrownBy(index::snapshot).isInstanceOf(IndexClosed.class);
    assertThatThrownBy(() -> index.commit(1)).isInstanceOf(IndexClosed.class);
    assertThatThrownBy(() -> kept.passages(DocumentId.random(), 0, 1))
        .isInstanceOf(IndexClosed.class);
  }

  @Test
  void a_snapshot_outlives_its_index() throws Exception {
    DocumentMeta note = document("note.txt");
    index.replace(note, passages(note, "still here"));
    try (Snapshot seen = index.snapshot()) {
      index.close();
      assertThat(words(seen, "still")).hasSize(1);
      assertThat(seen.documents()).containsExactly(note);
    }
  }
}
