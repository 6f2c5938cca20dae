package dev.zhiku.ingest.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/**
 * Paragraphs of ASCII text set on pages. Each page begins with the same paragraph whatever the
 * others say, as where chapters begin on pages of their own: an edit moves no text from page to
 * page.
 */
final class WrittenPdf {
  private static final int PARAGRAPHS_A_PAGE = 7;
  private static final int CHARS_A_LINE = 90;
  private static final float SIZE = 10;
  private static final float LEADING = 13;
  private static final float LEFT = 60;
  private static final float TOP = 740;

  private WrittenPdf() {}

  static void write(Path file, List<String> paragraphs) throws IOException {
    try (PDDocument document = new PDDocument()) {
      PDFont font = new PDType1Font(FontName.HELVETICA);
      for (int i = 0; i < paragraphs.size(); i += PARAGRAPHS_A_PAGE) {
        PDPage page = new PDPage();
        document.addPage(page);
        int end = Math.min(paragraphs.size(), i + PARAGRAPHS_A_PAGE);
        try (PDPageContentStream out = new PDPageContentStream(document, page)) {
          set(out, font, paragraphs.subList(i, end));
        }
      }
      document.save(file.toFile());
    }
  }

  private static void set(PDPageContentStream out, PDFont font, List<String> paragraphs)
      throws IOException {
    out.beginText();
    out.setFont(font, SIZE);
    out.setLeading(LEADING);
    out.newLineAtOffset(LEFT, TOP);
    for (String paragraph : paragraphs) {
      String rest = paragraph.strip();
      while (!rest.isEmpty()) {
        int cut =
            rest.length() <= CHARS_A_LINE ? rest.length() : rest.lastIndexOf(' ', CHARS_A_LINE);
        out.showText(rest.substring(0, cut));
        out.newLine();
        rest = rest.substring(cut).strip();
      }
      out.newLine();
    }
    out.endText();
  }
}
