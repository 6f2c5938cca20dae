package dev.zhiku.index.lucene;

import static dev.zhiku.index.testing.TestDocuments.document;
import static dev.zhiku.index.testing.TestDocuments.passages;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Changes documents and commits until it is killed, and prints each epoch once it is durable. What
 * stands in each document after an epoch follows from the epoch alone.
 */
final class CrashingWriter {
  static final int DOCUMENTS = 12;

  private CrashingWriter() {}

  public static void main(String[] folder) throws InterruptedException {
    try (KnowledgeIndex index =
        LuceneKnowledgeIndex.open(Path.of(folder[0]), LuceneSettings.DEFAULT)) {
      for (long epoch = lastEpoch(index) + 1; ; epoch++) {
        for (int i = 0; i < DOCUMENTS; i++) {
          if (isChanged(i, epoch)) {
            change(index, i, epoch);
          }
        }
        index.commit(epoch);
        System.out.println(epoch);
      }
    }
  }

  private static long lastEpoch(KnowledgeIndex index) throws InterruptedException {
    try (Snapshot seen = index.snapshot()) {
      return seen.epoch();
    }
  }

  private static void change(KnowledgeIndex index, int i, long epoch) throws InterruptedException {
    if (isRemoval(i, epoch)) {
      index.remove(id(i));
    } else {
      index.replace(meta(i, epoch), content(i, epoch));
    }
  }

  static DocumentId id(int i) {
    return new DocumentId(String.format(Locale.ROOT, "d_%022d", i));
  }

  static DocumentMeta meta(int i, long epoch) {
    return document(id(i), "folder/" + i + "-at-" + epoch + ".txt");
  }

  static boolean isChanged(int i, long epoch) {
    return (i + epoch) % 3 == 0;
  }

  static boolean isRemoval(int i, long epoch) {
    return (i + epoch) % 15 == 0;
  }

  static List<EmbeddedPassage> content(int i, long epoch) {
    String[] texts =
        IntStream.rangeClosed(0, (int) ((i + epoch) % 40))
            .mapToObj(part -> "epoch" + epoch + " part " + part)
            .toArray(String[]::new);
    return passages(meta(i, epoch), texts);
  }
}
