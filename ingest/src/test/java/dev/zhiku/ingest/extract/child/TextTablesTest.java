package dev.zhiku.ingest.extract.child;

import static dev.zhiku.ingest.testing.ExtractorContract.content;
import static dev.zhiku.ingest.testing.ExtractorContract.text;
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

/** Tables in files of text: separated values, and columns that blanks or tabs set off. */
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

  @Test
  void columns_set_off_by_blanks_are_rows_cited_by_their_line() throws IOException {
    Extracted read =
        read(
            "a.txt",
            """
            Pumps of the east pier
            Pump    Flow   Maker       Note
            ------  -----  ----------  -----
            P1       12.5  North Ltd   spare
            P2        8.0
            P3                         closed
            Ask the harbour office.
            """);
    assertThat(rows(read))
        .containsExactly(
            "[Pump, Flow, Maker, Note] [P1, 12.5, North Ltd, spare]",
            "[Pump, Flow, Maker, Note] [P2, 8.0]",
            "[Pump, Flow, Maker, Note] [P3, , , closed]");
    assertThat(content(read).blocks())
        .extracting(block -> block.place().start())
        .containsExactly(1, 4, 5, 6, 7);
    assertThat(text(read))
        .startsWith("Pumps of the east pier")
        .endsWith("Ask the harbour office.")
        .doesNotContain("---");
  }

  @Test
  void chinese_characters_are_as_wide_as_two_letters_or_as_one() throws IOException {
    String wide = "品名      规格   单价\n镀锌螺栓  M6     1.5\n垫圈             0.2\n密封胶带  20mm   3.0\n";
    String single = "品名    规格    单价\n镀锌螺栓  M6      1.5\n垫圈            0.2\n密封胶带  20mm    3.0\n";
    for (String table : List.of(wide, single)) {
      assertThat(rows(read("a.txt", table)))
          .containsExactly(
              "[品名, 规格, 单价] [镀锌螺栓, M6, 1.5]",
              "[品名, 规格, 单价] [垫圈, , 0.2]",
              "[品名, 规格, 单价] [密封胶带, 20mm, 3.0]");
    }
  }

  @Test
  void columns_set_off_by_tabs_keep_their_empty_cells() throws IOException {
    assertThat(rows(read("a.txt", "Line\tSeats\tNote\nE4\t\tcarries bicycles\nW2\t40\t\n")))
        .containsExactly(
            "[Line, Seats, Note] [E4, , carries bicycles]", "[Line, Seats, Note] [W2, 40]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "He waited.  Nobody came.\nThe ferry was late again.  Rain fell.\nThen it came.  All left.",
        "Dear all,   greetings\nwe meet at nine.",
        "　　第一条  总则如下。\n　　本办法自发布之日起施行，由设备科负责解释。\n　　第二条  略。"
      })
  void blanks_that_do_not_align_are_no_columns(String prose) throws IOException {
    Extracted read = read("a.txt", prose);
    assertThat(rows(read)).isEmpty();
    assertThat(content(read).blocks()).hasSize(1);
  }

  @Test
  void a_log_of_very_many_lines_stays_text() throws IOException {
    Extracted read = read("a.txt", "2026-03-01 10:00  INFO  request handled\n".repeat(20_001));
    assertThat(content(read).blocks()).hasSize(1);
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
