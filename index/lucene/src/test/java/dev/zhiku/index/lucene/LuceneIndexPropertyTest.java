package dev.zhiku.index.lucene;

import static dev.zhiku.index.testing.TestDocuments.ONE;
import static dev.zhiku.index.testing.TestDocuments.OTHER;
import static dev.zhiku.index.testing.TestDocuments.document;
import static dev.zhiku.index.testing.TestDocuments.labelled;
import static dev.zhiku.index.testing.TestDocuments.passage;
import static dev.zhiku.index.testing.TestDocuments.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.zhiku.index.Candidates;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.Filter;
import dev.zhiku.index.Hit;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.SearchRequest;
import dev.zhiku.index.TextHash;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.testing.InMemoryKnowledgeIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random changes, crashes and questions: Lucene says what the plain map says. */
final class LuceneIndexPropertyTest {
  private static final List<String> WORDS =
      List.of(
          "pump", "valve", "水泵", "安全 规程", "AB-1203/4", "the", "inspected", "第十七条", "2026", "繁體字");

  private static final long SEED = Long.getLong("zhiku.test.seed", 20_261_121L);

  @Test
  void lucene_agrees_with_a_plain_map(@TempDir Path folder) throws Exception {
    System.out.println("seed " + SEED);
    new Run(folder, SEED).steps(150);
  }

  @Test
  @Tag("long")
  @Tag("seeds")
  void lucene_agrees_with_a_plain_map_for_long(@TempDir Path folder) throws Exception {
    System.out.println("seed " + SEED);
    for (int run = 0; run < 40; run++) {
      new Run(folder.resolve("run" + run), SEED + run).steps(500);
    }
  }

  private record State(DocumentMeta meta, List<EmbeddedPassage> passages) {}

  private static final class Run {
    private final Path folder;
    private final long seed;
    private final Random random;
    private final List<DocumentId> ids = Stream.generate(DocumentId::random).limit(8).toList();
    private Map<DocumentId, State> current = new HashMap<>();
    private Map<DocumentId, State> committed = new HashMap<>();
    private KnowledgeIndex index;
    private long epoch;

    Run(Path folder, long seed) {
      this.folder = folder;
      this.seed = seed;
      this.random = new Random(seed);
      this.index = LuceneKnowledgeIndex.open(folder, LuceneSettings.DEFAULT);
    }

    void steps(int count) throws InterruptedException {
      try {
        for (int step = 0; step < count; step++) {
          change();
          if (random.nextInt(3) == 0) {
            compare("seed " + seed + ", step " + step);
          }
        }
      } finally {
        index.close();
      }
    }

    private void change() throws InterruptedException {
      DocumentId id = ids.get(random.nextInt(ids.size()));
      switch (random.nextInt(10)) {
        case 0 -> {
          index.remove(id);
          current.remove(id);
        }
        case 1, 2 -> describe(meta(id));
        case 3 -> {
          index.commit(++epoch);
          committed = new HashMap<>(current);
        }
        case 4 -> crash();
        default -> replace(meta(id));
      }
    }

    private void crash() {
      index.close();
      index = LuceneKnowledgeIndex.open(folder, LuceneSettings.DEFAULT);
      current = new HashMap<>(committed);
    }

    private void replace(DocumentMeta meta) throws InterruptedException {
      List<EmbeddedPassage> passages = new ArrayList<>();
      int count = random.nextInt(12);
      for (int i = 0; i < count; i++) {
        Location place = Location.page(i + 1, random.nextBoolean() ? List.of(words(1)) : List.of());
        passages.add(passage(meta, i, words(1 + random.nextInt(6)), place, embedder()));
      }
      index.replace(meta, passages);
      current.put(meta.id(), new State(meta, passages));
    }

    private void describe(DocumentMeta meta) throws InterruptedException {
      index.describe(meta.id(), stored -> meta);
      current.computeIfPresent(meta.id(), (id, state) -> new State(meta, state.passages()));
    }

    private DocumentMeta meta(DocumentId id) {
      return labelled(
          document(id, "dir" + random.nextInt(3) + "/" + words(1) + ".txt"),
          "label" + random.nextInt(3));
    }

    private EmbedderId embedder() {
      return random.nextInt(3) == 0 ? OTHER : ONE;
    }

    private String words(int count) {
      return String.join(
          " ",
          Stream.generate(() -> WORDS.get(random.nextInt(WORDS.size()))).limit(count).toList());
    }

    private void compare(String when) throws InterruptedException {
      try (KnowledgeIndex model = new InMemoryKnowledgeIndex()) {
        for (State state : current.values()) {
          model.replace(state.meta(), state.passages());
        }
        try (Snapshot actual = index.snapshot();
            Snapshot expected = model.snapshot()) {
          compareContent(actual, expected, when);
          compareAnswers(actual, expected, when);
        }
      }
    }

    private void compareContent(Snapshot actual, Snapshot expected, String when)
        throws InterruptedException {
      assertThat(actual.epoch()).as(when).isEqualTo(epoch);
      assertThat(actual.stats().documents()).as(when).isEqualTo(expected.stats().documents());
      assertThat(actual.stats().passages()).as(when).isEqualTo(expected.stats().passages());
      assertThat(actual.stats().embedders()).as(when).isEqualTo(expected.stats().embedders());
      assertThat(actual.documents(Set.copyOf(ids)))
          .as(when)
          .isEqualTo(expected.documents(Set.copyOf(ids)));
      Set<TextHash> texts = Set.of(TextHash.of("pump"), TextHash.of("水泵"), TextHash.of("the"));
      for (EmbedderId embedder : List.of(ONE, OTHER)) {
        assertThat(actual.vectors(embedder, texts))
            .as(when)
            .isEqualTo(expected.vectors(embedder, texts));
      }
      for (DocumentId id : ids) {
        int from = random.nextInt(4);
        assertThat(actual.passages(id, from, 5)).as(when).isEqualTo(expected.passages(id, from, 5));
      }
    }

    private void compareAnswers(Snapshot actual, Snapshot expected, String when)
        throws InterruptedException {
      String question = words(1 + random.nextInt(3));
      SearchRequest request =
          new SearchRequest(
              question,
              Map.of(ONE, vector(ONE, question), OTHER, vector(OTHER, question)),
              filter(),
              SearchRequest.MAX_LIMIT);
      Candidates got = actual.candidates(request);
      Candidates wanted = expected.candidates(request);
      String what = when + ", asked " + request;
      assertThat(got.words())
          .as(what)
          .extracting(Hit::passage)
          .containsExactlyInAnyOrderElementsOf(wanted.words().stream().map(Hit::passage).toList());
      compareVectors(got, wanted, ONE, what);
      compareVectors(got, wanted, OTHER, what);
    }

    private Filter filter() {
      Filter label = new Filter.Labels(Set.of("label1"));
      Filter path = new Filter.PathPrefix("dir" + random.nextInt(3) + "/");
      return switch (random.nextInt(4)) {
        case 0 -> label;
        case 1 -> path;
        case 2 -> new Filter.AnyOf(List.of(label, path));
        default -> new Filter.All();
      };
    }

    private static void compareVectors(
        Candidates got, Candidates wanted, EmbedderId embedder, String what) {
      List<Hit> hits = Objects.requireNonNull(got.vectors().get(embedder));
      List<Hit> model = Objects.requireNonNull(wanted.vectors().get(embedder));
      assertThat(hits)
          .as(what)
          .extracting(Hit::passage)
          .containsExactlyInAnyOrderElementsOf(model.stream().map(Hit::passage).toList());
      for (int i = 0; i < hits.size(); i++) {
        assertThat(hits.get(i).score()).as(what).isEqualTo(model.get(i).score(), within(1e-5));
      }
    }
  }
}
