package dev.zhiku.ingest.extract.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.testing.ExtractorContract;
import dev.zhiku.ingest.testing.ExtractorContract.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Facts about tables of PDFs that have no rules, written before the reader was changed: which value
 * stands in which row under which name, and which words are no table.
 */
class AlignedFactsTest {
  private static final int FLOOR = 40;

  private final Path directory;

  AlignedFactsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private record Fact(String file, String check, String row, String column, String value) {
    static Fact of(String line) {
      String[] parts = line.split("\t", 5);
      return new Fact(parts[0], parts[1], parts[2], parts[3], parts[4]);
    }

    boolean holds(List<Block> blocks) {
      return switch (check) {
        case "cell" ->
            blocks.stream().anyMatch(block -> block instanceof Block.Row found && isIn(found));
        case "norows" -> blocks.stream().noneMatch(Block.Row.class::isInstance);
        case "says" -> blocks.stream().flatMap(Block::texts).anyMatch(text -> text.contains(value));
        default -> throw new IllegalArgumentException(check);
      };
    }

    private boolean isIn(Block.Row found) {
      int at = found.header().indexOf(column);
      return found.cells().contains(row)
          && at >= 0
          && at < found.cells().size()
          && found.cells().get(at).equals(value);
    }
  }

  @Test
  void values_of_tables_without_rules_stand_under_the_names_of_their_columns() throws IOException {
    Map<String, List<Block>> read = new HashMap<>();
    for (Map.Entry<String, Sample> file : AlignedPdfs.all().entrySet()) {
      read.put(file.getKey(), read(file.getValue()));
    }
    List<Fact> facts = ReadingText.resource("aligned.tsv").lines().map(Fact::of).toList();
    List<String> failed = new ArrayList<>();
    for (Fact fact : facts) {
      List<Block> blocks = read.getOrDefault(fact.file(), List.of());
      if (!fact.holds(blocks)) {
        failed.add(fact + " but: " + shown(blocks));
      }
    }
    int held = facts.size() - failed.size();
    System.out.println(held + " of " + facts.size() + " facts hold\n" + String.join("\n", failed));
    assertThat(held).isGreaterThanOrEqualTo(FLOOR);
  }

  private static List<String> shown(List<Block> blocks) {
    return blocks.stream()
        .map(b -> b instanceof Block.Row r ? r.header() + "" + r.cells() : b.texts().toList() + "")
        .toList();
  }

  private List<Block> read(Sample sample) throws IOException {
    Path file = Files.write(Files.createTempFile(directory, "aligned", ".pdf"), sample.bytes());
    Extracted read =
        new Readers().extractor(ExtractLimits.DEFAULT, directory).extract(file, "aligned.pdf");
    return ExtractorContract.content(read).blocks();
  }
}
