package dev.zhiku.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.HashingEmbedder;
import dev.zhiku.index.lucene.LuceneKnowledgeIndex;
import dev.zhiku.index.lucene.LuceneSettings;
import dev.zhiku.index.onnx.BundledModels;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extractor;
import dev.zhiku.ingest.extract.child.ChildExtractor;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.source.SourceTiming;
import dev.zhiku.ingest.testing.CatalogFixture;
import dev.zhiku.ingest.testing.PlainTextExtractor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What has been read is not read again, what has been embedded is not embedded again. The tests
 * tagged {@code figures} measure the same at the sizes that {@code ingest/docs/measured.md} tells
 * of.
 */
@Tag("long")
class NothingTwiceIT {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long SEED = 7;

  /** Characters of a page. */
  private static final int PAGE = 2_500;

  /** An edit changes its own passage and at most a few beside it. */
  private static final int FEW = 6;

  @TempDir private Path home;
  private CatalogFixture catalog;
  private LuceneKnowledgeIndex index;
  private RunningIngest ingest;
  private Instant opened = Instant.EPOCH;

  private Path folder() throws IOException {
    return Files.createDirectories(home.resolve("knowledge"));
  }

  private void open(Extractor extractor, Embedders embedders) throws Exception {
    opened = Instant.now();
    catalog = CatalogFixture.open(home.resolve("data/db"));
    index = LuceneKnowledgeIndex.open(home.resolve("data/index"), LuceneSettings.DEFAULT);
    ingest =
        RunningIngest.start(
            List.of(SourceConfig.of("knowledge", folder())),
            SourceTiming.DEFAULT,
            home.resolve("data"),
            catalog.ledger(),
            index,
            extractor,
            embedders);
  }

  @BeforeEach
  void openPlain() throws Exception {
    open(new PlainTextExtractor(), Embedders.single(new HashingEmbedder()));
  }

  @AfterEach
  void stop() {
    ingest.close();
    index.close();
    catalog.close();
  }

  @Test
  void an_edit_of_one_paragraph_in_a_long_document_embeds_a_few_passages() throws Exception {
    List<String> paragraphs = paragraphs(60);
    Path file = folder().resolve("handbook.txt");
    writeText(file, paragraphs);
    settled(1);
    int passages = ingest.meter.embedded();
    assertThat(passages).isGreaterThan(80);
    writeText(file, edited(paragraphs));
    answers("handbook.txt", NEW_SENTENCE);
    assertThat(ingest.meter.embedded() - passages).isBetween(1, FEW);
  }

  @Test
  void copies_and_new_names_of_a_document_embed_nothing() throws Exception {
    Path file = folder().resolve("handbook.txt");
    writeText(file, paragraphs(20));
    settled(1);
    int embedded = ingest.meter.embedded();
    Files.copy(file, folder().resolve("copy.txt"));
    settled(2);
    Files.move(file, folder().resolve("renamed.txt"));
    RunningIngest.await(
        "the new name", PATIENCE, () -> ingest.answered().containsKey("knowledge:renamed.txt"));
    assertThat(ingest.meter.embedded()).isEqualTo(embedded);
  }

  @Test
  void files_read_anew_on_request_answer_meanwhile_and_embed_nothing() throws Exception {
    writeText(folder().resolve("handbook.txt"), paragraphs(20));
    Files.writeString(folder().resolve("other.txt"), "Another file.");
    settled(2);
    int embedded = ingest.meter.embedded();
    Map<String, String> answered = ingest.answered();
    ingest.service.pause();

    assertThat(ingest.service.reindex(Optional.of("nobody"), "")).isEmpty();
    assertThat(ingest.service.reindex(Optional.empty(), "handbook.txt")).hasValue(1);
    assertThat(ingest.counts().pending()).isEqualTo(1);
    assertThat(ingest.answered()).isEqualTo(answered);

    int parsed = ingest.meter.parsed();
    ingest.service.resume();
    settled(2);
    assertThat(ingest.answered()).isEqualTo(answered);
    assertThat(ingest.meter.embedded()).isEqualTo(embedded);
    assertThat(ingest.meter.parsed()).isEqualTo(parsed + 1);
  }

  @Test
  void a_thousand_unchanged_files_are_not_read_again() throws Exception {
    lookAgainAt(1_000);
  }

  @Test
  @Tag("figures")
  void twenty_thousand_unchanged_files_are_not_read_again() throws Exception {
    lookAgainAt(20_000);
  }

  /** After a restart and once more while it runs. */
  private void lookAgainAt(int files) throws Exception {
    writeSmallFiles(files);
    settled(files);
    stop();
    FileReads reads = FileReads.since(folder());
    long begin = System.nanoTime();
    openPlain();
    Instant first = lookedThroughAfter(Instant.EPOCH);
    double restart = seconds(begin);
    long again = System.nanoTime();
    ingest.service.confirm("knowledge");
    lookedThroughAfter(first);
    System.out.printf(
        "%d unchanged files: stores opened, reconciled and looked through %.1f s after the start,"
            + " looked through again in %.1f s, %d embedding calls, %d files read%n",
        files, restart, seconds(again), ingest.meter.embedded(), reads.files().size());
    assertThat(ingest.counts().indexed()).isEqualTo(files);
    assertThat(ingest.meter.embedded() + ingest.meter.carriedOver()).isZero();
    assertThat(reads.files()).isEmpty();
  }

  private Instant lookedThroughAfter(Instant before) throws Exception {
    RunningIngest.await("a look through the folder", PATIENCE, () -> lastScan().isAfter(before));
    return lastScan();
  }

  private Instant lastScan() {
    return catalog
        .ledger()
        .sources()
        .getFirst()
        .lastScanAt()
        .filter(at -> at.isAfter(opened))
        .orElse(Instant.EPOCH);
  }

  @Test
  @Tag("figures")
  void edit_of_one_paragraph_in_three_hundred_pages_of_markdown() throws Exception {
    measureEdit("handbook.md", NothingTwiceIT::writeText);
  }

  @Test
  @Tag("figures")
  void edit_of_one_paragraph_in_three_hundred_pages_of_word() throws Exception {
    measureEdit("handbook.docx", NothingTwiceIT::writeWord);
  }

  @Test
  @Tag("figures")
  void edit_of_one_paragraph_in_three_hundred_pages_of_pdf() throws Exception {
    measureEdit("handbook.pdf", WrittenPdf::write);
  }

  private interface Writing {
    void write(Path file, List<String> paragraphs) throws IOException;
  }

  private void measureEdit(String name, Writing writing) throws Exception {
    try (Extractor parser = ChildExtractor.open(home.resolve("parsers"), 2, ExtractLimits.DEFAULT);
        Embedders models = BundledModels.open(home.resolve("native"))) {
      stop();
      open(parser, models);
      List<String> paragraphs = paragraphs(300);
      writing.write(folder().resolve(name), paragraphs);
      settled(1);
      int passages = ingest.meter.embedded();
      writing.write(folder().resolve(name), edited(paragraphs));
      double seconds = answersAfter(passages, name);
      int again = ingest.meter.embedded() - passages;
      Files.copy(folder().resolve(name), folder().resolve("copy-" + name));
      settled(2);
      System.out.printf(
          "edit of one paragraph in 300 pages (%s, %d passages): %d passages embedded, answers"
              + " %.1f s after the file was written; a copy: %d passages embedded%n",
          name, passages, again, seconds, ingest.meter.embedded() - passages - again);
      assertThat(again).isBetween(1, FEW);
      assertThat(ingest.meter.embedded()).isEqualTo(passages + again);
      ingest.close();
    }
  }

  private static final String NEW_SENTENCE = "The insurance now covers the ferry to Helgoland.";

  private static List<String> paragraphs(int pages) {
    GeneratedCorpus corpus = new GeneratedCorpus(SEED);
    List<String> paragraphs = new ArrayList<>();
    for (int chars = 0; chars < pages * PAGE; chars += paragraphs.getLast().length()) {
      paragraphs.add(corpus.paragraph(true));
    }
    return paragraphs;
  }

  private static List<String> edited(List<String> paragraphs) {
    List<String> edited = new ArrayList<>(paragraphs);
    int middle = edited.size() / 2;
    edited.set(middle, edited.get(middle) + NEW_SENTENCE);
    return edited;
  }

  private static void writeText(Path file, List<String> paragraphs) throws IOException {
    Files.writeString(file, String.join("\n\n", paragraphs) + "\n");
  }

  private static void writeWord(Path file, List<String> paragraphs) throws IOException {
    try (XWPFDocument document = new XWPFDocument();
        OutputStream out = Files.newOutputStream(file)) {
      paragraphs.forEach(text -> document.createParagraph().createRun().setText(text));
      document.write(out);
    }
  }

  private void writeSmallFiles(int files) throws IOException {
    FileTime before = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
    for (int i = 0; i < files; i++) {
      Path folder = Files.createDirectories(folder().resolve("folder-" + i % 50));
      Path file = folder.resolve("note-" + i + ".txt");
      Files.writeString(file, "Note number " + i + " tells of the pump.");
      Files.setLastModifiedTime(file, before);
    }
  }

  private void settled(int files) throws Exception {
    RunningIngest.await("all indexed", PATIENCE, () -> ingest.counts().indexed() == files);
  }

  /** Seconds until the index has the words. */
  private double answers(String path, String words) throws Exception {
    return RunningIngest.await(
                path + " answers", PATIENCE, () -> ingest.answers("knowledge:" + path, words))
            .toMillis()
        / 1_000.0;
  }

  /** The same; the index, which is slow to read as a whole, is not asked before it is worth it. */
  private double answersAfter(int embedded, String path) throws Exception {
    long begin = System.nanoTime();
    RunningIngest.await(
        "something is embedded", PATIENCE, () -> ingest.meter.embedded() > embedded);
    answers(path, NEW_SENTENCE);
    return seconds(begin);
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
