package dev.zhiku.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.Candidates;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.Filter;
import dev.zhiku.index.Hit;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.SearchRequest;
import dev.zhiku.index.TextHash;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedding;
import dev.zhiku.index.testing.TestDocuments;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand passages of 400 ideographs with 512 dimensions: what they cost, what is found. */
@Tag("long")
final class IndexScaleIT {
  private static final EmbedderId EMBEDDER = new EmbedderId("scale", "1", 512);
  private static final int DOCUMENTS = 500;
  private static final int PASSAGES = 20;
  private static final int QUESTIONS = 500;
  private static final int TOP = 10;

  private final Random random = new Random(42);
  private final List<float[]> topics = IntStream.range(0, 200).mapToObj(i -> gaussian()).toList();
  private final List<EmbeddedPassage> all = new ArrayList<>();

  @Test
  void vector_lists_hold_nearly_all_true_neighbours(@TempDir Path folder) throws Exception {
    try (KnowledgeIndex index = LuceneKnowledgeIndex.open(folder, LuceneSettings.DEFAULT)) {
      Map<DocumentMeta, List<EmbeddedPassage>> documents = documents();
      long cpu = processCpuNanos();
      for (Map.Entry<DocumentMeta, List<EmbeddedPassage>> document : documents.entrySet()) {
        index.replace(document.getKey(), document.getValue());
      }
      index.commit(1);
      cpu = processCpuNanos() - cpu;
      System.out.printf("indexing: %.2f CPU ms a passage%n", cpu / 1e6 / all.size());
      try (Snapshot seen = index.snapshot()) {
        assertThat(recall(seen)).isGreaterThan(0.97);
      }
    }
  }

  private Map<DocumentMeta, List<EmbeddedPassage>> documents() {
    return IntStream.range(0, DOCUMENTS)
        .mapToObj(i -> TestDocuments.document("document" + i + ".txt"))
        .collect(Collectors.toMap(meta -> meta, this::passages));
  }

  private static long threadCpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long processCpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private double recall(Snapshot seen) throws InterruptedException {
    long[] nanos = new long[QUESTIONS];
    double found = 0;
    for (int i = 0; i < QUESTIONS; i++) {
      Embedding question = near(topics.get(random.nextInt(topics.size())));
      SearchRequest request =
          new SearchRequest(text(12), Map.of(EMBEDDER, question), new Filter.All(), 50);
      long start = threadCpuNanos();
      Candidates candidates = seen.candidates(request);
      nanos[i] = threadCpuNanos() - start;
      found +=
          common(Objects.requireNonNull(candidates.vectors().get(EMBEDDER)), nearest(question));
    }
    Arrays.sort(nanos);
    double recall = found / (QUESTIONS * TOP);
    System.out.printf(
        "both lists of 50: p50 %.2f CPU ms, p99 %.2f; recall@10 %.3f%n",
        nanos[QUESTIONS / 2] / 1e6, nanos[QUESTIONS * 99 / 100] / 1e6, recall);
    return recall;
  }

  private static int common(List<Hit> hits, Set<PassageId> nearest) {
    Set<PassageId> top = new HashSet<>();
    hits.stream().limit(TOP).forEach(hit -> top.add(hit.passage()));
    top.retainAll(nearest);
    return top.size();
  }

  private Set<PassageId> nearest(Embedding question) {
    return all.stream()
        .map(p -> new Hit(p.passage().id(), question.cosine(p.vector())))
        .sorted(Comparator.comparingDouble(Hit::score).reversed())
        .limit(TOP)
        .map(Hit::passage)
        .collect(Collectors.toSet());
  }

  private List<EmbeddedPassage> passages(DocumentMeta meta) {
    List<EmbeddedPassage> passages = new ArrayList<>();
    for (int i = 0; i < PASSAGES; i++) {
      String text = text(400);
      Passage passage = new Passage(new PassageId(meta.id(), i), text, Location.whole(List.of()));
      Embedding vector = near(topics.get(random.nextInt(topics.size())));
      passages.add(new EmbeddedPassage(passage, EMBEDDER, TextHash.of(text), vector));
    }
    all.addAll(passages);
    return passages;
  }

  private String text(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      double rank = Math.pow(random.nextDouble(), 2);
      text.appendCodePoint(0x4E00 + (int) (rank * 2_000));
    }
    return text.toString();
  }

  private Embedding near(float[] topic) {
    float[] values = gaussian();
    for (int i = 0; i < values.length; i++) {
      values[i] += 1.5f * topic[i];
    }
    return Embedding.normalized(values);
  }

  private float[] gaussian() {
    float[] values = new float[EMBEDDER.dimension()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
