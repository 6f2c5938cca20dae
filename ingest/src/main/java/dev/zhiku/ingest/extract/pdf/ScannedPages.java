package dev.zhiku.ingest.extract.pdf;

import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.Pictures;
import dev.zhiku.ingest.extract.ocr.TextRecognition;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.graphics.PDXObject;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/**
 * Pages whose words are in a picture: no text, or no more than a scanner's mark beside a large
 * picture. They are drawn and handed to text recognition.
 */
final class ScannedPages {
  private static final int SCANNERS_MARK_CHARACTERS = 80;
  private static final float DOTS_PER_INCH = 300;
  private static final float POINTS_PER_INCH = 72;
  private static final int FORMS_IN_FORMS = 5;
  private static final int MOST_OBJECTS = 1_000;

  private final PDDocument document;
  private int objects;

  ScannedPages(PDDocument document) {
    this.document = document;
  }

  /** Whether what the page says is, or may be, in a picture. */
  boolean isScan(PdfPage page) throws IOException {
    int letters = page.lines().stream().mapToInt(line -> line.text().length()).sum();
    if (letters > SCANNERS_MARK_CHARACTERS) {
      return false;
    }
    long largest = largestPicture(page.number());
    return letters == 0 ? largest > 0 : Pictures.mayBeAPage(largest, 1);
  }

  /** Hands over what is recognised on the page. */
  void read(PdfPage page, TextRecognition recognition, BlockSink sink) throws IOException {
    String what = "p. " + page.number();
    PDPage drawn = document.getPage(page.number() - 1);
    double area =
        (double) drawn.getCropBox().getWidth()
            * drawn.getCropBox().getHeight()
            / (POINTS_PER_INCH * POINTS_PER_INCH);
    double dots = Math.min(DOTS_PER_INCH, Math.sqrt(recognition.mostPixels() / area));
    if (largestPicture(page.number()) > recognition.mostPixels() || dots < POINTS_PER_INCH) {
      recognition.tooLarge(what, sink);
      return;
    }
    Path picture = Files.createTempFile("page", ".png");
    try {
      draw(page.number(), (float) dots, picture);
      Place place =
          new Place(Kind.PAGE, Optional.empty(), Optional.empty(), page.number(), page.number());
      recognition.read(picture, 1, what, place, sink);
    } finally {
      Files.deleteIfExists(picture);
    }
  }

  private void draw(int page, float dots, Path picture) throws IOException {
    PDFRenderer renderer = new PDFRenderer(document);
    renderer.setSubsamplingAllowed(true);
    BufferedImage drawn = renderer.renderImageWithDPI(page - 1, dots, ImageType.GRAY);
    ImageIO.write(drawn, "png", picture.toFile());
  }

  private long largestPicture(int page) throws IOException {
    objects = 0;
    return largestPicture(document.getPage(page - 1).getResources(), 0);
  }

  private long largestPicture(PDResources resources, int depth) throws IOException {
    long largest = 0;
    if (resources == null || depth > FORMS_IN_FORMS) {
      return largest;
    }
    for (COSName name : resources.getXObjectNames()) {
      objects++;
      if (objects > MOST_OBJECTS) {
        break;
      }
      PDXObject object = resources.getXObject(name);
      if (object instanceof PDImageXObject picture) {
        largest = Math.max(largest, (long) picture.getWidth() * picture.getHeight());
      } else if (object instanceof PDFormXObject form) {
        largest = Math.max(largest, largestPicture(form.getResources(), depth + 1));
      }
    }
    return largest;
  }
}
