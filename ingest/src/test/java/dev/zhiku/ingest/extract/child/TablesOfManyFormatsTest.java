package dev.zhiku.ingest.extract.child;

import static dev.zhiku.ingest.testing.ExtractorContract.content;
import static dev.zhiku.ingest.testing.ExtractorContract.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.testing.ExtractorContract.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What made rows of tables lose their names, or vanish, in one format or another. */
class TablesOfManyFormatsTest {
  private static final Readers READERS = new Readers();

  private final Path directory;

  TablesOfManyFormatsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void titles_of_parts_below_the_names_of_columns_do_not_take_the_names_away() throws IOException {
    Extracted page =
        read(
            "page.html",
            "<table><tr><td>Code</td><td>Meaning</td><td>Action</td></tr>"
                + "<tr><td colspan=3>Motor</td></tr><tr><td>E1</td><td>hot</td><td>wait</td></tr>"
                + "<tr><td colspan=3>Pump</td></tr><tr><td>E2</td><td>dry</td><td></td></tr>"
                + "</table>");
    assertThat(PdfTablesTest.rows(page))
        .containsExactly("Code: E1 | Meaning: hot | Action: wait", "Code: E2 | Meaning: dry");
    assertThat(text(page).lines().map(String::strip)).containsSubsequence("Motor", "Pump");
    Sample sheet =
        TestFiles.xlsx(
            "Prices",
            List.of(
                List.of("Item", "Size", "Price"),
                List.of("Pumps"),
                List.of("P1", "S", "ten"),
                List.of("Valves"),
                List.of("V1", "M", "two")));
    assertThat(PdfTablesTest.rows(read(sheet)))
        .contains("Item: P1 | Size: S | Price: ten", "Item: V1 | Size: M | Price: two");
  }

  @Test
  void rows_of_rich_text_have_names_of_columns_and_spans() throws IOException {
    Extracted read =
        read(
            "stock.rtf",
            """
            {\\rtf1\\ansi\\pard Before.\\par
            \\trowd\\cellx2000\\cellx4000\\cellx6000
            \\pard\\intbl Item\\cell\\pard\\intbl Size\\cell Price\\cell\\row
            \\trowd\\clvmgf\\cellx2000\\cellx4000\\cellx6000
            \\pard\\intbl Pump\\par of brass\\cell\\pard\\intbl\\cell 10\\cell\\row
            \\trowd\\clvmrg\\cellx2000\\cellx4000\\cellx6000
            \\pard\\intbl\\cell big\\cell 12\\cell\\row
            \\trowd\\cellx4000\\cellx6000\\pard\\intbl All\\cell 22\\cell\\row
            \\pard After.\\par}""");
    assertThat(PdfTablesTest.rows(read))
        .containsExactly(
            "Item: Pump of brass | Size:  | Price: 10",
            "Item: Pump of brass | Size: big | Price: 12",
            "Item: All | Size:  | Price: 22");
    assertThat(text(read)).startsWith("Before.").endsWith("After.");
  }

  @Test
  void a_mark_of_inches_in_tabs_takes_no_further_rows() throws IOException {
    assertThat(PdfTablesTest.rows(read("sizes.tsv", "Item\tSize\nA\t\"10\nB\t12\n")))
        .containsExactly("Item: A | Size: \"10", "Item: B | Size: 12");
    assertThat(PdfTablesTest.rows(read("sizes.tsv", "Item\tSize\nA\t\"1\t0\"\nB\t12\n")))
        .containsExactly("Item: A | Size: 1 0", "Item: B | Size: 12");
  }

  @Test
  void equal_names_stored_once_are_names_all_the_same() throws IOException {
    Sample sheet =
        ReadingOpenDocument.odf(
            "shifts.ods",
            "spreadsheet",
            "",
            "<table:table table:name=\"T\"><table:table-row>"
                + cell("Day", 1)
                + cell("Shift", 2)
                + cell("Remark", 1)
                + "</table:table-row><table:table-row>"
                + cell("Monday", 1)
                + cell("early", 2)
                + cell("open", 1)
                + "</table:table-row></table:table>");
    assertThat(PdfTablesTest.rows(read(sheet)))
        .containsExactly("Day: Monday | Shift: early | Shift: early | Remark: open");
  }

  private static String cell(String text, int repeated) {
    return "<table:table-cell table:number-columns-repeated=\"%d\"><text:p>%s</text:p></table:table-cell>"
        .formatted(repeated, text);
  }

  @Test
  void of_alternatives_that_no_program_knows_the_older_is_shown() throws IOException {
    Sample document =
        ReadingWord.docx(
            "alternatives.docx",
            "<w:p><w:r><mc:AlternateContent"
                + " xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\">"
                + "<mc:Choice Requires=\"zzz\"><w:t>Seen by nobody.</w:t></mc:Choice>"
                + "<mc:Fallback><w:t>The lock closes at nine.</w:t></mc:Fallback>"
                + "</mc:AlternateContent></w:r></w:p>",
            Map.of());
    assertThat(text(read(document))).isEqualTo("The lock closes at nine.");
  }

  @Test
  void drawings_with_words_are_named_in_the_notes() throws IOException {
    Extracted read =
        read("plan.html", "<p>The plan:</p><svg><text>Gate 4</text></svg><svg><path/></svg>");
    assertThat(content(read).notes().stream().map(Phrase::english))
        .containsExactly("1 drawing with words in it was not read.");
  }

  private Extracted read(String name, String text) throws IOException {
    return read(Sample.of(name, text.getBytes(StandardCharsets.UTF_8)));
  }

  private Extracted read(Sample sample) throws IOException {
    Path file = Files.write(Files.createTempFile(directory, "table", ".bin"), sample.bytes());
    return READERS.extractor(ExtractLimits.DEFAULT, directory).extract(file, sample.name());
  }
}
