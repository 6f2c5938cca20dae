package dev.zhiku.ingest.extract.child;

import static dev.zhiku.ingest.testing.ExtractorContract.notes;
import static dev.zhiku.ingest.testing.ExtractorContract.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Definition lists of web pages, and what their style sheets hide. */
class WebPagesTest {
  private final Path directory;

  WebPagesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<dt>保修期<dd>三年<dt>颜色<dd>青|'保修期：三年\n颜色：青'",
        "<dt>Colour:<dd>teal|Colour: teal",
        "<dt>Sedan<dt>Saloon<dd>four doors|Sedan, Saloon: four doors",
        "<dt>Use<dd>pumps<dd>valves|'Use: pumps\nUse: valves'",
        "<dt>Rule<dd><p>Close it.<p>Lock it.|'Rule: Close it.\nLock it.'",
        "<div><dt>Depth<dd>9 m</div><div><dt>Power<dd>yes</div>|'Depth: 9 m\nPower: yes'",
        "<dt>Alone|Alone"
      })
  void a_meaning_stands_behind_its_term(String list, String shown) throws IOException {
    String page = "<p>Data</p><dl>" + list + "</dl><p>End</p>";
    assertThat(text(read(page))).isEqualTo("Data\n" + shown + "\nEnd");
  }

  @Test
  void what_a_rule_of_the_page_hides_is_left_out_and_named() throws IOException {
    String page =
        """
        <style>/* p.a{} */ .old, #draft { color: red; display:none } @media print { .bar { display: none } }</style>
        <p>The fee is 30.</p><p class=old>The fee is 20.</p><div id=draft>价格待定</div>
        <p class=bar>See also room 9.</p><p>周一休息，其余日子照常开放，请提前预约。</p>\
        """;
    Extracted read = read(page);
    assertThat(text(read)).contains("30", "room 9", "周一休息").doesNotContain("20", "待定");
    assertThat(notes(read)).contains("2 hidden parts were left out.");
  }

  @Test
  void what_a_reader_or_a_script_opens_is_not_hidden() throws IOException {
    String tabs =
        """
        <style>.tab { display: none } .tab.active { display: block } body.js { display:none }</style>
        <p>Opening hours and prices of the hall are below.</p>
        <div class="tab active">Open at six.</div><div class=tab>门票三十元</div>\
        """;
    assertThat(text(read(tabs))).contains("Open at six.", "门票三十元");
    String veiled = "<style>.page{visibility:hidden}</style><div class=page>All of it.</div>";
    assertThat(text(read(veiled))).contains("All of it.");
  }

  private Extracted read(String page) throws IOException {
    Path file = Files.writeString(directory.resolve("page.bin"), page);
    return new Readers().extractor(ExtractLimits.DEFAULT, directory).extract(file, "page.html");
  }
}
