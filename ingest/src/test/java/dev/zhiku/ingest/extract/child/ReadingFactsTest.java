package dev.zhiku.ingest.extract.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Passage;
import dev.zhiku.index.TextBlock;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.index.words.Words;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.split.Chunk;
import dev.zhiku.ingest.split.Splitter;
import dev.zhiku.ingest.testing.ExtractorContract.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Facts about small files of many formats, written before the readers were changed: what must stand
 * together, what must not appear and what the notes must name.
 */
class ReadingFactsTest {
  private static final int FLOOR = 336;
  private static final DocumentId DOCUMENT = new DocumentId("d_0000000000000000000000");

  private final Path directory;
  private final Map<String, Read> read = new HashMap<>();

  ReadingFactsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private record Fact(String kind, String file, String check, String text) {}

  private record Read(List<Passage> passages, String notes) {
    Stream<String> blocks(Predicate<TextBlock> wanted) {
      return passages.stream()
          .flatMap(p -> p.blocks().stream().filter(wanted).map(block -> block.in(p.text())));
    }

    Stream<String> texts() {
      return passages.stream().map(Passage::text);
    }
  }

  @Test
  void facts_about_files_of_many_formats_hold() throws IOException {
    Map<String, Sample> files = ReadingText.all();
    ReadingWord.addTo(files);
    ReadingOpenDocument.addTo(files);
    ReadingSheets.addTo(files);
    ReadingPdf.addTo(files);
    List<Fact> facts =
        ReadingText.resource("facts.tsv").lines().map(ReadingFactsTest::fact).toList();
    Set<String> named = new LinkedHashSet<>();
    List<String> failed = new ArrayList<>();
    Map<String, int[]> byKind = new LinkedHashMap<>();
    for (Fact fact : facts) {
      named.add(fact.file());
      int[] counts = byKind.computeIfAbsent(fact.kind(), kind -> new int[2]);
      counts[1]++;
      Sample sample = files.computeIfAbsent(fact.file(), ReadingText::kept);
      Read all = read.computeIfAbsent(fact.file(), name -> read(sample));
      if (holds(fact, all)) {
        counts[0]++;
      } else {
        failed.add(fact + " but: " + all.texts().toList() + " notes: " + all.notes());
      }
    }
    assertThat(named).containsExactlyInAnyOrderElementsOf(files.keySet());
    StringBuilder kinds = new StringBuilder();
    byKind.forEach((kind, n) -> kinds.append(" %s %d/%d".formatted(kind, n[0], n[1])));
    String report =
        "%d of %d facts hold:%s".formatted(facts.size() - failed.size(), facts.size(), kinds);
    System.out.println(report + "\n" + String.join("\n", failed));
    assertThat(facts.size() - failed.size()).as(report).isGreaterThanOrEqualTo(FLOOR);
  }

  private static Fact fact(String line) {
    String[] parts = line.split("\t", 4);
    return new Fact(parts[0], parts[1], parts[2], parts[3]);
  }

  private static boolean holds(Fact fact, Read read) {
    String text = fact.text();
    if (fact.check().equals("refused")) {
      return read.passages().isEmpty() && read.notes().contains(text);
    }
    return !read.passages().isEmpty()
        && switch (fact.check()) {
          case "says" -> read.texts().anyMatch(passage -> passage.contains(text));
          case "not" -> read.texts().noneMatch(passage -> passage.contains(text));
          case "once" -> read.texts().mapToInt(passage -> count(passage, text)).sum() == 1;
          case "alone" -> read.texts().noneMatch(text::equals);
          case "note" -> read.notes().contains(text);
          case "row" -> holdsAll(read.blocks(block -> block.kind() == TextBlock.Kind.ROW), text);
          case "together" -> holdsAll(read.blocks(block -> true), text);
          case "nohead" ->
              read.blocks(block -> block.kind() == TextBlock.Kind.HEADING)
                  .noneMatch(heading -> heading.contains(text));
          case "kind" -> {
            int blank = text.indexOf(' ');
            TextBlock.Kind kind = TextBlock.Kind.valueOf(text.substring(0, blank));
            yield read.blocks(block -> block.kind() == kind)
                .anyMatch(block -> block.contains(text.substring(blank + 1)));
          }
          case "finds" ->
              read.texts().map(Words::of).anyMatch(words -> findsAll(words.terms(), text));
          default -> throw new IllegalArgumentException(fact.toString());
        };
  }

  private static boolean holdsAll(Stream<String> blocks, String pieces) {
    List<String> wanted = List.of(pieces.split(" \\| ", -1));
    return blocks.anyMatch(block -> wanted.stream().allMatch(block::contains));
  }

  /** Every word of the question in one of its forms, and of Chinese words every pair. */
  private static boolean findsAll(List<String> terms, String question) {
    return Stream.of(
            question.split("(?<=\\p{IsHan})(?!\\p{IsHan})|(?<!\\p{IsHan})(?=\\p{IsHan})| "))
        .map(word -> Words.ofQuestion(word).terms())
        .allMatch(
            asked ->
                asked.stream().allMatch(ReadingFactsTest::isChinese)
                    ? terms.containsAll(asked)
                    : asked.stream().anyMatch(terms::contains));
  }

  private static boolean isChinese(String term) {
    return term.codePoints()
        .allMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
  }

  private static int count(String passage, String text) {
    int found = passage.length() - passage.replace(text, "").length();
    return found / text.length();
  }

  private Read read(Sample sample) {
    try {
      Path file = Files.write(Files.createTempFile(directory, "reading", ".bin"), sample.bytes());
      Extracted read =
          new Readers().extractor(ExtractLimits.DEFAULT, directory).extract(file, sample.name());
      if (!(read instanceof Extracted.Content content)) {
        return new Read(List.of(), read.toString());
      }
      List<Passage> passages =
          new Splitter().split(DOCUMENT, content).stream().map(Chunk::passage).toList();
      return new Read(
          passages, String.join("\n", content.notes().stream().map(Phrase::english).toList()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
