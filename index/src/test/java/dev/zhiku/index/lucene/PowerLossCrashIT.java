package dev.zhiku.index.lucene;

import static dev.zhiku.index.testing.TestDocuments.document;
import static dev.zhiku.index.testing.TestDocuments.passages;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.IndexException;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.tests.store.MockDirectoryWrapper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The power fails at a random moment, also in the middle of a commit: what was not forced to disk
 * is gone, cut, zeroed or torn. A kill alone cannot show this, for it leaves the system's cache.
 */
final class PowerLossCrashIT {
  private static final long SEED = Long.getLong("zhiku.test.seed", 20_261_120L);
  private static final int DOCUMENTS = 12;
  private static final int EPOCHS = 12;

  @Test
  void fifteen_power_losses_leave_what_was_committed() throws Exception {
    losePower(15);
  }

  @Test
  @Tag("soak")
  void six_hundred_power_losses_leave_what_was_committed() throws Exception {
    losePower(600);
  }

  private static void losePower(int times) throws Exception {
    System.out.println("seed " + SEED);
    int inCommit = 0;
    for (int i = 0; i < times; i++) {
      inCommit += new Run(SEED + i).loseAndLook() ? 1 : 0;
    }
    System.out.println(times + " power losses, " + inCommit + " of them in a commit: 0 lost");
    assertThat(inCommit).isBetween(times / 10, times - times / 10);
  }

  /** One life of an index, and what it is afterwards. */
  private static final class Run {
    private final long seed;
    private final Random random;
    private final MockDirectoryWrapper disk;
    private final PowerSwitch power = new PowerSwitch();

    /** Text by document, as of the last commit and as it is being committed. */
    private Map<Integer, String> committed = new TreeMap<>();

    private Map<Integer, String> next = new TreeMap<>();
    private long epoch;

    Run(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.disk = new MockDirectoryWrapper(new Random(seed), new ByteBuffersDirectory());
      disk.setCheckIndexOnClose(false);
      disk.setAssertNoUnrefencedFilesOnClose(false);
      disk.failOn(power);
    }

    /** Whether the power failed while something was being committed. */
    boolean loseAndLook() throws Exception {
      boolean inCommit = false;
      LuceneKnowledgeIndex index = open();
      try {
        live(index);
      } catch (IndexException.WriteFailed e) {
        inCommit = true;
      }
      power.on();
      disk.crash();
      index.close();
      disk.clearCrash();
      look(inCommit);
      return inCommit;
    }

    private LuceneKnowledgeIndex open() {
      Directory kept =
          new FilterDirectory(disk) {
            @Override
            public void close() {}
          };
      return LuceneKnowledgeIndex.over(
          Path.of("in-memory"), kept, LuceneSettings.DEFAULT, WordWeights.DEFAULT);
    }

    private void live(LuceneKnowledgeIndex index) throws InterruptedException {
      int last = 2 + random.nextInt(EPOCHS);
      for (long each = 1; each <= last; each++) {
        for (int i = random.nextInt(4); i >= 0; i--) {
          change(index, random.nextInt(DOCUMENTS), each);
        }
        if (each == last && random.nextBoolean()) {
          power.failAfter(random.nextInt(12));
        }
        index.commit(each);
        epoch = each;
        committed = new TreeMap<>(next);
      }
      for (int i = random.nextInt(4); i >= 0; i--) {
        change(index, random.nextInt(DOCUMENTS), last + 1);
      }
      index.snapshot().close();
    }

    private void change(LuceneKnowledgeIndex index, int i, long version)
        throws InterruptedException {
      DocumentMeta document = documentOf(i);
      if (random.nextInt(4) == 0) {
        index.remove(document.id());
        next.remove(i);
      } else {
        String text = "version " + version + " of " + i;
        index.replace(document, passages(document, text, text + ", second part"));
        next.put(i, text);
      }
    }

    private static DocumentMeta documentOf(int i) {
      return document(new DocumentId("d_" + "0".repeat(20) + (10 + i)), "f" + i + ".txt");
    }

    private void look(boolean inCommit) throws Exception {
      String when = "seed " + seed + ", after epoch " + epoch;
      try (LuceneKnowledgeIndex index = open();
          Snapshot seen = index.snapshot()) {
        assertThat(index.verifiedWhenOpened().orElseThrow().isSound()).as(when).isTrue();
        Map<Integer, String> texts = texts(seen);
        if (inCommit && seen.epoch() > epoch) {
          assertThat(texts).as(when + ", the commit that was cut off").isEqualTo(next);
        } else {
          assertThat(seen.epoch()).as(when).isEqualTo(epoch);
          assertThat(texts).as(when).isEqualTo(committed);
        }
      }
    }

    private static Map<Integer, String> texts(Snapshot seen) throws InterruptedException {
      Map<Integer, String> texts = new TreeMap<>();
      for (int i = 0; i < DOCUMENTS; i++) {
        List<String> found =
            seen.passages(documentOf(i).id(), 0, 9).stream().map(p -> p.text()).toList();
        if (!found.isEmpty()) {
          assertThat(found).hasSize(2);
          assertThat(found.get(1)).isEqualTo(found.get(0) + ", second part");
          texts.put(i, found.get(0));
        }
      }
      return texts;
    }
  }

  /** Lets so many more operations of the disk pass, and none after them. */
  private static final class PowerSwitch extends MockDirectoryWrapper.Failure {
    private int left = Integer.MAX_VALUE;

    synchronized void failAfter(int operations) {
      left = operations;
    }

    synchronized void on() {
      left = Integer.MAX_VALUE;
    }

    @Override
    public synchronized void eval(MockDirectoryWrapper dir) throws IOException {
      if (left != Integer.MAX_VALUE && left-- <= 0) {
        left = 0;
        throw new IOException("the power is off");
      }
    }
  }
}
