package dev.zhiku.index.lucene;

import static dev.zhiku.index.testing.TestDocuments.ONE;
import static dev.zhiku.index.testing.TestDocuments.passages;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.Passage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LiveIndexTest {
  @TempDir private Path folder;

  private LiveIndex open() {
    return LiveIndex.open(new IndexGenerations(folder, LuceneSettings.DEFAULT));
  }

  private static boolean isNew(DocumentMeta document) {
    return document.fingerprint().equals("new");
  }

  private static boolean isAny(DocumentMeta document) {
    return !document.path().isEmpty();
  }

  private static DocumentMeta document(String path, String content, String fingerprint) {
    return new DocumentMeta(
        new DocumentId("d_" + "0".repeat(21) + path),
        "files",
        path,
        "text/plain",
        10,
        Instant.EPOCH,
        content.repeat(64).substring(0, 64),
        fingerprint,
        Set.of());
  }

  private static void store(LiveIndex index, DocumentMeta document, String text)
      throws InterruptedException {
    index.ingesting().replace(document, passages(document, text));
  }

  private static Map<String, String> texts(KnowledgeIndex index) throws InterruptedException {
    Map<String, String> texts = new TreeMap<>();
    try (KnowledgeIndex.Snapshot snapshot = index.snapshot();
        Stream<DocumentMeta> documents = snapshot.documents()) {
      for (DocumentMeta document : documents.toList()) {
        List<Passage> passages = snapshot.passages(document.id(), 0, 9);
        texts.put(document.path(), String.join(" ", passages.stream().map(Passage::text).toList()));
      }
    }
    return texts;
  }

  /** Two documents of the old kind, and a rebuild begun. */
  private LiveIndex rebuilding() throws InterruptedException {
    LiveIndex index = open();
    assertThat(index.rebuild(LiveIndexTest::isAny)).isFalse();
    store(index, document("a", "1", "old"), "old a");
    store(index, document("b", "2", "old"), "old b");
    index.ingesting().commit(1);
    assertThat(index.rebuild(LiveIndexTest::isNew)).isTrue();
    return index;
  }

  @Test
  void questions_see_the_old_generation_until_the_new_one_is_complete() throws Exception {
    try (LiveIndex index = rebuilding()) {
      store(index, document("a", "1", "new"), "new a");
      assertThat(index.switchIfComplete(LiveIndexTest::isNew)).isFalse();
      assertThat(texts(index.answering())).isEqualTo(Map.of("a", "old a", "b", "old b"));
      assertThat(texts(index.ingesting())).isEqualTo(Map.of("a", "new a", "b", "old b"));
      store(index, document("b", "2", "new"), "new b");
      index.ingesting().commit(2);
      assertThat(index.switchIfComplete(LiveIndexTest::isNew)).isTrue();
      assertThat(texts(index.answering())).isEqualTo(Map.of("a", "new a", "b", "new b"));
      assertThat(index.generation()).isEqualTo(2);
      assertThat(index.building()).isEmpty();
    }
    try (LiveIndex index = open()) {
      assertThat(index.rebuild(LiveIndexTest::isNew)).isFalse();
      assertThat(texts(index.answering())).isEqualTo(Map.of("a", "new a", "b", "new b"));
    }
  }

  private static void copy(HeldIndex held, Path to) throws IOException {
    for (Map.Entry<String, Path> file : held.files().entrySet()) {
      Path copy = to.resolve(file.getKey());
      Files.createDirectories(Objects.requireNonNull(copy.getParent()));
      Files.copy(file.getValue(), copy);
    }
    Files.write(to.resolve(HeldIndex.pointerName()), held.pointer());
  }

  @Test
  void a_held_commit_can_be_copied_after_many_later_ones(@TempDir Path elsewhere) throws Exception {
    try (LiveIndex index = open()) {
      store(index, document("a", "1", "old"), "first a");
      index.ingesting().commit(1);
      try (HeldIndex held = index.hold(() -> {})) {
        for (int commit = 2; commit < 40; commit++) {
          store(index, document("a", "1", "old"), "later a " + commit);
          index.ingesting().commit(commit);
        }
        assertThat(held.epoch()).isEqualTo(1);
        copy(held, elsewhere);
      }
      index.ingesting().commit(40);
      try (Stream<Path> files = Files.list(folder.resolve("gen-000001"))) {
        assertThat(files.filter(file -> file.getFileName().toString().startsWith("segments_")))
            .as("what was held is gone with the next commit")
            .hasSize(1);
      }
    }
    try (LiveIndex copied =
        LiveIndex.open(new IndexGenerations(elsewhere, LuceneSettings.DEFAULT))) {
      assertThat(texts(copied.answering())).isEqualTo(Map.of("a", "first a"));
    }
  }

  @Test
  void both_generations_of_a_rebuild_are_held_and_at_rest_the_same_files(@TempDir Path elsewhere)
      throws Exception {
    Set<String> live;
    try (LiveIndex index = rebuilding()) {
      store(index, document("a", "1", "new"), "new a");
      index.ingesting().commit(2);
      try (HeldIndex held = index.hold(() -> {})) {
        live = held.files().keySet();
      }
    }
    try (HeldIndex held = HeldIndex.atRest(folder)) {
      assertThat(held.files().keySet()).containsExactlyInAnyOrderElementsOf(live);
      assertThat(held.epoch()).isEqualTo(2);
      copy(held, elsewhere);
    }
    try (LiveIndex copied =
        LiveIndex.open(new IndexGenerations(elsewhere, LuceneSettings.DEFAULT))) {
      assertThat(copied.rebuild(LiveIndexTest::isNew)).isTrue();
      assertThat(copied.building()).contains(2);
      assertThat(texts(copied.ingesting())).isEqualTo(Map.of("a", "new a", "b", "old b"));
    }
  }

  @Test
  void nothing_is_committed_while_something_else_is_copied_with_the_index() throws Exception {
    try (LiveIndex index = open()) {
      store(index, document("a", "1", "old"), "a");
      index.ingesting().commit(1);
      CountDownLatch holding = new CountDownLatch(1);
      Thread later = Thread.ofVirtual().unstarted(() -> commit(index, holding));
      later.start();
      try (HeldIndex held =
          index.hold(
              () -> {
                holding.countDown();
                while (later.getState() != Thread.State.WAITING) {
                  Thread.onSpinWait();
                }
              })) {
        later.join();
        assertThat(held.epoch()).isEqualTo(1);
        try (KnowledgeIndex.Snapshot snapshot = index.answering().snapshot()) {
          assertThat(snapshot.epoch()).isEqualTo(2);
        }
      }
    }
  }

  private static void commit(LiveIndex index, CountDownLatch after) {
    try {
      after.await();
      index.ingesting().commit(2);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_change_a_removal_and_a_new_document_are_answered_at_once() throws Exception {
    try (LiveIndex index = rebuilding()) {
      store(index, document("a", "3", "new"), "changed a");
      index.ingesting().remove(document("b", "2", "old").id());
      store(index, document("c", "4", "new"), "c");
      assertThat(texts(index.answering())).isEqualTo(Map.of("a", "changed a", "c", "c"));
      index.ingesting().commit(2);
      assertThat(index.switchIfComplete(LiveIndexTest::isNew)).isTrue();
      assertThat(texts(index.answering())).isEqualTo(Map.of("a", "changed a", "c", "c"));
    }
  }

  @Test
  void a_renamed_document_is_listed_by_its_new_name_and_still_made_anew() throws Exception {
    try (LiveIndex index = rebuilding()) {
      store(index, document("a", "1", "new"), "new a");
      DocumentMeta moved = document("b", "2", "new");
      index.ingesting().describe(moved.id(), stored -> withPath(moved, "elsewhere/b"));
      assertThat(texts(index.answering())).containsKey("elsewhere/b");
      index.ingesting().commit(2);
      assertThat(index.switchIfComplete(LiveIndexTest::isNew)).isFalse();
    }
    try (LiveIndex index = open()) {
      assertThat(index.rebuild(LiveIndexTest::isNew)).isTrue();
    }
  }

  private static DocumentMeta withPath(DocumentMeta of, String path) {
    return new DocumentMeta(
        of.id(),
        of.source(),
        path,
        of.mediaType(),
        of.size(),
        of.modifiedAt(),
        of.sha256(),
        of.fingerprint(),
        of.labels());
  }

  @Test
  void a_rebuild_goes_on_where_it_was_interrupted() throws Exception {
    try (LiveIndex index = rebuilding()) {
      store(index, document("a", "1", "new"), "new a");
      index.ingesting().commit(2);
    }
    try (LiveIndex index = open()) {
      assertThat(index.rebuild(LiveIndexTest::isNew)).isTrue();
      assertThat(texts(index.ingesting())).isEqualTo(Map.of("a", "new a", "b", "old b"));
      assertThat(texts(index.answering())).isEqualTo(Map.of("a", "old a", "b", "old b"));
      assertThat(index.building()).contains(2);
    }
  }

  /** As after a kill between the commits of the two generations. */
  @Test
  void a_change_that_only_the_new_generation_has_is_not_taken_for_stored() throws Exception {
    rebuilding().close();
    DocumentMeta changed = document("a", "3", "new");
    DocumentMeta added = document("c", "4", "new");
    try (KnowledgeIndex next =
        new IndexGenerations(folder, LuceneSettings.DEFAULT).openUnfinished().index()) {
      next.replace(changed, passages(changed, "changed a"));
      next.replace(added, passages(added, "c"));
      next.commit(2);
    }
    try (LiveIndex index = open()) {
      assertThat(index.rebuild(LiveIndexTest::isNew)).isTrue();
      try (KnowledgeIndex.Snapshot snapshot = index.ingesting().snapshot()) {
        assertThat(snapshot.documents(Set.of(changed.id(), added.id())))
            .isEqualTo(Map.of(changed.id(), document("a", "1", "old")));
      }
      assertThat(texts(index.ingesting())).isEqualTo(Map.of("a", "old a", "b", "old b", "c", "c"));
      store(index, changed, "changed a");
      store(index, added, "c");
      assertThat(texts(index.answering()))
          .isEqualTo(Map.of("a", "changed a", "b", "old b", "c", "c"));
    }
  }

  @Test
  void what_is_left_of_a_rebuild_that_is_not_wanted_any_more_is_deleted() throws Exception {
    rebuilding().close();
    try (LiveIndex index = open()) {
      assertThat(index.rebuild(LiveIndexTest::isAny)).isFalse();
    }
    assertThat(generations()).containsExactly("gen-000001");
  }

  @Test
  void a_question_on_its_way_ends_undisturbed_and_then_the_old_generation_is_deleted()
      throws Exception {
    try (LiveIndex index = rebuilding()) {
      try (KnowledgeIndex.Snapshot asked = index.answering().snapshot()) {
        store(index, document("a", "1", "new"), "new a");
        store(index, document("b", "2", "new"), "new b");
        assertThat(index.switchIfComplete(LiveIndexTest::isNew)).isTrue();
        DocumentId id = document("a", "1", "old").id();
        assertThat(asked.passages(id, 0, 9)).extracting(Passage::text).containsExactly("old a");
        assertThat(generations()).containsExactly("gen-000001", "gen-000002");
      }
      assertThat(generations()).containsExactly("gen-000002");
    }
  }

  @Test
  void vectors_are_carried_over() throws Exception {
    try (LiveIndex index = rebuilding();
        KnowledgeIndex.Snapshot known = index.ingesting().snapshot()) {
      DocumentMeta document = document("a", "1", "old");
      EmbeddedPassage passage = passages(document, "old a").get(0);
      assertThat(known.vectors(ONE, Set.of(passage.textHash()))).hasSize(1);
    }
  }

  private List<String> generations() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isDirectory)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    }
  }
}
