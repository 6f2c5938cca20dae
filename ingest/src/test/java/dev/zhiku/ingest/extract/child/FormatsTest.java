package dev.zhiku.ingest.extract.child;

import static dev.zhiku.ingest.testing.ExtractorContract.content;
import static dev.zhiku.ingest.testing.ExtractorContract.notes;
import static dev.zhiku.ingest.testing.ExtractorContract.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.extract.child.TestFiles.Line;
import dev.zhiku.ingest.outcome.Reason;
import dev.zhiku.ingest.outcome.ReasonCode;
import dev.zhiku.ingest.testing.ExtractorContract;
import dev.zhiku.ingest.testing.ExtractorContract.Sample;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is particular to each format. */
class FormatsTest {
  private static final Readers READERS = new Readers();
  private static final String CHINESE = "本手册说明设备的安装、使用和维护方法，请在使用之前仔细阅读，并妥善保存。保修期为三十六个月。";

  private final Path directory;

  FormatsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void markdown_keeps_headings_lists_code_tables_and_their_lines() throws IOException {
    Extracted.Content content =
        content(
            read(
                Sample.ofText(
                    "notes.md",
                    """
                    ---
                    title: Pump notes
                    ---
                    # Pumps

                    - first [item](http://example.com)
                    - second

                    ```
                    run --fast
                    ```

                    | Part | Price |
                    |------|-------|
                    | X-1  | 12    |
                    """)));
    assertThat(content.blocks().getFirst()).isInstanceOf(Block.Heading.class);
    assertThat(heading(content, 0)).isEqualTo("Pump notes");
    assertThat(heading(content, 1)).isEqualTo("Pumps");
    assertThat(paragraphs(content)).contains("- first item (http://example.com)", "- second");
    assertThat(find(content, "run --fast")).isInstanceOf(Block.Preformatted.class);
    assertThat(rows(content).getFirst().header()).containsExactly("Part", "Price");
    assertThat(rows(content).getFirst().place().start()).isEqualTo(15);
    assertThat(rows(content).getFirst().place().kind()).isEqualTo(Kind.LINES);
  }

  @Test
  void a_web_page_loses_its_navigation_and_keeps_its_text() throws IOException {
    Extracted.Content content =
        content(
            read(
                Sample.ofText(
                    "page.html",
                    """
                    <html><head><title>Manual</title><script>secretScript()</script></head><body>
                    <header><a>Home</a></header><nav>Products Contact</nav>
                    <main><h2>Cooling</h2><p>Keep it
                    cold.</p><ol><li>Open</li><li>Close</li></ol>
                    <table><tr><th>Part</th><th>Price</th></tr><tr><td>X-1</td><td>12</td></tr></table>
                    </main><aside>Advertisement</aside><footer>Imprint</footer></body></html>
                    """)));
    assertThat(heading(content, 0)).isEqualTo("Manual");
    assertThat(heading(content, 2)).isEqualTo("Cooling");
    assertThat(paragraphs(content)).containsExactly("Keep it cold.", "1. Open", "2. Close");
    assertThat(rows(content).getFirst().header()).containsExactly("Part", "Price");
    assertThat(text(content))
        .doesNotContain("Home", "Products", "Advertisement", "Imprint", "secretScript");
  }

  @Test
  void a_page_that_is_all_navigation_keeps_it() throws IOException {
    assertThat(text(read(Sample.ofText("n.html", "<nav>Only <a>links</a></nav>"))))
        .contains("Only links");
  }

  @ParameterizedTest
  @CsvSource({"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "GB18030", "GBK", "X-UTF-32LE-BOM"})
  void chinese_text_is_read_in_any_charset(String charset) throws IOException {
    byte[] bytes = (CHINESE + CHINESE).getBytes(Charset.forName(charset));
    assertThat(text(read(Sample.of("manual.txt", bytes)))).contains("保修期为三十六个月");
  }

  @Test
  void traditional_text_in_big5_is_read() throws IOException {
    byte[] bytes = "本手冊說明設備的安裝與維護，請於使用前詳細閱讀。".repeat(3).getBytes(Charset.forName("Big5"));
    assertThat(text(read(Sample.of("manual.txt", bytes)))).contains("請於使用前詳細閱讀");
  }

  @Test
  void western_text_without_unicode_is_read() throws IOException {
    byte[] bytes = "Die Kühlung prüfen; größer als 4°.".getBytes(Charset.forName("windows-1252"));
    assertThat(text(read(Sample.of("a.txt", bytes)))).contains("Kühlung prüfen; größer");
  }

  @Test
  void plain_text_is_cited_by_line() throws IOException {
    Extracted.Content content = content(read(Sample.ofText("a.txt", "one\ntwo\n\nthree\n")));
    assertThat(find(content, "three").place().start()).isEqualTo(4);
    assertThat(find(content, "one").place().end()).isEqualTo(2);
  }

  @Test
  void zero_width_tag_and_control_characters_are_no_text() throws IOException {
    String hidden = "pay\u200B\u200Bment\uDB40\uDC41\uDB40\uDC42 due\u0007\u202E now\uFEFF";
    assertThat(text(read(Sample.ofText("a.txt", hidden)))).isEqualTo("payment due now");
  }

  @Test
  void separated_values_are_read_however_carelessly_they_were_written() throws Exception {
    String text = "品名,備註,價\n\"泵, 大\" 型,\"他說 \"\"好\"\"\",1\n\n\"兩\n行\",x\"y,\n閥,\"沒有結尾";

    List<Block.Row> rows = rows(content(read(Sample.ofText("careless.csv", text))));

    assertThat(rows.toString()).contains("泵, 大 型", "他說 \"好\"", "兩行", "x\"y", "閥", "沒有結尾");
  }

  @Test
  void rows_of_a_table_file_carry_their_header() throws IOException {
    byte[] gbk = "编号,名称,备注\n1,水泵,\"含,逗号\"\n2,阀门,\"说\"\"明\"\"\"\n".getBytes(Charset.forName("GBK"));
    List<Block.Row> rows = rows(content(read(Sample.of("parts.csv", gbk))));
    assertThat(rows).hasSize(2);
    assertThat(rows.getFirst().header()).containsExactly("编号", "名称", "备注");
    assertThat(rows.getFirst().cells()).containsExactly("1", "水泵", "含,逗号");
    assertThat(rows.getLast().cells()).containsExactly("2", "阀门", "说\"明\"");
    assertThat(rows.getLast().place().start()).isEqualTo(3);
  }

  @Test
  void sheets_are_cited_by_row_with_title_header_and_gaps() throws IOException {
    List<List<String>> cells =
        List.of(
            List.of("Price list 2026"),
            List.of("Part", "", "Price"),
            List.of("X-100", "", "12"),
            List.of("", "", ""),
            List.of("X-200", "blue", "14"));
    for (Sample sample : List.of(TestFiles.xlsx("Prices", cells), TestFiles.xls("Prices", cells))) {
      Extracted.Content content = content(read(sample));
      assertThat(paragraphs(content)).contains("Price list 2026");
      List<Block.Row> rows = rows(content);
      assertThat(rows.getLast().header()).containsExactly("Part", "", "Price");
      assertThat(rows.getLast().cells()).containsExactly("X-200", "blue", "14");
      assertThat(rows.getLast().place().start()).isEqualTo(5);
      assertThat(rows.getLast().place().sheet()).contains("Prices");
      assertThat(rows.getLast().place().kind()).isEqualTo(Kind.CELLS);
    }
  }

  @Test
  void word_headings_and_tables_are_kept() throws IOException {
    Extracted.Content content = content(read(TestFiles.docx("Cooling", "Keep it cold.")));
    assertThat(heading(content, 1)).isEqualTo("Cooling");
    assertThat(paragraphs(content)).contains("Keep it cold.");
    assertThat(rows(content).getFirst().header()).containsExactly("Part", "Colour", "Price");
    assertThat(rows(content).getFirst().cells()).containsExactly("X-100", "blue", "12.50");
  }

  @Test
  void slides_are_counted_and_their_first_line_is_their_heading() throws IOException {
    List<List<String>> slides = List.of(List.of("Aims", "Be fast"), List.of("Means", "Measure"));
    for (Sample sample : List.of(TestFiles.pptx(slides), TestFiles.ppt(slides))) {
      Extracted.Content content = content(read(sample));
      assertThat(content.pages()).isEqualTo(2);
      assertThat(find(content, "Means")).isInstanceOf(Block.Heading.class);
      assertThat(find(content, "Measure").place())
          .isEqualTo(new Block.Place(Kind.SLIDE, Optional.empty(), Optional.empty(), 2, 2));
    }
  }

  @Test
  void a_book_has_its_title_and_chapters() throws IOException {
    Extracted.Content content = content(read(TestFiles.epub("Chapter 1", "It pumps.")));
    assertThat(heading(content, 0)).isEqualTo("The Pump Book");
    assertThat(heading(content, 1)).isEqualTo("Chapter 1");
  }

  @Test
  void the_navigation_of_a_book_is_not_its_text() throws IOException {
    Extracted.Content content = content(read(TestFiles.epub("Chapter 1", "It pumps.")));
    assertThat(text(content)).contains("It pumps.").doesNotContain("Table of contents");
    assertThat(content.blocks()).allMatch(block -> block.place().entry().isEmpty());
  }

  @Test
  void a_mail_has_its_subject_its_people_and_its_attachments() throws IOException {
    Extracted.Content content =
        content(read(TestFiles.mail("Cooling", "See below.", "note.txt", "It is cold.")));
    assertThat(heading(content, 0)).isEqualTo("Cooling");
    assertThat(text(content)).contains("li.wei@example.com", "team@example.com", "2026-11-20");
    assertThat(find(content, "See below.").place().entry()).isEmpty();
    assertThat(find(content, "It is cold.").place().entry()).contains("note.txt");
  }

  @Test
  void pdf_pages_have_headings_joined_lines_and_no_running_lines() throws IOException {
    List<List<Line>> pages = new ArrayList<>();
    for (int page = 1; page <= 4; page++) {
      pages.add(
          List.of(
              new Line(8, 770, "Pump handbook 2026"),
              new Line(16, 720, page == 1 ? "The great pump" : "Chapter " + page),
              new Line(10, 690, "The cooling unit of page " + page + " must be in-"),
              new Line(10, 678, "spected every week by whoever is on duty at"),
              new Line(10, 666, "the time."),
              new Line(8, 40, "Page " + page + " of 4")));
    }
    Extracted.Content content = content(read(TestFiles.pdf(pages)));
    assertThat(content.pages()).isEqualTo(4);
    assertThat(heading(content, 0)).isEqualTo("The great pump");
    assertThat(heading(content, 1)).isEqualTo("Chapter 2");
    assertThat(paragraphs(content))
        .contains(
            "The cooling unit of page 3 must be inspected every week by whoever is on duty at the"
                + " time.");
    assertThat(find(content, "of page 3").place().start()).isEqualTo(3);
    assertThat(text(content)).doesNotContain("handbook 2026", "of 4");
  }

  @Test
  void a_protected_pdf_says_so() throws IOException {
    assertThat(reason(read(TestFiles.encryptedPdf("secret", "word"))).code())
        .isEqualTo(ReasonCode.PASSWORD_PROTECTED);
  }

  @Test
  void a_page_as_a_picture_inside_a_document_is_named_as_unread_and_a_logo_is_not()
      throws Exception {
    Extracted.Content content = content(read(TestFiles.docxWithPictures("Keep it cold.")));
    assertThat(paragraphs(content)).containsExactly("Keep it cold.");
    assertThat(content.unreadPictures()).isTrue();
    assertThat(content.notes()).hasSize(1);
  }

  @Test
  void a_picture_needs_text_recognition() throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB), "png", png);
    assertThat(reason(read(Sample.of("scan.png", png.toByteArray()))).code())
        .isEqualTo(ReasonCode.OCR_NOT_INSTALLED);
  }

  @Test
  void an_empty_page_has_no_text() throws IOException {
    assertThat(reason(read(TestFiles.pdf(List.of(List.of())))).code())
        .isEqualTo(ReasonCode.NO_TEXT);
    assertThat(reason(read(Sample.ofText("blank.txt", " \n\t\n "))).code())
        .isEqualTo(ReasonCode.NO_TEXT);
  }

  @Test
  void a_program_named_like_a_document_is_refused_by_its_bytes() throws IOException {
    byte[] program = new byte[2_000];
    program[0] = 0x7F;
    System.arraycopy("ELF".getBytes(UTF_8), 0, program, 1, 3);
    assertThat(reason(read(Sample.of("invoice.pdf", program))).code())
        .isEqualTo(ReasonCode.UNSUPPORTED_TYPE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Article 12 of the lease says that the tenant pays for water.",
        "P1 tickets are answered within 15 minutes.\nP2 tickets within a day.",
        "P5 级别的员工每年有十五天年假。",
        "solid waste is collected on Monday.\nfacet of the bin must be clean.",
        "Path: /srv/files is where they lie.",
        "Subject: Meeting on Monday\n\nIt starts at nine.",
        "From 1 January 2026 the fee is 12 euros.\nIt is paid in advance.",
        "GIF89a is a picture format.",
        "BM25 ranks passages by their words.",
        "MZ-80 machines need grease every week.",
        "@echo off turns the echo off.",
        "%!PS begins a PostScript file.",
        "ID3 tags hold the title of a song.",
        "RIFF files hold chunks of four letters.",
        "II* marks a picture in TIFF.",
        "8BPS begins a file of Photoshop.",
        "Rar! is what such an archive begins with.",
        "#!AMR is a sound format.",
        "WEBVTT files hold subtitles.",
        "WARC/1.0 is a format for archives of the web.",
        "BEGIN:VEVENT opens an entry of a calendar.",
        "diff of 12 volts was measured between both poles."
      })
  void text_named_as_text_is_text_whatever_it_begins_with(String text) throws IOException {
    for (String name : List.of("note.txt", "note.md", "note.log")) {
      assertThat(text(read(Sample.ofText(name, text))).replaceAll("\\s+", " "))
          .as(name)
          .isEqualTo(text.replaceAll("\\s+", " "));
    }
  }

  @ParameterizedTest
  @CsvSource({"film.srt", "film.vtt", "s_study.txt", "README", "notes.nfo", "post.news"})
  void text_of_a_type_that_no_reader_takes_is_plain_text(String name) throws IOException {
    assertThat(
            text(
                read(Sample.ofText(name, "1\n00:00:01,000 --> 00:00:04,000\nThe pump is warm.\n"))))
        .contains("The pump is warm.");
  }

  @ParameterizedTest
  @CsvSource({"repair#5.md", "what?.md", "12:30 notes.md", "50% off.md", "a#b.c?d:e.md"})
  void a_name_keeps_its_type_with_signs_of_addresses_in_it(String name) throws IOException {
    Extracted.Content content =
        content(read(Sample.ofText(name, "| Part | Room |\n|---|---|\n| Mixer | R 512 |\n")));
    assertThat(rows(content).getFirst().header()).containsExactly("Part", "Room");
  }

  @Test
  void a_web_page_and_a_program_named_as_text_are_not_taken_for_text() throws IOException {
    assertThat(
            text(
                read(
                    Sample.ofText(
                        "page.txt", "<!DOCTYPE html><html><body><p>Warm</p></body></html>"))))
        .isEqualTo("Warm");
    byte[] elf = new byte[4096];
    System.arraycopy(new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1}, 0, elf, 0, 7);
    assertThat(read(Sample.of("tool.txt", elf))).isInstanceOf(Extracted.Rejected.class);
  }

  @Test
  void a_document_named_like_another_is_read_by_its_bytes() throws IOException {
    Path file = Files.write(directory.resolve("x"), TestFiles.docx("Cooling", "Cold.").bytes());
    Extracted extracted =
        READERS.extractor(ExtractLimits.DEFAULT, directory).extract(file, "really.pdf");
    assertThat(text(extracted)).contains("Cold.");
  }

  @Test
  void entities_of_xml_reach_no_file_and_expand_to_nothing() throws IOException {
    Path canary = Files.writeString(directory.resolve("canary.txt"), "canary-2718");
    String xxe =
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY e SYSTEM \""
            + canary.toUri()
            + "\"><!ENTITY b \"bomb\">]><a>before &e; &b; after</a>";
    for (String name : List.of("a.xml", "a.svg")) {
      Extracted extracted = read(Sample.ofText(name, xxe));
      assertThat(extracted.toString()).doesNotContain("canary-2718");
    }
  }

  @Test
  void a_bomb_names_the_limit_it_goes_beyond() throws IOException {
    Sample bomb = TestFiles.zip("bomb.zip", Map.of("a.txt", "0".repeat(30 << 20)));
    Reason reason = reason(read(bomb));
    assertThat(reason.code()).isEqualTo(ReasonCode.UNPACK_LIMIT);
    assertThat(reason.value()).contains("100 times");
  }

  @Test
  void the_limit_of_text_keeps_what_was_read_and_says_so() throws IOException {
    ExtractLimits small =
        new ExtractLimits(Duration.ofSeconds(60), 64L << 20, 1_000, 1_000, 1, 2, 1 << 20, 100);
    Extracted extracted = read(Sample.ofText("a.txt", "word ".repeat(1_000)), small);
    assertThat(text(extracted)).hasSize(1_000);
    assertThat(notes(extracted)).contains("first 1000 characters");
  }

  @Test
  void the_limits_of_blocks_files_and_depth_name_themselves() throws IOException {
    ExtractLimits small =
        new ExtractLimits(Duration.ofSeconds(60), 64L << 20, 9_000, 3, 1, 2, 1 << 20, 100);
    assertThat(notes(read(Sample.ofText("a.txt", "x\n\n".repeat(9)), small)))
        .contains("first 3 paragraphs");
    Sample wide = TestFiles.zip("w.zip", Map.of("a.txt", "a", "b.txt", "b", "c.txt", "c"));
    assertThat(notes(read(wide, small))).contains("more than 2 files inside");
    Sample mail = TestFiles.mail("s", "b", "n.txt", "a");
    ExtractLimits flat =
        new ExtractLimits(Duration.ofSeconds(60), 64L << 20, 9_000, 90, 0, 2, 1 << 20, 100);
    assertThat(notes(read(mail, flat))).contains("more than 0 levels");
  }

  @Test
  void a_table_file_with_a_thousand_columns_too_many_says_so() throws IOException {
    Extracted extracted = read(Sample.ofText("wide.csv", "a,b\n" + "1,".repeat(1_200) + "2\n"));
    assertThat(notes(extracted)).contains("1000 columns");
  }

  private Extracted read(Sample sample) throws IOException {
    return read(sample, ExtractLimits.DEFAULT);
  }

  private Extracted read(Sample sample, ExtractLimits limits) throws IOException {
    Path file = Files.createTempFile(directory, "sample", ".bin");
    Files.write(file, sample.bytes());
    return READERS.extractor(limits, directory).extract(file, sample.name());
  }

  private static Reason reason(Extracted extracted) {
    assertThat(extracted).isInstanceOf(Extracted.Rejected.class);
    return ((Extracted.Rejected) extracted).reason();
  }

  private static String heading(Extracted.Content content, int level) {
    return content.blocks().stream()
        .filter(b -> b instanceof Block.Heading h && h.level() == level)
        .map(ExtractorContract::text)
        .findFirst()
        .orElse("no heading of level " + level + " in " + content.blocks());
  }

  private static List<String> paragraphs(Extracted.Content content) {
    return content.blocks().stream()
        .filter(Block.Paragraph.class::isInstance)
        .map(ExtractorContract::text)
        .toList();
  }

  private static List<Block.Row> rows(Extracted.Content content) {
    return content.blocks().stream()
        .filter(Block.Row.class::isInstance)
        .map(Block.Row.class::cast)
        .toList();
  }

  private static Block find(Extracted.Content content, String words) {
    return content.blocks().stream()
        .filter(b -> text(b).contains(words))
        .findFirst()
        .orElseThrow(() -> new AssertionError(words + " is not in " + content.blocks()));
  }
}
