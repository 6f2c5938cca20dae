package dev.zhiku.ingest.extract.child;

import static dev.zhiku.ingest.testing.ExtractorContract.content;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.ExtractLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words of earlier mails in a mail, which are not those of its sender. */
class QuotedMailTest {
  private final Path directory;

  QuotedMailTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void what_is_quoted_below_an_answer_stands_under_who_wrote_it() throws IOException {
    assertThat(
            blocks(
                "plain",
                """
                Make it 40 litres.

                On Tue, 3 Mar 2026 at 09:10, Ines Duarte <ines@example.com> wrote:
                > We need 20 litres.
                > Is that right?
                >> First order
                """))
        .containsExactly(
            "TEXT Make it 40 litres.",
            "HEADING On Tue, 3 Mar 2026 at 09:10, Ines Duarte <ines@example.com> wrote:",
            "NOTE We need 20 litres.\nIs that right?\nFirst order");
    assertThat(blocks("plain", "改为四十升。\n\n在2026年3月3日 09:10，沈括写道：\n\n需要二十升。\n谢谢\n"))
        .containsExactly("TEXT 改为四十升。", "HEADING 在2026年3月3日 09:10，沈括写道：", "NOTE 需要二十升。\n谢谢");
  }

  @Test
  void a_head_of_another_mail_begins_what_is_not_the_senders() throws IOException {
    assertThat(
            blocks(
                "plain",
                """
                Approved.

                -----Original Message-----
                From: Ola Berg
                Sent: Monday, March 2, 2026 4:15 PM
                To: Desk
                Subject: Budget

                May we spend 900?
                """))
        .containsExactly(
            "TEXT Approved.",
            "HEADING From: Ola Berg Sent: Monday, March 2, 2026 4:15 PM",
            "NOTE To: Desk\nSubject: Budget",
            "NOTE May we spend 900?");
    assertThat(blocks("plain", "同意。\n\n发件人：韩非\n发送时间：2026年3月2日 16:15\n收件人：行政\n\n可以买两台吗？\n"))
        .containsExactly(
            "TEXT 同意。", "HEADING 发件人：韩非 发送时间：2026年3月2日 16:15", "NOTE 收件人：行政", "NOTE 可以买两台吗？");
  }

  @Test
  void answers_between_quoted_lines_stay_the_senders() throws IOException {
    assertThat(blocks("plain", "> Which pump?\nThe red one.\n> When?\n周五。\n"))
        .containsExactly("NOTE Which pump?", "TEXT The red one.", "NOTE When?", "TEXT 周五。");
  }

  @Test
  void an_invitation_with_labels_is_the_senders() throws IOException {
    String text = "Topic: budget\nDate: 2026-03-04 14:00\nPlace: Room 9\nBring: pens\n";
    assertThat(blocks("plain", text)).containsExactly("TEXT " + text.strip());
    String list = "请带以下物品：\n- 钥匙\n- 手套\n";
    assertThat(blocks("plain", list)).containsExactly("TEXT " + list.strip());
  }

  @Test
  void a_quotation_of_html_is_told_apart_too() throws IOException {
    assertThat(
            blocks(
                "html",
                "<p>Yes, 40.</p><blockquote type=cite><p>20 litres?</p></blockquote><p>Ines</p>"))
        .containsExactly("TEXT Yes, 40.", "NOTE 20 litres?", "TEXT Ines");
  }

  @Test
  void a_mail_of_apple_mail_is_a_mail() throws IOException {
    String mail = mail("plain", "Gate 4 opens at six.\n");
    String emlx = mail.length() + "\n" + mail + "<?xml version=\"1.0\"?><plist>x</plist>\n";
    Path file = Files.writeString(directory.resolve("mail.bin"), emlx);
    List<Block> blocks =
        content(
                new Readers()
                    .extractor(ExtractLimits.DEFAULT, directory)
                    .extract(file, "4711.emlx"))
            .blocks();
    assertThat(blocks.getFirst()).isEqualTo(new Block.Heading(0, "s", Block.Place.WHOLE));
    assertThat(((Block.Paragraph) blocks.getLast()).text()).isEqualTo("Gate 4 opens at six.");
  }

  private static String mail(String form, String body) {
    return "From: a@example.com\r\nDate: Wed, 4 Mar 2026 07:30:00 +0800\r\nSubject: s\r\n"
        + "MIME-Version: 1.0\r\nContent-Type: text/"
        + form
        + "; charset=utf-8\r\n\r\n"
        + body.replace("\n", "\r\n");
  }

  /** The text below the head, each block with what it is. */
  private List<String> blocks(String form, String body) throws IOException {
    byte[] mail = mail(form, body).getBytes(StandardCharsets.UTF_8);
    Path file = Files.write(directory.resolve("mail.eml"), mail);
    return content(
            new Readers().extractor(ExtractLimits.DEFAULT, directory).extract(file, "mail.eml"))
        .blocks()
        .stream()
        .skip(2)
        .map(
            block ->
                switch (block) {
                  case Block.Heading heading -> "HEADING " + heading.text();
                  case Block.Paragraph paragraph -> paragraph.role() + " " + paragraph.text();
                  default -> block.toString();
                })
        .toList();
  }
}
