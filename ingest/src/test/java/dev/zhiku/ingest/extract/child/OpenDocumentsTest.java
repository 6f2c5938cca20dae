package dev.zhiku.ingest.extract.child;

import static dev.zhiku.ingest.testing.ExtractorContract.content;
import static dev.zhiku.ingest.testing.ExtractorContract.notes;
import static dev.zhiku.ingest.testing.ExtractorContract.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.testing.ExtractorContract.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists, letters and hidden parts of OpenDocument texts, sheets and slides. */
class OpenDocumentsTest {
  private static final Readers READERS = new Readers();

  private final Path directory;

  OpenDocumentsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1;;.;1. |2. ",
        "a;(;);(a) |(b) ",
        "I;;.;I. |II. ",
        "一, 二, 三, ...;;、;一、|二、",
        "一, 二, 三, ...;（;）;（一）|（二）",
        "①, ②, ③, ...;;;① |② ",
        "甲, 乙, 丙, ...;;、;甲、|乙、"
      })
  void items_of_a_list_keep_their_number_as_shown(
      String format, String before, String after, String shown) throws IOException {
    String style =
        list(level(1, format, before == null ? "" : before, after == null ? "" : after, 1));
    String body =
        "<text:list text:style-name=\"L1\">" + item("Oil") + item("检查油位") + "</text:list>";
    String[] numbers = shown.split("\\|", -1);
    Extracted read = read("a.odt", "text", style, "<text:p>Do:</text:p>" + body);
    assertThat(text(read))
        .isEqualTo(
            "Do:\n"
                + numbers[0].strip()
                + gap(numbers[0])
                + "Oil\n"
                + numbers[1].strip()
                + gap(numbers[1])
                + "检查油位");
    assertThat(content(read).blocks().subList(1, 3))
        .allMatch(b -> ((Block.Paragraph) b).role() == Block.Role.LIST_ITEM);
  }

  private static String gap(String number) {
    return number.endsWith("、") || number.endsWith("）") ? "" : " ";
  }

  @Test
  void deeper_levels_show_the_numbers_above_and_begin_anew() throws IOException {
    String style = list(level(1, "1", "", ".", 1) + level(2, "1", "", "", 2));
    String inner = "<text:list>" + item("inlet") + item("outlet") + "</text:list>";
    String body =
        "<text:list text:style-name=\"L1\">"
            + "<text:list-item><text:p>Valves</text:p>"
            + inner
            + "</text:list-item>"
            + "<text:list-item><text:p>Lids</text:p><text:p>of brass</text:p>"
            + inner
            + "</text:list-item></text:list><text:p>Then rest.</text:p>"
            + "<text:list text:style-name=\"L1\" text:continue-numbering=\"true\">"
            + item("Oil")
            + "</text:list><text:list text:style-name=\"L1\">"
            + item("Anew")
            + "</text:list>";
    assertThat(text(read("a.odt", "text", style, body)))
        .isEqualTo(
            """
            1. Valves
            1.1 inlet
            1.2 outlet
            2. Lids
            of brass
            2.1 inlet
            2.2 outlet
            Then rest.
            3. Oil
            1. Anew\
            """);
  }

  @Test
  void items_with_a_bullet_have_a_dash() throws IOException {
    String style = list("<text:list-level-style-bullet text:level=\"1\" text:bullet-char=\"•\"/>");
    String body = "<text:list text:style-name=\"L1\">" + item("钥匙") + item("lamp") + "</text:list>";
    assertThat(text(read("a.odt", "text", style, body))).isEqualTo("- 钥匙\n- lamp");
  }

  @Test
  void numbers_of_headings_are_part_of_them() throws IOException {
    String style =
        "<text:outline-style><text:outline-level-style text:level=\"1\" style:num-format=\"一, 二\""
            + " style:num-prefix=\"第\" style:num-suffix=\"章\"/><text:outline-level-style"
            + " text:level=\"2\" style:num-format=\"\"/></text:outline-style>";
    Extracted read =
        read("a.odt", "text", style, heading(1, "总则") + heading(2, "目的") + heading(1, "附则"));
    assertThat(text(read)).isEqualTo("第一章总则\n目的\n第二章附则");
  }

  @Test
  void letters_take_what_the_style_of_their_style_says() throws IOException {
    String style =
        "<style:style style:name=\"Gone\" style:family=\"text\"><style:text-properties"
            + " text:display=\"none\"/></style:style><style:style style:name=\"T1\""
            + " style:family=\"text\" style:parent-style-name=\"Gone\"/><style:style"
            + " style:name=\"P1\" style:family=\"paragraph\"><style:text-properties"
            + " style:text-line-through-type=\"single\"/></style:style>";
    String body =
        "<text:p>Open<text:span text:style-name=\"T1\"> shut</text:span>.</text:p>"
            + "<text:p text:style-name=\"P1\">每天<text:span>两次</text:span></text:p>";
    Extracted read = read("a.odt", "text", style, body);
    assertThat(text(read)).isEqualTo("Open.\n（划去：每天两次）");
    assertThat(notes(read)).contains("1 hidden part was", "1 struck-out part is");
  }

  @Test
  void lowered_digits_stay_and_raised_words_are_words() throws IOException {
    String style =
        "<style:style style:name=\"Up\" style:family=\"text\"><style:text-properties"
            + " style:text-position=\"33% 58%\"/></style:style><style:style style:name=\"Down\""
            + " style:family=\"text\"><style:text-properties style:text-position=\"-33% 58%\"/>"
            + "</style:style>";
    String body =
        "<text:p>H<text:span text:style-name=\"Down\">2</text:span>O, 10<text:span"
            + " text:style-name=\"Up\">4</text:span>, 1<text:span text:style-name=\"Up\">st"
            + "</text:span></text:p>";
    assertThat(text(read("a.odt", "text", style, body))).isEqualTo("H2O, 10⁴, 1st");
  }

  @Test
  void hidden_columns_and_filtered_rows_of_a_sheet_are_left_out() throws IOException {
    String body =
        "<table:table table:name=\"库存\"><table:table-column/><table:table-column"
            + " table:visibility=\"collapse\" table:number-columns-repeated=\"2\"/>"
            + "<table:table-column/>"
            + row("", "Part", "Cost", "Code", "Price")
            + row("", "Hose", "8", "x", "14")
            + row(" table:visibility=\"filter\"", "Lid", "1", "y", "3")
            + "</table:table>";
    Extracted read = read("a.ods", "spreadsheet", "", body);
    assertThat(PdfTablesTest.rows(read)).containsExactly("Part: Hose | Price: 14");
    assertThat(content(read).blocks().getLast().place().sheet()).contains("库存");
    assertThat(notes(read)).contains("2 hidden columns", "1 hidden row was");
  }

  @Test
  void a_hidden_slide_is_left_out() throws IOException {
    String style =
        "<style:style style:name=\"dp1\" style:family=\"drawing-page\">"
            + "<style:drawing-page-properties presentation:visibility=\"hidden\"/></style:style>";
    String body =
        "<draw:page draw:style-name=\"dp1\"><draw:frame><draw:text-box><text:p>draft</text:p>"
            + "</draw:text-box></draw:frame></draw:page><draw:page><draw:frame><draw:text-box>"
            + "<text:p>定稿</text:p></draw:text-box></draw:frame></draw:page>";
    Extracted read = read("a.odp", "presentation", style, body);
    assertThat(text(read)).isEqualTo("定稿");
    assertThat(notes(read)).contains("1 hidden slide was");
  }

  @Test
  void rows_of_a_sheet_keep_their_numbers_after_blank_hidden_and_equal_ones() throws IOException {
    String body =
        "<table:table table:name=\"库存\">"
            + row("", "Part", "Price")
            + row(" table:number-rows-repeated=\"2\"", "Hose", "14")
            + row(" table:visibility=\"collapse\" table:number-rows-repeated=\"3\"", "Lid", "3")
            + row("", "Cap", "5")
            + "<table:table-row table:number-rows-repeated=\"4\"><table:table-cell"
            + " table:number-columns-repeated=\"2\"/></table:table-row>"
            + row("", "Total", "33")
            + "</table:table>";
    Extracted read = read("a.ods", "spreadsheet", "", body);
    assertThat(PdfTablesTest.rows(read))
        .containsExactly(
            "Part: Hose | Price: 14",
            "Part: Hose | Price: 14",
            "Part: Cap | Price: 5",
            "Part: Total | Price: 33");
    assertThat(content(read).blocks())
        .extracting(block -> block.place().start())
        .containsExactly(2, 3, 7, 12);
    assertThat(notes(read)).contains("3 hidden rows were");
  }

  @Test
  void words_of_a_slide_are_cited_by_its_number_and_places_for_words_hold_none()
      throws IOException {
    Extracted read = show();
    assertThat(content(read).blocks())
        .extracting(block -> block.place().start() + " " + text(block))
        .containsExactly(
            "1 Gate 4",
            "1 opens at six",
            "1 每天先试灯",
            "3 检票口",
            "3 在东侧",
            "0 Harbour office",
            "0 Valid from May");
    assertThat(content(read).blocks().get(0)).isInstanceOf(Block.Heading.class);
    assertThat(((Block.Paragraph) content(read).blocks().get(2)).role()).isEqualTo(Block.Role.NOTE);
    assertThat(content(read).blocks().get(3).place().kind()).isEqualTo(Kind.SLIDE);
    assertThat(content(read).blocks().getLast().place().kind()).isEqualTo(Kind.WHOLE);
    assertThat(notes(read)).contains("1 hidden slide was", "1 hidden part was");
  }

  @ParameterizedTest
  @CsvSource({"fodt, text", "fods, spreadsheet", "fodp, presentation"})
  void a_flat_file_is_read_like_one_in_a_container(String ending, String kind) throws IOException {
    String style =
        "<style:style style:name=\"T1\" style:family=\"text\"><style:text-properties"
            + " text:display=\"none\"/></style:style>";
    String words = "<text:p>票价公开。<text:span text:style-name=\"T1\">内部价</text:span></text:p>";
    String table =
        "<table:table table:name=\"库存\">"
            + row("", "Part", "Price")
            + row(" table:visibility=\"collapse\"", "Lid", "3")
            + row("", "Hose", "14")
            + "</table:table>";
    String slide = page("", box("", "Gate 4")) + page("", "<draw:frame>" + table + "</draw:frame>");
    String body =
        switch (kind) {
          case "text" -> words + table;
          case "spreadsheet" -> table;
          default -> slide;
        };
    Extracted read = read(ReadingOpenDocument.flat("a." + ending, kind, style, body));
    assertThat(PdfTablesTest.rows(read)).containsExactly("Part: Hose | Price: 14");
    assertThat(notes(read)).contains("1 hidden row was");
    Block last = content(read).blocks().getLast();
    switch (kind) {
      case "text" -> assertThat(text(read)).startsWith("票价公开。\n");
      case "spreadsheet" -> assertThat(last.place().start()).isEqualTo(3);
      default -> assertThat(last.place().start()).isEqualTo(2);
    }
  }

  private Extracted show() throws IOException {
    String hidden =
        "<style:style style:name=\"dp1\" style:family=\"drawing-page\">"
            + "<style:drawing-page-properties presentation:visibility=\"hidden\"/></style:style>";
    String slides =
        page("", box("", "Gate 4") + box("", "opens at six") + spoken(box("", "每天先试灯")))
            + page(" draw:style-name=\"dp1\"", box("", "draft"))
            + page(
                "",
                box("", "检票口")
                    + box(" draw:display=\"none\"", "未定")
                    + box(" presentation:class=\"page-number\"", "3")
                    + box(
                        " presentation:class=\"title\" presentation:placeholder=\"true\"",
                        "Click to add title")
                    + box("", "在东侧"));
    String masters =
        "<style:master-page style:name=\"M\">"
            + box(" presentation:class=\"title\"", "Click to edit Master title style")
            + box("", "Harbour office")
            + box(" presentation:class=\"footer\"", "Valid from May")
            + spoken(box("", "Notes"))
            + "</style:master-page><style:master-page style:name=\"Other\">"
            + box("", "unused")
            + "</style:master-page>";
    Sample sample = ReadingOpenDocument.odf("a.odp", "presentation", hidden, slides, masters);
    return read(sample);
  }

  private static String page(String attributes, String shapes) {
    return "<draw:page draw:master-page-name=\"M\"" + attributes + ">" + shapes + "</draw:page>";
  }

  private static String spoken(String shapes) {
    return "<presentation:notes>" + shapes + "</presentation:notes>";
  }

  private static String box(String attributes, String words) {
    return "<draw:frame%s><draw:text-box><text:p>%s</text:p></draw:text-box></draw:frame>"
        .formatted(attributes, words);
  }

  private static String list(String levels) {
    return "<text:list-style style:name=\"L1\">" + levels + "</text:list-style>";
  }

  private static String level(int level, String format, String before, String after, int shown) {
    return ("<text:list-level-style-number text:level=\"%d\" style:num-format=\"%s\""
            + " style:num-prefix=\"%s\" style:num-suffix=\"%s\" text:display-levels=\"%d\"/>")
        .formatted(level, format, before, after, shown);
  }

  private static String item(String text) {
    return "<text:list-item><text:p>" + text + "</text:p></text:list-item>";
  }

  private static String heading(int level, String text) {
    return "<text:h text:outline-level=\"%d\">%s</text:h>".formatted(level, text);
  }

  private static String row(String attributes, String... cells) {
    StringBuilder row = new StringBuilder("<table:table-row" + attributes + ">");
    for (String cell : cells) {
      row.append("<table:table-cell office:value-type=\"string\"><text:p>")
          .append(cell)
          .append("</text:p></table:table-cell>");
    }
    return row.append("</table:table-row>").toString();
  }

  private Extracted read(String name, String kind, String styles, String body) throws IOException {
    return read(ReadingOpenDocument.odf(name, kind, styles, body));
  }

  private Extracted read(Sample sample) throws IOException {
    Path file = Files.write(Files.createTempFile(directory, "open", ".bin"), sample.bytes());
    return READERS.extractor(ExtractLimits.DEFAULT, directory).extract(file, sample.name());
  }
}
