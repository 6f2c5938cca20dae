package dev.zhiku.ingest.extract.older;

import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.Block.Role;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.CleanText;
import java.util.Locale;
import java.util.Set;
import org.apache.poi.hwpf.HWPFDocument;
import org.apache.poi.hwpf.model.StyleDescription;
import org.apache.poi.hwpf.usermodel.Paragraph;
import org.apache.poi.hwpf.usermodel.Range;
import org.apache.poi.hwpf.usermodel.Table;

/** Paragraphs, headings and tables of a part of a Word document, in order. */
final class DocText {
  private static final int HEADINGS = 9;
  private static final int DEEPEST_HEADING = 6;
  private static final int HEADING_CHARACTERS = 200;
  private static final Set<String> TITLES = Set.of("title", "标题", "標題");

  private final HWPFDocument document;
  private final DocWords words;
  private final DocNumbering numbering = new DocNumbering();
  private final BlockSink sink;

  DocText(HWPFDocument document, DocWords words, BlockSink sink) {
    this.document = document;
    this.words = words;
    this.sink = sink;
  }

  void read(Range range) {
    for (int i = 0; i < range.numParagraphs(); i++) {
      Paragraph paragraph = range.getParagraph(i);
      if (paragraph.isInTable()) {
        Table table = range.getTable(paragraph);
        DocTable rows = new DocTable(table, this::cellText);
        words.addDeleted(rows.deletedRows());
        rows.read(sink);
        i += Math.max(1, table.numParagraphs()) - 1;
      } else {
        read(paragraph);
      }
    }
  }

  private void read(Paragraph paragraph) {
    String own = words.of(paragraph);
    if (CleanText.running(own).isEmpty()) {
      return;
    }
    String before = numbering.before(paragraph);
    String text = before + own;
    int level = level(paragraph);
    if (level > 0 && text.length() <= HEADING_CHARACTERS) {
      sink.heading(level, text, Place.WHOLE);
    } else {
      boolean bullet = before.startsWith(DocNumbering.BULLET);
      sink.paragraph(bullet ? Role.LIST_ITEM : Role.TEXT, text, Place.WHOLE);
    }
  }

  private String cellText(Paragraph paragraph) {
    String own = words.of(paragraph);
    return CleanText.running(own).isEmpty() ? "" : numbering.before(paragraph) + own;
  }

  /** The level of a heading; 0 for other paragraphs. The first nine styles are always headings. */
  private int level(Paragraph paragraph) {
    int style = paragraph.getStyleIndex();
    if (style >= 1 && style <= HEADINGS) {
      return Math.min(style, DEEPEST_HEADING);
    }
    if (paragraph.getLvl() >= 0 && paragraph.getLvl() < HEADINGS) {
      return Math.min(paragraph.getLvl() + 1, DEEPEST_HEADING);
    }
    StyleDescription description =
        style >= 0 && style < document.getStyleSheet().numStyles()
            ? document.getStyleSheet().getStyleDescription(style)
            : null;
    String name = description == null ? "" : description.getName();
    return name != null && TITLES.contains(name.toLowerCase(Locale.ROOT)) ? 1 : 0;
  }
}
