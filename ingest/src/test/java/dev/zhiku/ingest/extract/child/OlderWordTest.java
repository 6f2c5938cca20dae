package dev.zhiku.ingest.extract.child;

import static dev.zhiku.ingest.testing.ExtractorContract.content;
import static dev.zhiku.ingest.testing.ExtractorContract.notes;
import static dev.zhiku.ingest.testing.ExtractorContract.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.CommentText;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.poi.hwpf.HWPFDocument;
import org.apache.poi.hwpf.model.CHPBinTable;
import org.apache.poi.hwpf.sprm.SprmBuffer;
import org.apache.poi.hwpf.usermodel.CharacterRun;
import org.apache.poi.hwpf.usermodel.Paragraph;
import org.apache.poi.hwpf.usermodel.Range;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A document in the binary format of Word, saved by LibreOffice from one that holds it all. */
class OlderWordTest {
  private final Path directory;
  private Extracted read = new Extracted.Content("", List.of(), 0, List.of(), false);

  OlderWordTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeEach
  void readDocument() throws IOException {
    try (InputStream document =
        Objects.requireNonNull(OlderWordTest.class.getResourceAsStream("/reading/harbour.doc"))) {
      Path file = directory.resolve("harbour.bin");
      Files.copy(document, file);
      read = new Readers().extractor(ExtractLimits.DEFAULT, directory).extract(file, "harbour.doc");
    }
  }

  @Test
  void hidden_and_deleted_words_are_left_out_and_counted() {
    assertThat(text(read)).contains("200 euros").doesNotContain("250").contains("签字之日起生效。");
    assertThat(notes(read))
        .contains("1 hidden part was left out")
        .contains("1 tracked deletion was left out");
  }

  @Test
  void struck_out_words_are_marked_and_apart_from_their_correction() {
    assertThat(text(read))
        .contains("终点站为（划去：九江）安庆。")
        .contains("The belt costs (struck out: nine euros) eleven euros.");
    assertThat(notes(read)).contains("2 struck-out parts");
  }

  @Test
  void headings_and_paragraphs_are_numbered_as_shown() {
    assertThat(headings())
        .containsExactly(
            "Harbour rules", "1 Mooring", "1.1 Ropes", "1.2 Lights", CommentText.HEADING);
    assertThat(text(read))
        .contains("第二条 夜间须开启航行灯。")
        .contains("（二） 绿灯在右舷。")
        .contains("第三条 缆绳每月检查。")
        .contains("• spare rope");
  }

  @Test
  void form_fields_show_what_was_chosen() {
    assertThat(text(read)).contains("☑ urgent ☐ abroad, gate south.");
  }

  @Test
  void notes_stand_at_their_place_and_links_have_their_address() {
    assertThat(text(read))
        .contains("due on Monday (note: Not on public holidays.) at noon.")
        .contains("费用周一到期（注：节假日顺延。），逾期加收。")
        .contains("See the tide table (https://harbour.example/tide) before leaving.");
  }

  @Test
  void raised_digits_and_signs_of_symbol_fonts_are_kept() {
    assertThat(text(read)).contains("about 10⁷ cells").contains("Checked ☑ by the mate.");
  }

  @Test
  void merged_cells_belong_to_each_of_their_rows_and_columns() {
    assertThat(rows())
        .containsExactly(
            "[Berth, Season Summer, Season Winter, Note] [East, 40, 55, small boats]",
            "[Berth, Season Summer, Season Winter, Note] [East, 41, , large boats]",
            "[Berth, Season Summer, Season Winter, Note] [West, closed, closed, none]");
  }

  @Test
  void a_row_deleted_under_tracked_changes_is_left_out_and_counted() throws IOException {
    Path file = directory.resolve("deleted.bin");
    try (InputStream document =
            Objects.requireNonNull(
                OlderWordTest.class.getResourceAsStream("/reading/harbour.doc"));
        HWPFDocument harbour = new HWPFDocument(document);
        OutputStream out = Files.newOutputStream(file)) {
      Range range = harbour.getRange();
      for (int i = 0; i < range.numParagraphs(); i++) {
        Paragraph paragraph = range.getParagraph(i);
        if (paragraph.isTableRowEnd() && range.getParagraph(i - 1).text().startsWith("none")) {
          markDeleted(harbour.getCharacterTable(), paragraph.getStartOffset());
        }
      }
      harbour.write(out);
    }
    read = new Readers().extractor(ExtractLimits.DEFAULT, directory).extract(file, "harbour.doc");
    assertThat(rows())
        .containsExactly(
            "[Berth, Season Summer, Season Winter, Note] [East, 40, 55, small boats]",
            "[Berth, Season Summer, Season Winter, Note] [East, 41, , large boats]");
    assertThat(notes(read)).contains("2 tracked deletions were left out");
  }

  /** Gives one character a run of its own, which is marked as deleted. */
  private static void markDeleted(CHPBinTable letters, int position) {
    int run = 0;
    while (letters.getTextRuns().get(run).getEnd() <= position) {
      run++;
    }
    SprmBuffer properties = letters.getTextRuns().get(run).getSprmBuf().copy();
    properties.updateSprm(CharacterRun.SPRM_FRMARKDEL, (byte) 1);
    letters.insert(run, position, properties);
    letters.getTextRuns().get(run + 1).setEnd(position + 1);
    letters.getTextRuns().get(run + 2).setStart(position + 1);
  }

  @Test
  void headers_footers_and_comments_stand_once_and_apart() {
    List<Block> blocks = content(read).blocks();
    assertThat(text(blocks.getFirst())).isEqualTo("Port authority, order 17");
    assertThat(text(blocks.getLast())).isEqualTo("Comment (Mara Voss): Is that still so?");
    assertThat(blocks.stream().map(block -> text(block)))
        .containsOnlyOnce("Valid until 2027")
        .contains("Ferries leave hourly.");
  }

  private List<String> headings() {
    return content(read).blocks().stream()
        .filter(Block.Heading.class::isInstance)
        .map(block -> text(block))
        .toList();
  }

  private List<String> rows() {
    return content(read).blocks().stream()
        .filter(Block.Row.class::isInstance)
        .map(Block.Row.class::cast)
        .map(row -> row.header() + " " + row.cells())
        .toList();
  }
}
