package dev.zhiku.ingest.extract.tika;

import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.outcome.IngestText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.poifs.filesystem.FileMagic;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xslf.usermodel.XSLFSlide;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Slides that are skipped when a show is given. */
final class HiddenSlides {
  private static final Logger LOG = LoggerFactory.getLogger(HiddenSlides.class);

  private HiddenSlides() {}

  /** Their numbers, from 1; none where the file cannot be opened, which its reader will say. */
  static Set<Integer> of(Path file) {
    try {
      return switch (FileMagic.valueOf(file.toFile())) {
        case OOXML -> newer(file);
        default -> Set.of();
      };
    } catch (IOException
        | OpenXML4JException
        | IllegalArgumentException
        | IllegalStateException
        | IndexOutOfBoundsException e) {
      LOG.debug("hidden slides are not known", e);
      return Set.of();
    }
  }

  private static Set<Integer> newer(Path file) throws IOException, OpenXML4JException {
    Set<Integer> hidden = new TreeSet<>();
    try (OPCPackage container = OPCPackage.open(file.toFile(), PackageAccess.READ);
        XMLSlideShow show = new XMLSlideShow(container)) {
      for (XSLFSlide slide : show.getSlides()) {
        if (slide.isHidden()) {
          hidden.add(slide.getSlideNumber());
        }
      }
    }
    return hidden;
  }

  static void note(Set<Integer> hidden, BlockSink sink) {
    if (!hidden.isEmpty()) {
      sink.note(IngestText.of("slides.hidden", hidden.size()));
    }
  }
}
