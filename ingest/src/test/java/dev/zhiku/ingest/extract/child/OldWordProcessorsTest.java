package dev.zhiku.ingest.extract.child;

import static dev.zhiku.ingest.testing.ExtractorContract.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.outcome.Reason;
import dev.zhiku.ingest.outcome.ReasonCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of word processors that are sold no more. */
class OldWordProcessorsTest {
  private static final int BLANK = 0x80;
  private static final int LINE_END = 0xCC;
  private static final byte[] HEAD = {
    (byte) 0xFF, 'W', 'P', 'C', 16, 0, 0, 0, 1, 10, 2, 1, 0, 0, 0, 0
  };

  private final Path directory;

  OldWordProcessorsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void the_words_of_word_perfect_are_read() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(HEAD);
    for (byte letter : "The quay is closed on Monday.".getBytes(StandardCharsets.US_ASCII)) {
      bytes.write(letter == ' ' ? BLANK : letter);
    }
    bytes.write(LINE_END);
    Path file = Files.write(directory.resolve("notice.wpd"), bytes.toByteArray());
    assertThat(
            text(
                new Readers()
                    .extractor(ExtractLimits.DEFAULT, directory)
                    .extract(file, "notice.wpd")))
        .contains("The quay is closed on Monday.");
  }

  @Test
  void a_type_of_which_no_words_are_told_is_refused_by_its_name() throws IOException {
    byte[] bytes = new byte[400];
    System.arraycopy(new byte[] {1, (byte) 0xFE, 0x32, 0}, 0, bytes, 0, 4);
    Path file = Files.write(directory.resolve("letter.wps"), bytes);
    assertThat(
            new Readers().extractor(ExtractLimits.DEFAULT, directory).extract(file, "letter.wps"))
        .isEqualTo(
            new Extracted.Rejected(
                "application/vnd.ms-works",
                new Reason(ReasonCode.UNSUPPORTED_TYPE, "application/vnd.ms-works")));
  }
}
