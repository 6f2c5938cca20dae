package dev.zhiku.ingest.extract.pdf;

import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.Block.Role;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.CleanText;
import dev.zhiku.ingest.extract.LinkTarget;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.text.PDFTextStripperByArea;

/** Addresses that words of a page link to, of the first links of a file; they follow its text. */
final class PdfLinks {
  private static final int MOST_OF_A_FILE = 20;

  private final BlockSink sink;
  private int shown;

  PdfLinks(BlockSink sink) {
    this.sink = sink;
  }

  void read(PDPage page, Place place) throws IOException {
    Map<String, PDAnnotationLink> links = new LinkedHashMap<>();
    for (PDAnnotation annotation : page.getAnnotations()) {
      if (annotation instanceof PDAnnotationLink link
          && link.getRectangle() != null
          && links.size() < MOST_OF_A_FILE - shown
          && !LinkTarget.shown("x", target(link)).isEmpty()) {
        links.put("" + links.size(), link);
      }
    }
    if (links.isEmpty() || page.getRotation() != 0) {
      return;
    }
    PDFTextStripperByArea words = new PDFTextStripperByArea();
    links.forEach((name, link) -> words.addRegion(name, area(page, link.getRectangle())));
    words.extractRegions(page);
    for (var link : links.entrySet()) {
      add(CleanText.line(words.getTextForRegion(link.getKey())), target(link.getValue()), place);
    }
  }

  private void add(String words, String target, Place place) {
    String address = LinkTarget.shown(words, target);
    if (!address.isEmpty()) {
      shown++;
      sink.paragraph(Role.NOTE, words + address, place);
    }
  }

  private static String target(PDAnnotationLink link) {
    String address = link.getAction() instanceof PDActionURI action ? action.getURI() : null;
    return address == null ? "" : address;
  }

  /** The area as it is counted from the top of the page. */
  private static Rectangle2D area(PDPage page, PDRectangle place) {
    PDRectangle whole = page.getCropBox();
    return new Rectangle2D.Float(
        place.getLowerLeftX() - whole.getLowerLeftX(),
        whole.getUpperRightY() - place.getUpperRightY(),
        place.getWidth(),
        place.getHeight());
  }
}
