package dev.zhiku.ingest.extract.pdf;

import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.BlockSink;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineNode;

/**
 * The titles beside the pages, as far as their page does not say the same: a scan often has no
 * other words. A damaged outline may lead in circles, hence the limits.
 */
final class Bookmarks {
  private static final int MOST = 2_000;
  private static final int DEPTH = 20;
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private final PDDocument document;
  private final List<PdfPage> pages;
  private final BlockSink sink;
  private int seen;

  Bookmarks(PDDocument document, List<PdfPage> pages, BlockSink sink) {
    this.document = document;
    this.pages = pages;
    this.sink = sink;
  }

  void read() throws IOException {
    PDOutlineNode outline = document.getDocumentCatalog().getDocumentOutline();
    if (outline != null) {
      read(outline, 0);
    }
  }

  private void read(PDOutlineNode node, int depth) throws IOException {
    for (PDOutlineItem item = node.getFirstChild();
        item != null && seen < MOST;
        item = item.getNextSibling()) {
      seen++;
      add(item);
      if (depth < DEPTH) {
        read(item, depth + 1);
      }
    }
  }

  private void add(PDOutlineItem item) throws IOException {
    String title = item.getTitle();
    int page = page(item);
    if (title == null || (page > 0 && squeezed(page).contains(squeeze(title)))) {
      return;
    }
    sink.paragraph(
        title,
        page == 0
            ? Place.WHOLE
            : new Place(Kind.PAGE, Optional.empty(), Optional.empty(), page, page));
  }

  /** From 1; 0 where the bookmark leads to no page. */
  private int page(PDOutlineItem item) throws IOException {
    PDPage page = item.findDestinationPage(document);
    return page == null ? 0 : document.getPages().indexOf(page) + 1;
  }

  private String squeezed(int page) {
    return squeeze(
        pages.get(page - 1).lines().stream().map(PdfLine::text).collect(Collectors.joining()));
  }

  private static String squeeze(String text) {
    return BLANKS.matcher(text).replaceAll("").toLowerCase(Locale.ROOT);
  }
}
