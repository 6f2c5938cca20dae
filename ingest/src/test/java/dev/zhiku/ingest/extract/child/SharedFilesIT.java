package dev.zhiku.ingest.extract.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.index.DocumentId;
import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.extract.ocr.OcrLimits;
import dev.zhiku.ingest.extract.ocr.Tesseract;
import dev.zhiku.ingest.split.Chunk;
import dev.zhiku.ingest.split.Splitter;
import dev.zhiku.ingest.testing.ExtractorContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Collections of real files beside the project, when they are there: what must be found in each, or
 * how each must fail. Prints a table by format.
 */
@Tag("long")
class SharedFilesIT {
  private static final Path SHARED = Path.of("../../shared").toAbsolutePath().normalize();

  private final Path temporary;
  private final Map<String, Tally> tallies = new TreeMap<>();
  private final List<String> misses = new ArrayList<>();
  private boolean recognizing;

  SharedFilesIT(@TempDir Path temporary) {
    this.temporary = temporary;
  }

  private static final class Tally {
    private int files;
    private int met;
    private int phrases;
    private int found;
    private long millis;
  }

  @Test
  void files_of_many_formats_are_read_or_fail_as_they_must() throws Exception {
    Path manifest = SHARED.resolve("files/manifest.jsonl");
    assumeTrue(Files.isReadable(manifest), "no collection of files at " + manifest);
    ObjectMapper json = new ObjectMapper();
    Optional<Tesseract> tesseract = Tesseract.find();
    recognizing = tesseract.isPresent();
    System.out.println(recognizing ? "With " + tesseract.get() : "Without text recognition");
    try (ChildExtractor extractor =
        recognizing
            ? ChildExtractor.openRecognizing(temporary, tesseract.get(), OcrLimits.DEFAULT)
            : ChildExtractor.open(temporary, 2, ExtractLimits.DEFAULT)) {
      for (String line : Files.readAllLines(manifest)) {
        check(json.readTree(line), extractor);
      }
      print();
      assertThat(filesLeft()).isEmpty();
    }
    assertThat(misses).isEmpty();
  }

  @Test
  void office_files_keep_their_headings_and_all_their_words() throws Exception {
    Path documents = SHARED.resolve("retrieval/en-office/docs.jsonl");
    assumeTrue(Files.isReadable(documents), "no collection of office files at " + documents);
    ObjectMapper json = new ObjectMapper();
    Map<String, List<Double>> shares = new TreeMap<>();
    Map<String, Integer> withoutHeadings = new TreeMap<>();
    Map<String, Long> millis = new TreeMap<>();
    int passages = 0;
    try (ChildExtractor extractor = ChildExtractor.open(temporary, 2, ExtractLimits.DEFAULT)) {
      for (String line : Files.readAllLines(documents)) {
        JsonNode document = json.readTree(line);
        String format = document.get("format").asText();
        Path file = SHARED.resolve("retrieval/en-office").resolve(document.get("file").asText());
        long start = System.nanoTime();
        Extracted.Content content =
            ExtractorContract.content(extractor.extract(file, file.getFileName().toString()));
        millis.merge(format, (System.nanoTime() - start) / 1_000_000, Long::sum);
        double share = wordsFound(document.get("text").asText(), ExtractorContract.text(content));
        shares.computeIfAbsent(format, f -> new ArrayList<>()).add(share);
        if (share < 0.97) {
          misses.add(String.format(Locale.ROOT, "%.3f %s", share, file));
        }
        boolean headings = content.blocks().stream().anyMatch(Block.Heading.class::isInstance);
        withoutHeadings.merge(format, headings ? 0 : 1, Integer::sum);
        List<Chunk> chunks = new Splitter().split(DocumentId.random(), content);
        passages += chunks.size();
      }
    }
    for (String format : shares.keySet()) {
      List<Double> of = shares.get(format);
      double mean = of.stream().mapToDouble(Double::doubleValue).average().orElse(0);
      System.out.printf(
          Locale.ROOT,
          "%-6s %3d files, words found %.4f (least %.4f), %d without a heading, %d ms a file%n",
          format,
          of.size(),
          mean,
          of.stream().mapToDouble(Double::doubleValue).min().orElse(0),
          withoutHeadings.getOrDefault(format, 0),
          millis.getOrDefault(format, 0L) / of.size());
      assertThat(mean).isGreaterThan(0.98);
      assertThat(withoutHeadings.getOrDefault(format, 0)).isLessThanOrEqualTo(2);
    }
    System.out.println(passages + " passages");
    misses.forEach(System.out::println);
  }

  private void check(JsonNode entry, ChildExtractor extractor)
      throws IOException, InterruptedException {
    String name = entry.get("file").asText();
    Path file = SHARED.resolve("files").resolve(name);
    Tally tally = tallies.computeIfAbsent(entry.get("ext").asText(), e -> new Tally());
    long start = System.nanoTime();
    Extracted extracted = extractor.extract(file, file.getFileName().toString());
    tally.millis += (System.nanoTime() - start) / 1_000_000;
    tally.files++;
    List<String> phrases = phrases(entry);
    String text =
        extracted instanceof Extracted.Content content
            ? squeezed(ExtractorContract.text(content) + entries(content) + labelled(content))
            : "";
    long found = phrases.stream().filter(phrase -> text.contains(squeezed(phrase))).count();
    String expected = entry.get("expect").asText();
    boolean met = meets(expected, extracted, found == phrases.size());
    for (JsonNode forbidden : entry.path("must_not")) {
      met &= !text.contains(squeezed(forbidden.asText()));
    }
    tally.met += met ? 1 : 0;
    if (expected.startsWith("text") || (recognizing && expected.equals("ocr"))) {
      tally.phrases += phrases.size();
      tally.found += (int) found;
    }
    if (!met) {
      misses.add(
          name
              + ": expected "
              + expected
              + " "
              + found
              + "/"
              + phrases
              + ", is "
              + shown(extracted));
    }
  }

  private boolean meets(String expected, Extracted extracted, boolean allFound) {
    boolean content = extracted instanceof Extracted.Content;
    String code =
        extracted instanceof Extracted.Rejected rejected ? rejected.reason().code().wireName() : "";
    return switch (expected.replaceFirst("[ (].*", "")) {
      case "text" -> content && allFound;
      case "text-or-limit" ->
          allFound || code.equals("unpack-limit") || notes(extracted).contains("first");
      case "error:password" -> code.equals("password-protected");
      case "error:corrupt" -> code.equals("corrupt");
      case "error:empty" -> code.equals("empty-file");
      case "error:no-text" -> code.equals("no-text");
      case "ocr" -> recognizing ? allFound : code.equals("ocr-not-installed");
      case "safe:bounded", "safe:no-leak", "safe:no-write-outside" ->
          !code.equals("parser-crashed") && !code.equals("parse-timeout");
      case "no-text", "text-or-error", "error:unparseable" ->
          !code.equals("parser-crashed") && !code.equals("parse-timeout");
      default -> throw new IllegalArgumentException("unknown expectation " + expected);
    };
  }

  private static String notes(Extracted extracted) {
    return extracted instanceof Extracted.Content ? ExtractorContract.notes(extracted) : "";
  }

  private static List<String> phrases(JsonNode entry) {
    List<String> phrases = new ArrayList<>();
    entry.path("phrases").forEach(phrase -> phrases.add(phrase.asText()));
    if (phrases.isEmpty() && entry.hasNonNull("phrase_observed_tika_3_2_2")) {
      phrases.add(entry.get("phrase_observed_tika_3_2_2").asText());
    }
    return phrases;
  }

  /** Rows as passages have them: each value behind the name of its column. */
  private static String labelled(Extracted.Content content) {
    StringBuilder text = new StringBuilder();
    for (Block block : content.blocks()) {
      if (block instanceof Block.Row row) {
        for (int i = 0; i < Math.min(row.header().size(), row.cells().size()); i++) {
          text.append(row.header().get(i)).append(": ").append(row.cells().get(i)).append('\n');
        }
      }
    }
    return text.toString();
  }

  private static String entries(Extracted.Content content) {
    return content.blocks().stream()
        .flatMap(block -> block.place().entry().stream())
        .distinct()
        .collect(Collectors.joining("\n"));
  }

  private static double wordsFound(String expected, String text) {
    List<String> words = words(expected);
    Map<String, Long> there =
        words(text).stream().collect(Collectors.groupingBy(w -> w, Collectors.counting()));
    long found = words.stream().filter(there::containsKey).count();
    return words.isEmpty() ? 1 : found / (double) words.size();
  }

  private static List<String> words(String text) {
    return Stream.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "").toLowerCase(Locale.ROOT);
  }

  private static String shown(Extracted extracted) {
    return switch (extracted) {
      case Extracted.Content content ->
          content.mediaType() + " with " + content.blocks().size() + " blocks " + content.notes();
      case Extracted.Rejected rejected -> rejected.toString();
    };
  }

  private List<Path> filesLeft() throws IOException {
    try (Stream<Path> files = Files.walk(temporary)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private void print() {
    System.out.println("format  files   met  phrases  found  ms/file");
    tallies.forEach(
        (format, t) ->
            System.out.printf(
                "%-7s %5d %5d %8d %6d %8d%n",
                format, t.files, t.met, t.phrases, t.found, t.millis / t.files));
    misses.forEach(System.out::println);
  }
}
