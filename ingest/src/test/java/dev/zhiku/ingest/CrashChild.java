package dev.zhiku.ingest;

import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import dev.zhiku.index.Hit;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.SearchRequest;
import dev.zhiku.index.embedding.Embedding;
import dev.zhiku.index.embedding.HashingEmbedder;
import dev.zhiku.index.lucene.LuceneKnowledgeIndex;
import dev.zhiku.index.lucene.LuceneSettings;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.source.SourceTiming;
import dev.zhiku.ingest.testing.CatalogFixture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The service as a process that can be killed: folder {@code knowledge} and stores {@code data}
 * below the directory given. Each line {@code check} is answered, once it is at rest, with what it
 * holds.
 */
final class CrashChild {
  static final SourceTiming QUICK =
      new SourceTiming(
          Duration.ofMillis(20),
          Duration.ofMillis(20),
          Duration.ofMillis(100),
          Duration.ofMillis(150),
          Duration.ofMillis(500),
          0);
  private static final Duration AT_REST_WITHIN = Duration.ofMinutes(3);

  private CrashChild() {}

  public static void main(String[] args) throws Exception {
    Path base = Path.of(args[0]);
    SourceConfig source =
        new SourceConfig(
            "knowledge",
            base.resolve("knowledge"),
            false,
            List.of(),
            List.of(),
            Duration.ofSeconds(1),
            false);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (CatalogFixture catalog = CatalogFixture.open(base.resolve("data/db"));
        KnowledgeIndex index =
            LuceneKnowledgeIndex.open(base.resolve("data/index"), LuceneSettings.DEFAULT);
        RunningIngest ingest =
            RunningIngest.start(
                List.of(source), QUICK, base.resolve("data"), catalog.ledger(), index)) {
      out.println("ready");
      BufferedReader commands =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        awaitRest(ingest);
        report(ingest, base.resolve("data/tmp"), out);
      }
    }
  }

  /** Two looks at the whole folder later nothing is pending and nothing changes any more. */
  private static void awaitRest(RunningIngest ingest) throws Exception {
    for (int i = 0; i < 2; i++) {
      Instant since = Instant.now();
      try {
        RunningIngest.await("at rest", AT_REST_WITHIN, () -> rested(ingest, since));
      } catch (AssertionError e) {
        throw new AssertionError(
            e.getMessage() + ": " + ingest.ledger.sources() + ", " + ingest.listed(), e);
      }
    }
    RunningIngest.await(
        "epochs agree",
        AT_REST_WITHIN,
        () -> {
          try (KnowledgeIndex.Snapshot snapshot = ingest.index.snapshot()) {
            return snapshot.epoch() == ingest.ledger.epoch();
          }
        });
  }

  private static boolean rested(RunningIngest ingest, Instant since) {
    return ingest.counts().pending() == 0
        && ingest
            .ledger
            .source("knowledge")
            .flatMap(source -> source.lastScanAt())
            .map(at -> at.isAfter(since))
            .orElse(false);
  }

  private static void report(RunningIngest ingest, Path temporary, PrintStream out)
      throws InterruptedException, IOException {
    try (var left = Files.list(temporary)) {
      out.println("temporary files\t" + left.count());
    }
    out.println("total\t" + ingest.counts().total());
    for (CatalogEntry entry : ingest.listed()) {
      out.println("entry\t" + entry.path() + "\t" + entry.state() + "\t" + entry.id());
    }
    for (Map.Entry<String, String> document : ingest.answered().entrySet()) {
      String text = document.getValue().replace('\n', ' ');
      out.println("document\t" + document.getKey() + "\t" + text);
      out.println("found\t" + document.getKey() + "\t" + search(ingest, text));
    }
    out.println("end");
  }

  /** Path of the best hit for the text's first word, and of the one nearest to all of it. */
  private static String search(RunningIngest ingest, String text) throws InterruptedException {
    String word = text.substring(0, text.indexOf(' '));
    try (HashingEmbedder embedder = new HashingEmbedder();
        KnowledgeIndex.Snapshot snapshot = ingest.index.snapshot()) {
      Embedding vector = embedder.embedQuery(text);
      var found =
          snapshot.candidates(
              new SearchRequest(word, Map.of(embedder.id(), vector), new Filter.All(), 10));
      return path(snapshot, found.words())
          + "\t"
          + path(snapshot, found.vectors().getOrDefault(embedder.id(), List.of()));
    }
  }

  private static String path(KnowledgeIndex.Snapshot snapshot, List<Hit> hits)
      throws InterruptedException {
    if (hits.isEmpty()) {
      return "nothing";
    }
    var id = hits.get(0).passage().document();
    DocumentMeta document = snapshot.documents(Set.of(id)).get(id);
    return document == null ? "unknown" : document.path();
  }
}
