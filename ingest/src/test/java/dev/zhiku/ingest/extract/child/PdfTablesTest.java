package dev.zhiku.ingest.extract.child;

import static dev.zhiku.ingest.testing.ExtractorContract.content;
import static dev.zhiku.ingest.testing.ExtractorContract.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.extract.child.DrawnPage.Drawing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of a PDF, which holds no tables: only words and rules at places of a page. */
class PdfTablesTest {
  private static final Readers READERS = new Readers();
  private static final float[] FOUR = {72, 180, 280, 400};

  private final Path directory;

  PdfTablesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void aligned_cells_get_the_names_of_their_columns_and_empty_cells_stay() throws IOException {
    Extracted read =
        read(
            page ->
                page.text(72, 740, "The valves of hall B are listed below.")
                    .row(700, FOUR, "Valve", "Pressure", "Medium", "Remark")
                    .row(684, FOUR, "VX-11", "1.6", "Steam", "spare part")
                    .row(668, FOUR, "VX-12", "", "Water", "")
                    .row(652, FOUR, "VX-13", "2.5", "", "sealed"));
    assertThat(rows(read))
        .containsExactly(
            "Valve: VX-11 | Pressure: 1.6 | Medium: Steam | Remark: spare part",
            "Valve: VX-12 | Pressure:  | Medium: Water",
            "Valve: VX-13 | Pressure: 2.5 | Medium:  | Remark: sealed");
    assertThat(text(read)).contains("The valves of hall B are listed below.");
  }

  @Test
  void numbers_set_to_the_right_stay_under_their_names() throws IOException {
    Extracted read =
        read(
            page ->
                page.row(700, new float[] {72, 200, 320}, "Article", "2025", "2026")
                    .row(684, new float[] {72, 206, 326}, "Belts", "340", "410")
                    .row(668, new float[] {72, 198, 332}, "Gaskets", "1,200", "9")
                    .row(652, new float[] {72, 332}, "Lids", "77"));
    assertThat(rows(read))
        .contains("Article: Belts | 2025: 340 | 2026: 410", "Article: Lids | 2025:  | 2026: 77");
  }

  @Test
  void words_between_rules_are_one_cell_however_many_lines_they_take() throws IOException {
    Extracted read =
        read(
            page ->
                page.grid(List.of(70f, 150f, 300f, 380f), List.of(720f, 700f, 660f, 620f))
                    .text(74, 706, "Post")
                    .text(154, 706, "Duty")
                    .text(304, 706, "Shift")
                    .text(74, 688, "Guard at")
                    .text(74, 676, "the gate")
                    .text(154, 688, "Opens the north gate and")
                    .text(154, 676, "counts the lorries that")
                    .text(154, 664, "leave the yard")
                    .text(304, 688, "night")
                    .text(74, 648, "Porter")
                    .text(304, 648, "day"));
    assertThat(rows(read))
        .containsExactly(
            "Post: Guard at the gate | Duty: Opens the north gate and counts the lorries that leave"
                + " the yard | Shift: night",
            "Post: Porter | Duty:  | Shift: day");
  }

  @Test
  void cells_that_touch_are_parted_by_their_rule() throws IOException {
    Extracted read =
        read(
            page ->
                page.grid(List.of(70f, 105f, 140f, 175f), List.of(720f, 700f, 680f, 660f))
                    .row(706, new float[] {73, 107, 142}, "Code", "Price", "Tax")
                    .row(686, new float[] {72, 107, 142}, "ABC12", "10.50", "1.95")
                    .row(666, new float[] {72, 107, 142}, "ABC13", "11.50", "2.05"));
    assertThat(rows(read))
        .containsExactly(
            "Code: ABC12 | Price: 10.50 | Tax: 1.95", "Code: ABC13 | Price: 11.50 | Tax: 2.05");
  }

  @Test
  void a_merged_cell_belongs_to_each_of_its_rows_and_groups_name_their_columns()
      throws IOException {
    Extracted read =
        read(
            page ->
                page.line(70, 720, 370, 720)
                    .line(170, 700, 370, 700)
                    .line(70, 680, 370, 680)
                    .line(170, 660, 370, 660)
                    .line(70, 640, 370, 640)
                    .line(70, 720, 70, 640)
                    .line(170, 720, 170, 640)
                    .line(270, 700, 270, 640)
                    .line(370, 720, 370, 640)
                    .text(74, 696, "Cabinet")
                    .text(230, 706, "Stock")
                    .text(174, 686, "Bottles")
                    .text(274, 686, "Boxes")
                    .text(74, 656, "Acids")
                    .text(174, 666, "14")
                    .text(274, 666, "3")
                    .text(174, 646, "22")
                    .text(274, 646, "5"));
    assertThat(rows(read))
        .containsExactly(
            "Cabinet: Acids | Stock Bottles: 14 | Stock Boxes: 3",
            "Cabinet: Acids | Stock Bottles: 22 | Stock Boxes: 5");
  }

  @Test
  void a_table_that_goes_on_over_pages_keeps_its_names_whether_they_are_repeated_or_not()
      throws IOException {
    for (boolean repeated : List.of(true, false)) {
      List<Drawing> pages = new ArrayList<>();
      for (int p = 1; p <= 3; p++) {
        int number = p;
        pages.add(
            page -> {
              float y = 740;
              if (number == 1) {
                page.text(72, 760, "Berths of the harbour in the order of their numbers.");
              }
              if (number == 1 || repeated) {
                page.row(y, FOUR, "Berth", "Depth", "Length", "Owner");
              }
              for (int i = 1; i <= 40; i++) {
                y -= 16;
                page.row(y, FOUR, "B" + number + "-" + i, i + ".5", "" + 10 * i, "Owner " + i);
              }
            });
      }
      List<String> rows = rows(read(pages.toArray(Drawing[]::new)));
      assertThat(rows)
          .as("names repeated: %s", repeated)
          .contains("Berth: B1-1 | Depth: 1.5 | Length: 10 | Owner: Owner 1")
          .contains("Berth: B2-1 | Depth: 1.5 | Length: 10 | Owner: Owner 1")
          .contains("Berth: B3-40 | Depth: 40.5 | Length: 400 | Owner: Owner 40")
          .hasSize(120);
    }
  }

  @Test
  void rows_without_rules_between_them_are_rows_all_the_same() throws IOException {
    Extracted read =
        read(
            page ->
                page.grid(List.of(70f, 170f, 270f, 370f), List.of(720f, 700f, 620f))
                    .row(706, new float[] {74, 174, 274}, "Pump", "Flow", "Head")
                    .row(684, new float[] {74, 174, 274}, "P-1", "40", "12")
                    .row(664, new float[] {74, 174, 274}, "P-2", "", "14")
                    .row(644, new float[] {74, 174, 274}, "P-3", "60", "16"));
    assertThat(rows(read))
        .containsExactly(
            "Pump: P-1 | Flow: 40 | Head: 12",
            "Pump: P-2 | Flow:  | Head: 14",
            "Pump: P-3 | Flow: 60 | Head: 16");
  }

  @Test
  void lists_prose_and_lines_of_two_words_are_no_tables() throws IOException {
    float[] list = {72, 92};
    Extracted read =
        read(
            page ->
                page.row(740, list, "1.", "Close the inlet before the pump is opened.")
                    .row(726, list, "2.", "Wait until the gauge shows zero.")
                    .row(712, list, "3.", "Loosen the four screws of the lid.")
                    .row(640, new float[] {72, 470}, "Harbour Office", "4 May 2026")
                    .text(72, 600, "Dear Ms Okafor,")
                    .text(72, 580, "the berth is yours from Monday."));
    assertThat(rows(read)).isEmpty();
    assertThat(text(read))
        .contains("2. Wait until the gauge shows zero.")
        .contains("Harbour Office 4 May 2026");
  }

  @Test
  void what_follows_a_table_is_text_again() throws IOException {
    Extracted read =
        read(
            page ->
                page.row(700, FOUR, "Valve", "Pressure", "Medium", "Remark")
                    .row(684, FOUR, "VX-11", "1.6", "Steam", "spare part")
                    .row(668, FOUR, "VX-12", "2.5", "Water", "in use")
                    .text(
                        72,
                        630,
                        "All valves are looked over in March by the foreman of the hall, and")
                    .text(72, 616, "what leaks is replaced."));
    assertThat(rows(read)).hasSize(2);
    assertThat(text(read)).contains("by the foreman of the hall, and what leaks is replaced.");
  }

  static List<String> rows(Extracted extracted) {
    List<String> rows = new ArrayList<>();
    for (Block block : content(extracted).blocks()) {
      if (block instanceof Block.Row row) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.cells().size(); i++) {
          String name = i < row.header().size() ? row.header().get(i) : "";
          cells.add(name.isEmpty() ? row.cells().get(i) : name + ": " + row.cells().get(i));
        }
        rows.add(String.join(" | ", cells));
      }
    }
    return rows;
  }

  private Extracted read(Drawing... pages) throws IOException {
    Path file = Files.createTempFile(directory, "drawn", ".pdf");
    Files.write(file, DrawnPage.pdf(pages).bytes());
    return READERS.extractor(ExtractLimits.DEFAULT, directory).extract(file, "drawn.pdf");
  }
}
