package dev.zhiku.ingest.extract.child;

import static dev.zhiku.ingest.testing.ExtractorContract.content;
import static dev.zhiku.ingest.testing.ExtractorContract.text;
import static org.assertj.core.api.Assertions.assertThat;

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

/** Marks of Markdown and of web pages that are no words. */
class MarksTest {
  private final Path directory;

  MarksTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "泵每年保养一次[^1]，由班组负责。|泵每年保养一次，由班组负责。",
        "Greased yearly[^note].|Greased yearly.",
        "三十元~~旧价：二十元~~。|三十元。",
        "about ~5 and ~6 litres|about ~5 and ~6 litres",
        "下载：[点击](https://files.example.net/a.exe)|下载：点击（https://files.example.net/a.exe）",
        "See [the form](https://example.org/f.pdf).|See the form (https://example.org/f.pdf).",
        "Write to [us](mailto:a@example.org).|Write to us (a@example.org).",
        "At [example.org/a](https://example.org/a/).|At example.org/a.",
        "In [chapter 2](#two) and [there](two.md).|In chapter 2 and there.",
        "<https://example.org/a>|https://example.org/a"
      })
  void markdown_reads_as_its_words(String written, String shown) throws IOException {
    assertThat(text(read("a.md", written))).isEqualTo(shown);
  }

  @Test
  void a_footnote_is_an_item_and_code_keeps_its_marks() throws IOException {
    Extracted read = read("a.md", "泵[^1]\n\n[^1]: 自2026年起。\n\n```\n[^a]: ~~x~~\n```\n");
    assertThat(text(read)).contains("- 自2026年起。", "[^a]: ~~x~~");
  }

  @Test
  void lines_of_a_form_stay_lines_and_wrapped_prose_is_joined() throws IOException {
    assertThat(text(read("a.md", "姓名：仇某\n**职务**：库管\n电话：555\n"))).isEqualTo("姓名：仇某\n职务：库管\n电话：555");
    assertThat(text(read("a.md", "Name: Ann\nRole: clerk\n"))).isEqualTo("Name: Ann\nRole: clerk");
    assertThat(text(read("a.md", "请注意：每天\n检查水位，\n记录结果。"))).isEqualTo("请注意：每天检查水位，记录结果。");
  }

  @Test
  void a_table_of_html_in_markdown_keeps_its_columns() throws IOException {
    Extracted.Content content =
        content(
            read(
                "a.md",
                """
                # T

                <table>
                <tr><th>Part</th><th>Price</th></tr>
                <tr><td>Belt</td><td>34</td></tr>
                </table>
                """));
    Block.Row row = (Block.Row) content.blocks().getLast();
    assertThat(row.header()).containsExactly("Part", "Price");
    assertThat(row.cells()).containsExactly("Belt", "34");
    assertThat(row.place().start()).isEqualTo(3);
  }

  @Test
  void raised_numbers_of_a_page_stay_raised() throws IOException {
    assertThat(
            text(
                read("a.html", "<p>3×10<sup>-7</sup> m<sup>3</sup> H<sub>2</sub>O 1<sup>st</sup>")))
        .isEqualTo("3×10⁻⁷ m³ H2O 1st");
  }

  @Test
  void addresses_of_a_page_are_kept_unless_every_other_word_is_a_link() throws IOException {
    String link = "<p>Get it <a href='https://example.org/%s'>here</a>.</p>";
    assertThat(text(read("a.html", link.formatted("tool"))))
        .isEqualTo("Get it here (https://example.org/tool).");
    String many = link.formatted("tool").repeat(21) + link.formatted("tool.zip");
    assertThat(text(read("a.html", many)))
        .contains("here (https://example.org/tool.zip)")
        .doesNotContain("tool)");
  }

  private Extracted read(String name, String text) throws IOException {
    Path file = Files.createTempFile(directory, "marks", ".bin");
    Files.write(file, Sample.ofText(name, text).bytes());
    return new Readers().extractor(ExtractLimits.DEFAULT, directory).extract(file, name);
  }
}
