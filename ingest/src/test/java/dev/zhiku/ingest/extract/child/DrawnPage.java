package dev.zhiku.ingest.extract.child;

import dev.zhiku.ingest.testing.ExtractorContract.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/** A page of a PDF on which words and rules are set one by one. */
final class DrawnPage {
  private final PDPageContentStream out;

  private DrawnPage(PDPageContentStream out) {
    this.out = out;
  }

  /** What is drawn on one page. */
  @FunctionalInterface
  interface Drawing {
    void on(DrawnPage page) throws IOException;
  }

  static Sample pdf(Drawing... pages) throws IOException {
    try (PDDocument document = document(pages)) {
      return saved(document);
    }
  }

  static PDDocument document(Drawing... pages) throws IOException {
    PDDocument document = new PDDocument();
    for (Drawing drawing : pages) {
      PDPage page = new PDPage();
      document.addPage(page);
      try (PDPageContentStream out = new PDPageContentStream(document, page)) {
        drawing.on(new DrawnPage(out));
      }
    }
    return document;
  }

  static Sample saved(PDDocument document) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    document.save(bytes);
    return Sample.of("drawn.pdf", bytes.toByteArray());
  }

  DrawnPage text(float x, float y, String text) throws IOException {
    return text(x, y, 10, FontName.HELVETICA, text);
  }

  DrawnPage bold(float x, float y, float size, String text) throws IOException {
    return text(x, y, size, FontName.HELVETICA_BOLD, text);
  }

  DrawnPage text(float x, float y, float size, FontName font, String text) throws IOException {
    if (!text.isEmpty()) {
      out.beginText();
      out.setFont(new PDType1Font(font), size);
      out.newLineAtOffset(x, y);
      out.showText(text);
      out.endText();
    }
    return this;
  }

  /** Cells of one row, each at the beginning of its column. */
  DrawnPage row(float y, float[] columns, String... cells) throws IOException {
    for (int i = 0; i < cells.length; i++) {
      text(columns[i], y, cells[i]);
    }
    return this;
  }

  /** Cells of one row, each at the end of its column. */
  DrawnPage rowToRight(float y, float[] ends, String... cells) throws IOException {
    for (int i = 0; i < cells.length; i++) {
      text(ends[i] - width(cells[i]), y, cells[i]);
    }
    return this;
  }

  DrawnPage centred(float middle, float y, String text) throws IOException {
    return text(middle - width(text) / 2, y, text);
  }

  private static float width(String text) throws IOException {
    return new PDType1Font(FontName.HELVETICA).getStringWidth(text) / 100;
  }

  DrawnPage line(float x1, float y1, float x2, float y2) throws IOException {
    out.moveTo(x1, y1);
    out.lineTo(x2, y2);
    out.stroke();
    return this;
  }

  /** All rules of a grid. */
  DrawnPage grid(List<Float> xs, List<Float> ys) throws IOException {
    for (float x : xs) {
      line(x, ys.getFirst(), x, ys.getLast());
    }
    for (float y : ys) {
      line(xs.getFirst(), y, xs.getLast(), y);
    }
    return this;
  }
}
