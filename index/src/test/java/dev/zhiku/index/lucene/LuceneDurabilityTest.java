package dev.zhiku.index.lucene;

import static dev.zhiku.index.testing.TestDocuments.document;
import static dev.zhiku.index.testing.TestDocuments.passages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.IndexException.IndexCorrupt;
import dev.zhiku.index.IndexException.IndexLocked;
import dev.zhiku.index.IndexException.IndexTooNew;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LuceneDurabilityTest {
  @TempDir private Path folder;

  private LuceneKnowledgeIndex open() {
    return LuceneKnowledgeIndex.open(folder, LuceneSettings.DEFAULT);
  }

  @Test
  void an_index_reopens_at_its_last_commit() throws Exception {
    DocumentMeta kept = document("kept.txt");
    DocumentMeta lost = document("lost.txt");
    try (KnowledgeIndex index = open()) {
      index.replace(kept, passages(kept, "committed"));
      index.commit(41);
      index.replace(lost, passages(lost, "never committed"));
      index.replace(kept, passages(kept, "changed in vain"));
    }
    try (KnowledgeIndex index = open();
        Snapshot seen = index.snapshot()) {
      assertThat(seen.epoch()).isEqualTo(41);
      assertThat(seen.documents()).containsExactly(kept);
      assertThat(seen.passages(kept.id(), 0, 9))
          .extracting(p -> p.text())
          .containsExactly("committed");
      assertThat(seen.stats().sizeBytes()).isPositive();
    }
  }

  @Test
  void a_second_opening_is_refused_and_the_first_is_unharmed() throws Exception {
    try (KnowledgeIndex index = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(IndexLocked.class)
          .hasMessageContaining(folder.toString());
      index.commit(1);
    }
    open().close();
  }

  @Test
  void a_lock_file_left_behind_does_not_matter() throws Exception {
    try (KnowledgeIndex index = open()) {
      DocumentMeta note = document("note.txt");
      index.replace(note, passages(note, "some words"));
      index.commit(1);
    }
    Files.writeString(folder.resolve("write.lock"), "left");
    try (KnowledgeIndex index = open();
        Snapshot seen = index.snapshot()) {
      assertThat(seen.epoch()).isEqualTo(1);
    }
  }

  @Test
  void a_newer_format_is_refused_and_left_alone() throws Exception {
    open().close();
    try (FSDirectory directory = FSDirectory.open(folder);
        IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      writer.setLiveCommitData(Map.of("epoch", "5", "format", "99").entrySet());
      writer.commit();
    }
    assertThatThrownBy(this::open)
        .isInstanceOf(IndexTooNew.class)
        .hasRootCauseMessage("its format is 99");
    assertThatThrownBy(this::open).isInstanceOf(IndexTooNew.class);
  }

  @Test
  void an_index_whose_commit_is_cut_or_missing_is_not_opened() throws Exception {
    DocumentMeta note = document("note.txt");
    try (KnowledgeIndex index = open()) {
      index.replace(note, passages(note, "some words", "more words"));
      index.commit(1);
    }
    for (Path file : files().filter(f -> f.toString().contains("segments_")).toList()) {
      byte[] whole = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(whole, whole.length / 2));
      assertThatThrownBy(this::open).as("%s cut", file).isInstanceOf(IndexCorrupt.class);
      Files.delete(file);
      assertThatThrownBy(this::open).as("%s missing", file).isInstanceOf(IndexCorrupt.class);
      Files.write(file, whole);
    }
    open().close();
  }

  private Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList().stream();
    }
  }

  @Test
  void storms_of_interrupts_do_not_break_the_writer() throws Exception {
    DocumentMeta note = document("note.txt");
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger interrupted = new AtomicInteger();
    AtomicInteger epochs = new AtomicInteger();
    try (KnowledgeIndex index = open();
        ExecutorService tasks = Executors.newCachedThreadPool()) {
      List<Future<?>> callers =
          IntStream.range(0, 3)
              .<Future<?>>mapToObj(
                  i -> tasks.submit(() -> workUntil(done, index, note, epochs, interrupted)))
              .toList();
      Random random = new Random(1);
      while (interrupted.get() < 200 && callers.stream().noneMatch(Future::isDone)) {
        WorkingThreads.interruptOne(random);
      }
      done.set(true);
      for (Future<?> caller : callers) {
        caller.get();
      }
      index.replace(note, passages(note, "after the storm"));
      index.commit(1_000_000);
    }
    try (KnowledgeIndex index = open();
        Snapshot seen = index.snapshot()) {
      assertThat(seen.epoch()).isEqualTo(1_000_000);
      assertThat(seen.passages(note.id(), 0, 9)).hasSize(1);
    }
  }

  private static void workUntil(
      AtomicBoolean done,
      KnowledgeIndex index,
      DocumentMeta note,
      AtomicInteger epochs,
      AtomicInteger interrupted) {
    WorkingThreads.enter();
    while (!done.get()) {
      try {
        index.replace(note, passages(note, "one", "two"));
        commitNext(index, epochs);
        try (Snapshot seen = index.snapshot()) {
          assertThat(seen.passages(note.id(), 0, 9)).hasSize(2);
        }
      } catch (InterruptedException e) {
        interrupted.incrementAndGet();
      }
    }
    WorkingThreads.leave();
  }

  private static void commitNext(KnowledgeIndex index, AtomicInteger epochs)
      throws InterruptedException {
    synchronized (epochs) {
      index.commit(epochs.incrementAndGet());
    }
  }
}
