package dev.zhiku.index.lucene;

import static dev.zhiku.index.testing.TestDocuments.document;
import static dev.zhiku.index.testing.TestDocuments.passages;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.IndexVerifier.Verification;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import dev.zhiku.index.lucene.IndexGenerations.Opened;
import dev.zhiku.index.testing.FileDamage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files damaged one at a time, before a start and while the index is open. */
final class IndexDamageCrashIT {
  private static final long SEED = Long.getLong("zhiku.test.seed", 20_261_120L);
  private static final int DOCUMENTS = 40;
  private static final long EPOCH = 17;

  @TempDir private Path parent;
  private Path whole;
  private final Random random = new Random(SEED);
  private final List<DocumentMeta> documents = new ArrayList<>();

  /** Several segments, some with deletions. */
  @BeforeEach
  void prepare() throws Exception {
    whole = parent.resolve("whole");
    for (int i = 0; i < DOCUMENTS; i++) {
      documents.add(document(new DocumentId("d_" + "0".repeat(20) + (10 + i)), "f" + i + ".txt"));
    }
    try (LuceneKnowledgeIndex index = generations(whole).openCurrent().index()) {
      for (int i = 0; i < DOCUMENTS; i++) {
        store(index, i, "an older version");
        store(index, i / 2, "version two");
        index.commit(i / 5);
      }
      for (int i = 0; i < DOCUMENTS; i++) {
        store(index, i, "the version");
        if (i % 7 == 0) {
          index.commit(EPOCH - 1);
        }
      }
      index.commit(EPOCH);
    }
  }

  private void store(LuceneKnowledgeIndex index, int i, String version) throws Exception {
    DocumentMeta document = documents.get(i);
    index.replace(document, passages(document, version + " of " + i, "more of " + i));
  }

  private static IndexGenerations generations(Path folder) {
    return new IndexGenerations(folder, LuceneSettings.DEFAULT);
  }

  @Test
  void a_dozen_damaged_files_are_found_when_the_index_is_opened() throws Exception {
    strikeBeforeStart(4);
  }

  @Test
  @Tag("soak")
  void four_hundred_damaged_files_are_found_when_the_index_is_opened() throws Exception {
    strikeBeforeStart(100);
  }

  private void strikeBeforeStart(int each) throws Exception {
    System.out.println("seed " + SEED);
    Map<FileDamage, Integer> found = new TreeMap<>();
    for (FileDamage damage : FileDamage.values()) {
      for (int i = 0; i < each; i++) {
        Path folder = copy(damage + "-" + i);
        Path file = FileDamage.anyFile(folder.resolve("gen-000001"), random);
        if (damage.strike(file, random)) {
          detectAndRepair(folder, damage + " " + file.getFileName() + ", seed " + SEED);
          found.merge(damage, 1, Integer::sum);
        }
      }
    }
    System.out.println("damaged and found: " + found);
    assertThat(found).hasSize(FileDamage.values().length);
  }

  /**
   * Version numbers stand before any checksum: one altered looks like the work of a newer program.
   */
  @Test
  void an_altered_version_of_a_format_is_damage_and_not_a_newer_index() throws Exception {
    Map<String, String> struck = new TreeMap<>();
    try (Stream<Path> files = Files.list(whole.resolve("gen-000001"))) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        String kind = name.startsWith("segments") ? "segments" : name.replaceFirst(".*\\.", "");
        if (hasHeader(file)) {
          struck.putIfAbsent(kind, name);
        }
      }
    }
    struck.keySet().retainAll(Set.of("segments", "si", "kdi", "cfs"));
    for (String name : struck.values()) {
      Path folder = copy("newer-" + name);
      raiseVersion(folder.resolve("gen-000001").resolve(name));
      detectAndRepair(folder, "version of " + name);
    }
    assertThat(struck).containsKeys("segments", "si", "kdi");
  }

  private static boolean hasHeader(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return bytes.length > 32 && ByteBuffer.wrap(bytes).getInt() == CodecUtil.CODEC_MAGIC;
  }

  private static void raiseVersion(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int version = Integer.BYTES + 1 + bytes[Integer.BYTES];
    ByteBuffer.wrap(bytes).putInt(version, 131_073);
    Files.write(file, bytes);
  }

  private void detectAndRepair(Path folder, String what) throws Exception {
    Opened opened = generations(folder).openCurrent();
    try (LuceneKnowledgeIndex index = opened.index()) {
      Verification found = opened.verified().orElseThrow();
      assertThat(found.isSound()).as(what).isFalse();
      assertThat(found.damage()).as(what).isNotEmpty();
      assertThat(opened.damaged().orElseThrow()).as(what).isNotEmptyDirectory();
      assertThat(folder.resolve("gen-000001.damaged")).isEqualTo(opened.damaged().orElseThrow());
      restoreMissing(index, what);
    }
    assertSoundAndComplete(folder, what);
  }

  /** What is left is right, word for word; what is missing is stored again. */
  private void restoreMissing(LuceneKnowledgeIndex index, String what) throws Exception {
    List<DocumentMeta> left = new ArrayList<>();
    try (Snapshot seen = index.snapshot()) {
      seen.documents().forEach(left::add);
      assertTexts(seen, left, what);
    }
    for (int i = 0; i < DOCUMENTS; i++) {
      if (!left.contains(documents.get(i))) {
        store(index, i, "the version");
      }
    }
    index.commit(EPOCH + 1);
  }

  private void assertTexts(Snapshot seen, List<DocumentMeta> expected, String what)
      throws InterruptedException {
    for (DocumentMeta document : expected) {
      assertThat(seen.passages(document.id(), 0, 9))
          .as(what)
          .extracting(passage -> passage.text())
          .containsExactly(
              "the version of " + documents.indexOf(document),
              "more of " + documents.indexOf(document));
    }
  }

  private void assertSoundAndComplete(Path folder, String what) throws Exception {
    Opened opened = generations(folder).openCurrent();
    try (LuceneKnowledgeIndex index = opened.index();
        Snapshot seen = index.snapshot()) {
      assertThat(opened.verified().orElseThrow().isSound()).as(what).isTrue();
      assertThat(seen.documents()).as(what).containsExactlyInAnyOrderElementsOf(documents);
      assertTexts(seen, documents, what);
    }
    try (Directory directory = new MMapDirectory(folder.resolve("gen-000001"));
        CheckIndex check = new CheckIndex(directory)) {
      assertThat(check.checkIndex().clean).as(what).isTrue();
    }
  }

  @Test
  @Tag("crash")
  void a_dozen_files_damaged_while_the_index_is_open_are_found_by_a_verification()
      throws Exception {
    strikeWhileOpen(4);
  }

  @Test
  @Tag("soak")
  void four_hundred_files_damaged_while_the_index_is_open_are_found_by_a_verification()
      throws Exception {
    strikeWhileOpen(100);
  }

  private void strikeWhileOpen(int each) throws Exception {
    System.out.println("seed " + SEED);
    for (FileDamage damage : FileDamage.values()) {
      for (int i = 0; i < each; i++) {
        Path folder = copy("open-" + damage + "-" + i);
        Path generation = folder.resolve("gen-000001");
        try (LuceneKnowledgeIndex index = generations(folder).openCurrent().index()) {
          assertThat(index.verify().isSound()).isTrue();
          Path file = FileDamage.anyFile(generation, random);
          String what = damage + " " + file.getFileName() + " while open, seed " + SEED;
          boolean changed = replaceDamaged(file, damage);
          boolean commit = file.getFileName().toString().startsWith("segments");
          Verification found = index.verify();
          assertThat(found.isSound()).as(what).isEqualTo(commit || !changed);
          assertThat(index.verify().isSound()).as(what).isTrue();
          restoreMissing(index, what);
        }
        assertSoundAndComplete(folder, "after a repair while open, seed " + SEED);
      }
    }
  }

  /** As a new file, for cutting the one that is mapped would end this process. */
  private boolean replaceDamaged(Path file, FileDamage damage) throws IOException {
    Path other = parent.resolve("damaged");
    Files.copy(file, other);
    boolean changed = damage.strike(other, random);
    Files.delete(file);
    if (Files.exists(other)) {
      Files.move(other, file);
    }
    return changed;
  }

  private Path copy(String name) throws IOException {
    Path target = parent.resolve(name);
    try (Stream<Path> all = Files.walk(whole)) {
      for (Path path : all.toList()) {
        Files.copy(path, target.resolve(whole.relativize(path).toString()));
      }
    }
    return target;
  }
}
