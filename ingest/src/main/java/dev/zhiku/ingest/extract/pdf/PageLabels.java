package dev.zhiku.ingest.extract.pdf;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDPageLabels;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The numbers that the pages of a document print: i, ii, 1, 2, A-1. */
final class PageLabels {
  private static final Logger LOG = LoggerFactory.getLogger(PageLabels.class);
  private static final int LONGEST = 20;

  private PageLabels() {}

  /** One for each page, blank where it has none of reasonable length; none if they are damaged. */
  static List<String> of(PDDocument document) {
    try {
      PDPageLabels labels = document.getDocumentCatalog().getPageLabels();
      return labels == null
          ? List.of()
          : Arrays.stream(labels.getLabelsByPageIndices()).map(PageLabels::shown).toList();
    } catch (IOException | RuntimeException damaged) {
      LOG.info("the numbers of the pages cannot be read", damaged);
      return List.of();
    }
  }

  private static String shown(String label) {
    return label == null || label.length() > LONGEST ? "" : label;
  }
}
