package dev.zhiku.ingest.extract.older;

import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.Block.Role;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.CleanText;
import dev.zhiku.ingest.extract.CommentText;
import dev.zhiku.ingest.extract.LinkTarget;
import dev.zhiku.ingest.extract.Raised;
import dev.zhiku.ingest.extract.TableGrid;
import dev.zhiku.ingest.extract.TableRows;
import dev.zhiku.ingest.extract.reviewed.LineNumber;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.poi.ddf.AbstractEscherOptRecord;
import org.apache.poi.ddf.EscherPropertyTypes;
import org.apache.poi.ddf.EscherRecordTypes;
import org.apache.poi.ddf.EscherSimpleProperty;
import org.apache.poi.hslf.model.HeadersFooters;
import org.apache.poi.hslf.usermodel.HSLFComment;
import org.apache.poi.hslf.usermodel.HSLFGroupShape;
import org.apache.poi.hslf.usermodel.HSLFMasterSheet;
import org.apache.poi.hslf.usermodel.HSLFShape;
import org.apache.poi.hslf.usermodel.HSLFSlide;
import org.apache.poi.hslf.usermodel.HSLFTable;
import org.apache.poi.hslf.usermodel.HSLFTableCell;
import org.apache.poi.hslf.usermodel.HSLFTextParagraph;
import org.apache.poi.hslf.usermodel.HSLFTextRun;
import org.apache.poi.hslf.usermodel.HSLFTextShape;
import org.apache.poi.sl.usermodel.AutoNumberingScheme;
import org.apache.poi.sl.usermodel.Placeholder;

/** One slide of an older show: its first words as heading, then shapes, notes and comments. */
final class PptSlide {
  private static final int TITLE_CHARACTERS = 120;
  private static final int DEEPEST_GROUP = 20;

  /** The flag for a hidden shape, and that this flag is meant. */
  private static final int HIDDEN = 0x20002;

  private static final String PAGE_NUMBER = "*";
  private static final Set<Placeholder> MARGINS =
      Set.of(
          Placeholder.SLIDE_NUMBER, Placeholder.DATETIME, Placeholder.FOOTER, Placeholder.HEADER);

  private final Place place;
  private final BlockSink sink;
  private boolean titled;
  private int hidden;

  PptSlide(Place place, BlockSink sink) {
    this.place = place;
    this.sink = sink;
  }

  void read(HSLFSlide slide) {
    read(slide.getShapes(), 0);
    if (slide.getNotes() != null) {
      for (HSLFShape shape : slide.getNotes().getShapes()) {
        if (shape instanceof HSLFTextShape text && text.getPlaceholder() == Placeholder.BODY) {
          lines(text).forEach(line -> sink.paragraph(Role.NOTE, line, place));
        }
      }
    }
    for (HSLFComment comment : slide.getComments()) {
      String author = comment.getAuthor() == null ? "" : comment.getAuthor();
      sink.paragraph(Role.NOTE, CommentText.of(author, comment.getText()), place);
    }
  }

  /** How many hidden shapes with words in them were left out. */
  int hidden() {
    return hidden;
  }

  private static boolean isHidden(HSLFShape shape) {
    for (EscherRecordTypes type : List.of(EscherRecordTypes.OPT, EscherRecordTypes.USER_DEFINED)) {
      AbstractEscherOptRecord options = shape.getEscherChild(type);
      EscherSimpleProperty flags =
          options == null ? null : options.lookup(EscherPropertyTypes.GROUPSHAPE__FLAGS);
      if (flags != null && (flags.getPropertyValue() & HIDDEN) == HIDDEN) {
        return true;
      }
    }
    return false;
  }

  private static boolean holdsWords(HSLFShape shape, int depth) {
    return shape instanceof HSLFGroupShape group
        ? depth < DEEPEST_GROUP
            && group.getShapes().stream().anyMatch(inner -> holdsWords(inner, depth + 1))
        : shape instanceof HSLFTextShape text && !lines(text).isEmpty();
  }

  /** Words that stand on each slide: of the master and the footer. */
  Set<String> margins(HSLFSlide slide) {
    Set<String> texts = new LinkedHashSet<>();
    HSLFMasterSheet master = slide.getMasterSheet();
    if (master != null && slide.getFollowMasterObjects()) {
      for (HSLFShape shape : master.getShapes()) {
        if (shape instanceof HSLFTextShape text
            && text.getPlaceholder() == null
            && !isHidden(shape)) {
          texts.addAll(lines(text));
        }
      }
    }
    HeadersFooters shown = slide.getHeadersFooters();
    if (shown.isFooterVisible() && shown.getFooterText() != null) {
      texts.add(CleanText.running(shown.getFooterText()));
    }
    return texts;
  }

  private void read(List<HSLFShape> shapes, int depth) {
    for (HSLFShape shape : shapes) {
      if (isHidden(shape)) {
        hidden += holdsWords(shape, depth) ? 1 : 0;
      } else if (shape instanceof HSLFTable table) {
        read(table);
      } else if (shape instanceof HSLFGroupShape group && depth < DEEPEST_GROUP) {
        read(group.getShapes(), depth + 1);
      } else if (shape instanceof HSLFTextShape text && !isMargin(text)) {
        read(text);
      }
    }
  }

  private static boolean isMargin(HSLFTextShape text) {
    Placeholder placeholder = text.getPlaceholder();
    return placeholder != null && MARGINS.contains(placeholder);
  }

  private void read(HSLFTextShape text) {
    for (Line line : new Lines().of(text)) {
      if (!titled && line.text().length() <= TITLE_CHARACTERS) {
        sink.heading(1, line.text(), place);
      } else {
        sink.paragraph(line.item() ? Role.LIST_ITEM : Role.TEXT, line.text(), place);
      }
      titled = true;
    }
  }

  private void read(HSLFTable table) {
    TableRows rows = new TableRows(sink, row -> place, false);
    TableGrid grid = new TableGrid(rows, line -> sink.paragraph(line, place));
    for (int r = 0; r < table.getNumberOfRows(); r++) {
      for (int c = 0; c < table.getNumberOfColumns(); c++) {
        HSLFTableCell cell = table.getCell(r, c);
        if (cell != null) {
          String text = CleanText.line(String.join("\n", lines(cell)));
          grid.put(r + 1, c, text, cell.getRowSpan(), cell.getGridSpan());
        }
      }
      grid.endRow(r + 1, false);
    }
    grid.finish();
  }

  private static List<String> lines(HSLFTextShape text) {
    return new Lines().of(text).stream().map(Line::text).toList();
  }

  /**
   * A line of text.
   *
   * @param item whether it has a bullet
   */
  private record Line(String text, boolean item) {}

  /** Counts the numbered lines of one text. */
  private static final class Lines {
    private final Map<Integer, Integer> counts = new HashMap<>();

    List<Line> of(HSLFTextShape shape) {
      return shape.getTextParagraphs().stream()
          .map(this::line)
          .filter(line -> !line.text().isEmpty() && !line.text().equals(PAGE_NUMBER))
          .toList();
    }

    private Line line(HSLFTextParagraph paragraph) {
      String words = CleanText.running(words(paragraph));
      if (words.isEmpty()) {
        return new Line("", false);
      }
      int level = paragraph.getIndentLevel();
      counts.keySet().removeIf(deeper -> deeper > level);
      AutoNumberingScheme scheme = paragraph.getAutoNumberingScheme();
      if (!paragraph.isBullet() || scheme == null) {
        counts.remove(level);
        boolean item = paragraph.isBullet();
        return new Line(item ? "- " + words : words, item);
      }
      Integer start = paragraph.getAutoNumberingStartAt();
      int number = counts.merge(level, start == null ? 1 : start, (before, first) -> before + 1);
      return new Line(LineNumber.of(number, scheme.name()) + " " + words, false);
    }

    private static String words(HSLFTextParagraph paragraph) {
      StringBuilder words = new StringBuilder();
      for (HSLFTextRun run : paragraph) {
        String text = run.getRawText();
        words.append(run.getSuperscript() > 0 ? Raised.number(text) : text);
        if (run.getHyperlink() != null && run.getHyperlink().getAddress() != null) {
          words.append(LinkTarget.shown(text.strip(), run.getHyperlink().getAddress()));
        }
      }
      return words.toString();
    }
  }
}
