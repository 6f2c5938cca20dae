package dev.zhiku.ingest.extract.child;

import static dev.zhiku.ingest.testing.ExtractorContract.content;
import static dev.zhiku.ingest.testing.ExtractorContract.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.util.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages that are turned, and words that run up, down or upside down. */
class PdfTurnedPagesTest {
  private static final float WIDE = 842;
  private static final float HIGH = 595;
  private static final List<String> SENTENCE =
      List.of(
          "The harbour crane is inspected every four months by the plant engineer, who writes the",
          "result into the log book and hangs a green tag on the hook.");

  private final Path directory;

  PdfTurnedPagesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "90, 90", "180, 180", "270, 270", "90, 0", "180, 0", "270, 0", "0, 90"})
  void words_are_read_as_they_run_however_the_page_is_turned(int direction, int turned)
      throws IOException {
    Extracted read = read(direction, turned, false);
    assertThat(text(read))
        .contains(String.join(" ", SENTENCE))
        .contains("Quay handbook HB-77")
        .doesNotContain("\n1\n");
    assertThat(rows(read))
        .containsExactly(
            "[Crane, Load, Next check] [K1, 12 t, 2026-05-04]",
            "[Crane, Load, Next check] [K2, , 2026-06-11]",
            "[Crane, Load, Next check] [K3, 8 t, 2026-07-20]");
  }

  @Test
  void words_along_the_margin_come_last_and_whole() throws IOException {
    List<Block> blocks = content(read(0, 0, true)).blocks();
    assertThat(text(blocks.getLast())).isEqualTo("Controlled copy 5, do not lend");
  }

  private Extracted read(int direction, int turned, boolean margin) throws IOException {
    Path file = directory.resolve("turned.bin");
    boolean upright = direction % 180 == 0;
    PDRectangle size = new PDRectangle(upright ? WIDE : HIGH, upright ? HIGH : WIDE);
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage(size);
      page.setRotation(turned);
      document.addPage(page);
      try (PDPageContentStream out = new PDPageContentStream(document, page)) {
        out.transform(start(direction, size));
        write(out);
        if (margin) {
          out.transform(new Matrix(0, 1, -1, 0, 30, 200));
          line(out, 0, 0, "Controlled copy 5, do not lend");
        }
      }
      document.save(file.toFile());
    }
    byte[] bytes = Files.readAllBytes(file);
    Path named = Files.write(directory.resolve("read.bin"), bytes);
    return new Readers().extractor(ExtractLimits.DEFAULT, directory).extract(named, "turned.pdf");
  }

  private static Matrix start(int direction, PDRectangle size) {
    return switch (direction) {
      case 90 -> new Matrix(0, 1, -1, 0, size.getWidth(), 0);
      case 180 -> new Matrix(-1, 0, 0, -1, size.getWidth(), size.getHeight());
      case 270 -> new Matrix(0, -1, 1, 0, 0, size.getHeight());
      default -> new Matrix();
    };
  }

  private static void write(PDPageContentStream out) throws IOException {
    line(out, 60, HIGH - 30, "Quay handbook HB-77");
    float y = HIGH - 100;
    for (String line : SENTENCE) {
      line(out, 60, y, line);
      y -= 14;
    }
    y -= 30;
    for (List<String> row :
        List.of(
            List.of("Crane", "Load", "Next check"),
            List.of("K1", "12 t", "2026-05-04"),
            List.of("K2", "", "2026-06-11"),
            List.of("K3", "8 t", "2026-07-20"))) {
      for (int i = 0; i < row.size(); i++) {
        line(out, 60 + i * 140, y, row.get(i));
      }
      y -= 16;
    }
    line(out, WIDE / 2, 25, "1");
  }

  private static void line(PDPageContentStream out, float x, float y, String words)
      throws IOException {
    if (words.isEmpty()) {
      return;
    }
    out.beginText();
    out.setFont(new PDType1Font(FontName.HELVETICA), 11);
    out.newLineAtOffset(x, y);
    out.showText(words);
    out.endText();
  }

  private static List<String> rows(Extracted read) {
    return content(read).blocks().stream()
        .filter(Block.Row.class::isInstance)
        .map(Block.Row.class::cast)
        .map(row -> row.header() + " " + row.cells())
        .toList();
  }
}
