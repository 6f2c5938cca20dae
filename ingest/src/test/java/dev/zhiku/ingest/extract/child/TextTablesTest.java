package dev.zhiku.ingest.extract.child;

import static dev.zhiku.ingest.testing.ExtractorContract.content;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables in files of text: separated values. */
class TextTablesTest {
  private final Path directory;

  TextTablesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @ValueSource(strings = {"sep=;\n", "SEP=;\r\n", "\uFEFFsep=;\n", "\"sep=;\"\n"})
  void a_line_that_names_the_separator_is_no_part_of_the_table(String line) throws IOException {
    Extracted read = read("a.csv", line + "Part;Price, net\nHose, long;14\n");
    assertThat(rows(read)).containsExactly("[Part, Price, net] [Hose, long, 14]");
    assertThat(content(read).blocks()).hasSize(1);
    assertThat(content(read).blocks().getFirst().place().start()).isEqualTo(3);
  }

  @Test
  void a_tab_may_be_named_as_separator() throws IOException {
    assertThat(rows(read("a.csv", "sep=\t\nPart\tPrice\nHose, long\t14,5\n")))
        .containsExactly("[Part, Price] [Hose, long, 14,5]");
  }

  private Extracted read(String name, String text) throws IOException {
    Path file = Files.writeString(Files.createTempFile(directory, "table", ".bin"), text);
    return new Readers().extractor(ExtractLimits.DEFAULT, directory).extract(file, name);
  }

  private static List<String> rows(Extracted read) {
    return content(read).blocks().stream()
        .filter(Block.Row.class::isInstance)
        .map(Block.Row.class::cast)
        .map(row -> row.header() + " " + row.cells())
        .toList();
  }
}
