package dev.zhiku.ingest.service;

import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import dev.zhiku.index.Hit;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.SearchRequest;
import dev.zhiku.index.embedding.Embedding;
import dev.zhiku.index.embedding.HashingEmbedder;
import dev.zhiku.index.lucene.IndexGenerations;
import dev.zhiku.index.lucene.LuceneSettings;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.KnownFile;
import dev.zhiku.ingest.catalog.SourceRecord;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.source.SourceFileException;
import dev.zhiku.ingest.source.SourceFiles.OnConflict;
import dev.zhiku.ingest.source.SourceTiming;
import dev.zhiku.ingest.testing.CatalogFixture;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The service as a process that can be killed: folder {@code knowledge} and stores {@code data}
 * below the directory given. It says how far it has come and what it has acknowledged, asks itself
 * questions all the while, and answers each line {@code check}, once it is at rest, with what it
 * holds. Lines {@code upload} and {@code delete} are requests like those of a user.
 */
final class CrashChild {
  static final SourceTiming QUICK =
      new SourceTiming(
          Duration.ofMillis(20),
          Duration.ofMillis(20),
          Duration.ofMillis(100),
          SourceTiming.DEFAULT.grace(),
          Duration.ofMillis(500),
          0);
  private static final String SOURCE = "knowledge";
  private static final String SAMPLES = "samples";
  private static final Duration AT_REST_WITHIN = Duration.ofMinutes(5);

  /**
   * The first may have begun before the last change of the folder; the second sees at least that a
   * file is missing, which is only sure by the third.
   */
  private static final int LOOKS_UNTIL_REST = 3;

  /** For merges and looks at the folder to close their files; what leaks stays open. */
  private static final Duration CLOSED_WITHIN = Duration.ofSeconds(30);

  private final Path base;
  private final RunningIngest ingest;
  private final IndexGenerations.Opened opened;
  private final SelfAsking asking;
  private final PrintStream out;

  private CrashChild(
      Path base,
      RunningIngest ingest,
      IndexGenerations.Opened opened,
      SelfAsking asking,
      PrintStream out) {
    this.base = base;
    this.ingest = ingest;
    this.opened = opened;
    this.asking = asking;
    this.out = out;
  }

  public static void main(String[] args) throws Exception {
    Path base = Path.of(args[0]);
    List<SourceConfig> sources = new ArrayList<>(List.of(source(base, SOURCE, false)));
    if (Files.isDirectory(base.resolve(SAMPLES))) {
      sources.add(source(base, SAMPLES, true));
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println("opening");
    Instant started = Instant.now();
    IndexGenerations.Opened opened =
        new IndexGenerations(base.resolve("data/index"), LuceneSettings.DEFAULT).openCurrent();
    try (KnowledgeIndex index = opened.index();
        CatalogFixture catalog = CatalogFixture.open(base.resolve("data/db"), epoch(index))) {
      tellWhatWasHeld(opened, catalog, out);
      Optional<Instant> lastLook =
          catalog.ledger().source(SOURCE).flatMap(SourceRecord::lastScanAt);
      try (RunningIngest ingest =
          RunningIngest.start(sources, QUICK, base.resolve("data"), catalog.ledger(), index)) {
        SelfAsking asking = SelfAsking.start(index, out);
        CrashChild child = new CrashChild(base, ingest, opened, asking, out);
        out.println("ready");
        Thread.ofPlatform().daemon().start(() -> child.tellOfProgress(started, lastLook));
        child.serve();
      }
    }
  }

  private static SourceConfig source(Path base, String name, boolean sample) {
    return new SourceConfig(
        name, base.resolve(name), sample, List.of(), List.of(), Duration.ofSeconds(1), sample);
  }

  private static long epoch(KnowledgeIndex index) throws InterruptedException {
    try (KnowledgeIndex.Snapshot snapshot = index.snapshot()) {
      return snapshot.epoch();
    }
  }

  /** What the stores hold before anything is repaired; a kill is no damage. */
  private static void tellWhatWasHeld(
      IndexGenerations.Opened opened, CatalogFixture catalog, PrintStream out)
      throws InterruptedException {
    catalog.damage().ifPresent(damage -> out.println("violation\tcatalogue: " + damage));
    opened
        .verified()
        .filter(found -> !found.isSound())
        .ifPresent(found -> out.println("violation\tindex: " + found.damage()));
    try (KnowledgeIndex.Snapshot snapshot = opened.index().snapshot();
        Stream<DocumentMeta> documents = snapshot.documents()) {
      documents.forEach(document -> out.println("held\t" + document.sha256()));
    }
    out.println("opened");
  }

  /** Says when the first look at everything is over, and of each file that is called indexed. */
  private void tellOfProgress(Instant started, Optional<Instant> before) {
    Set<String> acknowledged = new HashSet<>();
    try {
      while (lastLook().equals(before)) {
        Thread.sleep(10);
      }
      out.println("recovered\t" + Duration.between(started, Instant.now()).toMillis());
      while (true) {
        for (KnownFile file : ingest.ledger.under(SOURCE, "")) {
          String line = "indexed\t" + file.path() + "\t" + file.sha256().orElse("");
          if (file.state() == State.INDEXED && acknowledged.add(line)) {
            out.println(line);
          }
        }
        Thread.sleep(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      out.println("violation\tthe catalogue: " + e);
    }
  }

  private Optional<Instant> lastLook() {
    return ingest.ledger.source(SOURCE).flatMap(SourceRecord::lastScanAt);
  }

  private void serve() throws Exception {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] words = line.split("\t", -1);
      switch (words[0]) {
        case "upload" -> upload(words[1], words[2]);
        case "delete" -> delete(words[1]);
        default -> {
          awaitRest();
          report();
        }
      }
    }
  }

  private void upload(String path, String text) throws InterruptedException {
    ingest
        .service
        .files()
        .store(
            Optional.of(SOURCE),
            path,
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
            OnConflict.FAIL);
    out.println("uploaded\t" + path);
  }

  /** A file that is not known yet, or no more, is refused and stays as it is. */
  private void delete(String path) throws InterruptedException {
    Optional<CatalogEntry> entry = ingest.entry(SOURCE, path);
    if (entry.isPresent()) {
      try {
        ingest.service.files().delete(entry.get().id(), "machine");
        out.println("deleted\t" + path);
      } catch (SourceFileException e) {
        out.println("refused\t" + path);
      }
    }
  }

  /** Three looks at the whole folder later nothing is pending and nothing changes any more. */
  private void awaitRest() throws Exception {
    for (int i = 0; i < LOOKS_UNTIL_REST; i++) {
      Optional<Instant> before = lastLook();
      try {
        // In this order: what a look found to do was pending before the look was over.
        RunningIngest.await(
            "at rest",
            AT_REST_WITHIN,
            () ->
                !lastLook().equals(before)
                    && samplesAreDecided()
                    && ingest.counts().pending() == 0);
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

  /** Samples are there if there is no file of one's own, or gone for good. */
  private boolean samplesAreDecided() throws InterruptedException {
    Optional<SourceRecord> samples = ingest.ledger.source(SAMPLES);
    if (samples.isEmpty() || ingest.ledger.countWanted(List.of(SOURCE)) == 0) {
      return samples.isEmpty() || ingest.ledger.countWanted(List.of(SAMPLES)) > 0;
    }
    return samples.get().off() && ingest.ledger.under(SAMPLES, "").isEmpty();
  }

  private void report() throws InterruptedException, IOException {
    try (var left = Files.list(base.resolve("data/tmp"))) {
      out.println("temporary files\t" + left.count());
    }
    out.println("damaged parts\t" + opened.index().verify().damage());
    out.println("total\t" + ingest.counts().total());
    for (CatalogEntry entry : ingest.listed()) {
      out.println("entry\t" + entry.path() + "\t" + entry.state());
    }
    for (Map.Entry<String, String> document : ingest.answered().entrySet()) {
      String[] passages = document.getValue().split("\n", -1);
      out.println("document\t" + document.getKey() + "\t" + String.join(" ", passages));
      out.println("found\t" + document.getKey() + "\t" + search(passages[0]));
    }
    out.println("descriptors\t" + leastOpenFiles());
    out.println("asked\t" + asking.asked() + "\t" + asking.slowestMillis());
    out.println("end");
  }

  /** A look at the folder and a merge of segments have files open for a moment. */
  private long leastOpenFiles() throws IOException, InterruptedException {
    long end = System.nanoTime() + CLOSED_WITHIN.toNanos();
    long least = openFilesBelow(base);
    while (least > KillRun.MOST_OPEN_FILES && System.nanoTime() < end) {
      Thread.sleep(100);
      least = Math.min(least, openFilesBelow(base));
    }
    return least;
  }

  /** So many descriptors lead to files of the service; 0 where the system does not say. */
  private static long openFilesBelow(Path base) throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    if (!Files.isDirectory(descriptors)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(descriptors)) {
      return all.filter(descriptor -> target(descriptor).startsWith(base)).count();
    }
  }

  private static Path target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor);
    } catch (IOException e) {
      return descriptor;
    }
  }

  /** Path of the best hit for the text's first word, and of the one nearest to all of it. */
  private String search(String text) throws InterruptedException {
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
