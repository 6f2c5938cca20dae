package dev.zhiku.ingest.extract.child;

import static dev.zhiku.ingest.testing.ExtractorContract.content;
import static dev.zhiku.ingest.testing.ExtractorContract.text;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.testing.ExtractorContract.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Address cards and calendars as records. */
class RecordsTest {
  private static final Readers READERS = new Readers();
  private static final String CARD =
      """
      BEGIN:VCARD
      VERSION:3.0
      N:Okafor;Ada;;;
      FN:Ada Okafor
      ORG:Harbour Office;Berths
      TEL;TYPE=WORK,VOICE:555 0188
      item1.TEL;TYPE=CELL:555 0199
      EMAIL;TYPE=INTERNET:ada@example.org
      PHOTO;ENCODING=b;TYPE=PNG:iVBORw0KGgo
       AAAANSUhEUg==
      NOTE:Calls back\\, but only
        before noon
      X-ABLabel:_$!<Work>!$_
      X-WECHAT:ada-okafor
      END:VCARD
      """;

  private final Path directory;

  RecordsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void each_contact_is_one_row_with_labels_in_both_languages() throws IOException {
    String second = "BEGIN:VCARD\nVERSION:3.0\nN:周;明远;;;\nTEL;TYPE=HOME:0571-8800\nEND:VCARD\n";
    List<Block.Row> rows = rows(read("people.vcf", (CARD + second).getBytes(UTF_8)));
    assertThat(rows).hasSize(2);
    assertThat(rows.getFirst().header())
        .containsExactly(
            "姓名/Name",
            "单位/Organization",
            "电话/Phone (单位/work)",
            "手机/Mobile phone",
            "邮箱/E-mail",
            "备注/Note",
            "WECHAT");
    assertThat(rows.getFirst().cells())
        .containsExactly(
            "Ada Okafor",
            "Harbour Office Berths",
            "555 0188",
            "555 0199",
            "ada@example.org",
            "Calls back, but only before noon",
            "ada-okafor");
    assertThat(rows.getLast().cells()).containsExactly("周明远", "0571-8800");
    assertThat(rows.getLast().place().start()).isEqualTo(16);
    assertThat(rows.getLast().place().end()).isEqualTo(20);
  }

  @Test
  void old_cards_declare_charset_and_encoding_for_each_line() throws IOException {
    ByteArrayOutputStream card = new ByteArrayOutputStream();
    card.writeBytes(
        ("BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=91=A8=\r\n"
                + "=E6=98=8E\r\nTEL;CELL:13800000000\r\nORG;CHARSET=GBK:")
            .getBytes(UTF_8));
    card.writeBytes("码头管理处".getBytes(Charset.forName("GBK")));
    card.writeBytes("\r\nEND:VCARD\r\n".getBytes(UTF_8));
    assertThat(rows(read("old.vcf", card.toByteArray())).getFirst().cells())
        .containsExactly("周明", "13800000000", "码头管理处");
  }

  @Test
  void cards_in_other_charsets_and_newer_addresses_are_read() throws IOException {
    String card = "BEGIN:VCARD\nVERSION:4.0\nFN:李想\nTEL;VALUE=uri:tel:+86-571-1234\nEND:VCARD\n";
    assertThat(text(read("a.vcf", card.getBytes(UTF_16)))).contains("李想", "+86-571-1234");
    String long1 = card.replace("李想", "李想是仓库的管理员");
    assertThat(text(read("b.vcf", long1.getBytes(Charset.forName("GBK"))))).contains("李想是仓库");
  }

  @Test
  void each_event_is_one_row_without_its_alarm() throws IOException {
    String calendar =
        """
        BEGIN:VCALENDAR
        VERSION:2.0
        X-WR-CALNAME:Harbour
        BEGIN:VTIMEZONE
        TZID:Asia/Shanghai
        BEGIN:STANDARD
        DTSTART:19700101T000000
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        UID:1
        DTSTAMP:20260801T000000Z
        DTSTART;TZID=Asia/Shanghai:20260910T143000
        DURATION:PT1H30M
        SUMMARY:Crane
          inspection
        LOCATION:Berth 4\\, north
        ORGANIZER;CN="Ada Okafor":mailto:ada@example.org
        BEGIN:VALARM
        DESCRIPTION:Reminder
        END:VALARM
        END:VEVENT
        BEGIN:VEVENT
        DTSTART;VALUE=DATE:20261001
        DTEND;VALUE=DATE:20261008
        SUMMARY:国庆值班
        END:VEVENT
        BEGIN:VEVENT
        DTSTART;VALUE=DATE:20261111
        DTEND;VALUE=DATE:20261112
        SUMMARY:Drill
        END:VEVENT
        END:VCALENDAR
        """;
    Extracted read = read("harbour.ics", calendar.getBytes(UTF_8));
    List<Block.Row> rows = rows(read);
    assertThat(rows.get(0).cells())
        .containsExactly(
            "Crane inspection",
            "2026-09-10 14:30 Asia/Shanghai",
            "2026-09-10 16:00 Asia/Shanghai",
            "Berth 4, north",
            "Ada Okafor <ada@example.org>");
    assertThat(rows.get(1).header()).containsExactly("主题/Summary", "开始/Start", "结束/End");
    assertThat(rows.get(1).cells()).containsExactly("国庆值班", "2026-10-01", "2026-10-07");
    assertThat(rows.get(2).cells()).containsExactly("Drill", "2026-11-11");
    assertThat(text(read)).contains("Harbour").doesNotContain("Reminder");
  }

  @Test
  void a_character_folded_between_its_bytes_is_whole_again() throws IOException {
    byte[] name = "值班室".getBytes(UTF_8);
    ByteArrayOutputStream card = new ByteArrayOutputStream();
    card.writeBytes("BEGIN:VCARD\r\nFN:".getBytes(UTF_8));
    card.write(name, 0, 4);
    card.writeBytes("\r\n ".getBytes(UTF_8));
    card.write(name, 4, name.length - 4);
    card.writeBytes("\r\nEND:VCARD\r\n".getBytes(UTF_8));
    assertThat(text(read("folded.vcf", card.toByteArray()))).contains("值班室");
  }

  @Test
  void what_holds_no_record_is_text() throws IOException {
    assertThat(text(read("notes.vcf", "Just a few words.".getBytes(UTF_8)))).contains("few words");
  }

  private static List<Block.Row> rows(Extracted extracted) {
    return content(extracted).blocks().stream()
        .filter(Block.Row.class::isInstance)
        .map(Block.Row.class::cast)
        .toList();
  }

  private Extracted read(String name, byte[] bytes) throws IOException {
    Sample sample = Sample.of(name, bytes);
    Path file = Files.write(directory.resolve("file"), sample.bytes());
    return READERS.extractor(ExtractLimits.DEFAULT, directory).extract(file, sample.name());
  }
}
