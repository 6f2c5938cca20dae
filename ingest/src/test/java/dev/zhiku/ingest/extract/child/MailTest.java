package dev.zhiku.ingest.extract.child;

import static dev.zhiku.ingest.testing.ExtractorContract.text;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.testing.ExtractorContract.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What mails say, in the charset and at the time of those who wrote them. */
class MailTest {
  private static final Readers READERS = new Readers();

  private final Path directory;

  MailTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @CsvSource({
    "gb2312, GBK, 二号泵漏水。",
    "GBK, GBK, 门禁卡在三楼领。",
    "gb18030, GB18030, 请带伞。",
    "big5, Big5, 電梯停用。",
    "utf-8, UTF-8, 周五停水。",
    "Shift_JIS, Shift_JIS, 会議は三時。",
    "windows-1251, windows-1251, Лифт не работает.",
    "iso-8859-1, ISO-8859-1, Das Café schließt früh."
  })
  void a_short_body_is_read_by_its_declared_charset(String declared, String charset, String body)
      throws IOException {
    byte[] bytes = body.getBytes(Charset.forName(charset));
    String base64 = Base64.getMimeEncoder().encodeToString(bytes);
    assertThat(text(read(mail("note", declared, "base64", base64.getBytes(US_ASCII)))))
        .contains(body);
    assertThat(text(read(mail("note", declared, "quoted-printable", quotedPrintable(bytes)))))
        .contains(body);
    assertThat(text(read(mail("note", declared, "8bit", bytes)))).contains(body);
  }

  @Test
  void a_wrongly_declared_charset_is_not_believed() throws IOException {
    byte[] body = "二号电梯今天停用，请走楼梯，明天早上恢复。".getBytes(UTF_8);
    assertThat(text(read(mail("note", "us-ascii", "8bit", body)))).contains("二号电梯今天停用");
    assertThat(text(read(mail("note", "iso-8859-1", "8bit", body)))).contains("二号电梯今天停用");
    assertThat(text(read(mail("note", "no-such-charset", "8bit", body)))).contains("二号电梯今天停用");
  }

  @Test
  void a_page_of_html_is_read_by_the_charset_of_the_mail() throws IOException {
    String page = "<html><head><meta charset=utf-8></head><body><p>浴室六点关。</p></body></html>";
    byte[] mail =
        join(
            """
            From: a@example.com
            Subject: s
            Date: Wed, 19 Aug 2026 07:30:00 +0800
            MIME-Version: 1.0
            Content-Type: text/html; charset=gbk
            Content-Transfer-Encoding: 8bit

            """
                .replace("\n", "\r\n"),
            page.getBytes(Charset.forName("GBK")));
    assertThat(text(read(mail))).contains("浴室六点关。");
  }

  @ParameterizedTest
  @CsvSource({
    "gb2312, GBK, 秋游报名周五截止",
    "big5, Big5, 秋遊報名週五截止",
    "utf-8, UTF-8, 秋游报名周五截止",
    "iso-8859-1, ISO-8859-1, Größe der Stühle"
  })
  void a_subject_in_bare_bytes_is_read_by_the_charset_of_the_body(
      String declared, String charset, String subject) throws IOException {
    byte[] mail =
        join(
            join("From: a@example.com\r\nSubject: ", subject.getBytes(Charset.forName(charset))),
            ("\r\nDate: Wed, 19 Aug 2026 12:00:00 +0800\r\nMIME-Version: 1.0\r\n"
                    + "Content-Type: text/plain; charset="
                    + declared
                    + "\r\n\r\nok\r\n")
                .getBytes(US_ASCII));
    assertThat(text(read(mail))).contains(subject);
  }

  @Test
  void encoded_words_cut_inside_a_character_are_joined() throws IOException {
    byte[] subject = "定位终端安装通知".getBytes(Charset.forName("GBK"));
    String first = Base64.getEncoder().encodeToString(Arrays.copyOf(subject, 5));
    String second =
        Base64.getEncoder().encodeToString(Arrays.copyOfRange(subject, 5, subject.length));
    String encoded = "=?gb2312?B?" + first + "?=\r\n =?gb2312?B?" + second + "?= 2026";
    assertThat(text(read(mail(encoded, "utf-8", "8bit", "ok".getBytes(UTF_8)))))
        .contains("定位终端安装通知 2026");
    String quoted = "=?UTF-8?Q?Caf=C3=A9_closed?= on Friday";
    assertThat(text(read(mail(quoted, "utf-8", "8bit", "ok".getBytes(UTF_8)))))
        .contains("Café closed on Friday");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Wed, 19 Aug 2026 07:30:00 +0800 | 2026-08-19 07:30:00 +0800",
        "Tue, 1 Sep 2026 23:50:00 -0700 (PDT) | 2026-09-01 23:50:00 -0700",
        "31 Dec 2025 22:15 GMT | 2025-12-31 22:15:00 GMT",
        "Fri, 02 Jan 99 03:04:05 +0000 | 1999-01-02 03:04:05 +0000",
        "yesterday | yesterday"
      })
  void the_date_keeps_the_day_and_offset_of_the_sender(String written, String shown)
      throws IOException {
    String mail =
        "From: a@example.com\r\nDate: "
            + written
            + "\r\nSubject: s\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nok\r\n";
    assertThat(text(read(mail.getBytes(US_ASCII)))).contains("Date: " + shown);
  }

  private static byte[] mail(String subject, String charset, String encoding, byte[] body) {
    String head =
        "From: a@example.com\r\nDate: Wed, 19 Aug 2026 07:30:00 +0800\r\nSubject: "
            + subject
            + "\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=\""
            + charset
            + "\"\r\nContent-Transfer-Encoding: "
            + encoding
            + "\r\n\r\n";
    return join(join(head, body), "\r\n".getBytes(US_ASCII));
  }

  private static byte[] quotedPrintable(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      text.append("=%02X".formatted(b & 0xFF));
      text.append(text.length() % 60 == 0 ? "=\r\n" : "");
    }
    return text.toString().getBytes(US_ASCII);
  }

  private static byte[] join(String start, byte[] end) {
    return join(start.getBytes(US_ASCII), end);
  }

  private static byte[] join(byte[] start, byte[] end) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.writeBytes(start);
    joined.writeBytes(end);
    return joined.toByteArray();
  }

  private Extracted read(byte[] mail) throws IOException {
    Sample sample = Sample.of("mail.eml", mail);
    Path file = Files.write(directory.resolve("file"), sample.bytes());
    return READERS.extractor(ExtractLimits.DEFAULT, directory).extract(file, sample.name());
  }
}
