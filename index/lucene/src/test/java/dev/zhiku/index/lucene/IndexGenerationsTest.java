package dev.zhiku.index.lucene;

import static dev.zhiku.index.testing.TestDocuments.document;
import static dev.zhiku.index.testing.TestDocuments.passages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.IndexException.IndexLocked;
import dev.zhiku.index.IndexException.WriteFailed;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import dev.zhiku.index.lucene.IndexGenerations.Opened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IndexGenerationsTest {
  private Path folder;
  private IndexGenerations generations;

  @BeforeEach
  void prepare(@TempDir Path parent) {
    folder = parent.resolve("index");
    generations = new IndexGenerations(folder, LuceneSettings.DEFAULT);
  }

  private static void fill(Opened opened, String path, long epoch) throws InterruptedException {
    try (KnowledgeIndex index = opened.index()) {
      DocumentMeta note = document(path);
      index.replace(note, passages(note, "words"));
      index.commit(epoch);
    }
  }

  private void assertCurrent(int generation, long epoch) throws InterruptedException {
    Opened opened = generations.openCurrent();
    try (KnowledgeIndex index = opened.index();
        Snapshot seen = index.snapshot()) {
      assertThat(opened.generation()).isEqualTo(generation);
      assertThat(opened.damaged()).isEmpty();
      assertThat(seen.epoch()).isEqualTo(epoch);
    }
  }

  @Test
  void the_first_opening_makes_the_first_generation() throws Exception {
    fill(generations.openCurrent(), "note.txt", 3);

    assertThat(folder.resolve("CURRENT")).hasContent("gen-000001\n");
    assertThat(folder.resolve("gen-000001")).isDirectory();
    assertCurrent(1, 3);
  }

  @Test
  void a_new_generation_answers_only_once_it_is_promoted() throws Exception {
    fill(generations.openCurrent(), "old.txt", 3);
    fill(generations.openNext(), "new.txt", 9);
    assertCurrent(1, 3);

    generations.promote(2);
    assertCurrent(2, 9);
    assertThat(generations.deleteOthers()).containsExactly(1);
    assertThat(folder.resolve("gen-000001")).doesNotExist();
    assertCurrent(2, 9);
  }

  @Test
  void a_half_built_generation_is_deleted_without_touching_the_current_one() throws Exception {
    fill(generations.openCurrent(), "old.txt", 3);
    generations.openNext().index().close();

    assertThat(generations.deleteOthers()).containsExactly(2);
    assertCurrent(1, 3);
  }

  @Test
  void only_what_exists_can_be_promoted() throws Exception {
    generations.openCurrent().index().close();

    assertThatThrownBy(() -> generations.promote(7))
        .isInstanceOf(WriteFailed.class)
        .hasMessageContaining("gen-000007");
    assertCurrent(1, 0);
  }

  @Test
  void a_lost_or_senseless_pointer_is_written_again() throws Exception {
    fill(generations.openCurrent(), "note.txt", 3);
    for (String pointer : new String[] {"", "gen-000009\n", "../../etc", "x".repeat(10_000)}) {
      Files.writeString(folder.resolve("CURRENT"), pointer);
      assertCurrent(1, 3);
    }
    Files.delete(folder.resolve("CURRENT"));
    assertCurrent(1, 3);
    assertThat(folder.resolve("CURRENT")).hasContent("gen-000001\n");
  }

  @Test
  void a_damaged_index_is_put_aside_and_an_empty_one_opened() throws Exception {
    for (int time = 1; time <= 2; time++) {
      fill(generations.openCurrent(), "note.txt", 3);
      damage();

      Opened opened = generations.openCurrent();
      try (KnowledgeIndex index = opened.index();
          Snapshot seen = index.snapshot()) {
        assertThat(opened.damaged()).contains(folder.resolve("gen-000001.damaged"));
        assertThat(seen.epoch()).isZero();
        assertThat(seen.documents()).isEmpty();
      }
      assertThat(folder.resolve("gen-000001.damaged")).isNotEmptyDirectory();
    }
  }

  private void damage() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("gen-000001"))) {
      Path commit =
          files
              .filter(f -> f.getFileName().toString().startsWith("segments_"))
              .findFirst()
              .orElseThrow();
      Files.write(commit, new byte[] {1, 2, 3});
    }
  }

  @Test
  void an_index_in_use_is_not_taken_for_a_damaged_one() throws Exception {
    try (KnowledgeIndex index = generations.openCurrent().index()) {
      assertThatThrownBy(generations::openCurrent).isInstanceOf(IndexLocked.class);
      index.commit(1);
    }
    assertCurrent(1, 1);
  }
}
