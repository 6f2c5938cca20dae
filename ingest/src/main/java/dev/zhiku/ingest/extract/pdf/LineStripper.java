package dev.zhiku.ingest.extract.pdf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;
import org.apache.pdfbox.pdmodel.font.PDSimpleFont;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationWidget;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.apache.pdfbox.util.Matrix;
import org.apache.pdfbox.util.Vector;

/** Collects the lines of pages, columns one after the other, with the size of their letters. */
final class LineStripper extends PDFTextStripper {
  private static final float BOLD_WEIGHT = 600;
  private static final int HALF_TURN = 180;
  private static final float WIDE_GAP = 1.2f;
  private static final float WORD_GAP = 0.45f;
  private static final float MIDDLE = 0.3f;

  private final List<PdfLine> lines = new ArrayList<>();
  private final Directions directions = new Directions();
  private final PageRules rules = new PageRules(this);
  private final StringBuilder text = new StringBuilder();
  private final List<PdfLine.Gap> gaps = new ArrayList<>();
  private List<RuledGrid> grids = List.of();
  private int letters;
  private int boldLetters;
  private int unreadable;
  private float lastMiddle;
  private double sizes;
  private float left;
  private float right;
  private float y;

  /**
   * The lines of one page, from 1. Words are read as they run, however the page is turned; those
   * that run another way than most come last.
   */
  PdfPage page(PDDocument document, int number) throws IOException {
    PDPage page = document.getPage(number - 1);
    int turned = page.getRotation();
    directions.begin();
    List<PdfLine> inOrder = lines(document, number);
    List<Integer> others = directions.otherThan(turned);
    int signs = unreadable;
    int main = turned;
    if (!others.isEmpty()) {
      List<Integer> all = directions.mostUsedFirst();
      main = all.getFirst();
      inOrder = new ArrayList<>();
      try {
        for (int direction : all) {
          directions.only(direction);
          page.setRotation(direction);
          inOrder.addAll(lines(document, number));
        }
      } finally {
        page.setRotation(turned);
      }
    }
    PDRectangle box = page.getCropBox();
    float height = main % HALF_TURN == 0 ? box.getHeight() : box.getWidth();
    return new PdfPage(number, height, inOrder, signs);
  }

  private List<PdfLine> lines(PDDocument document, int number) throws IOException {
    lines.clear();
    unreadable = 0;
    rules.begin(document.getPage(number - 1));
    setStartPage(number);
    setEndPage(number);
    getText(document);
    endLine();
    return Columns.inOrder(RuledTable.in(lines, grids), RowRules.of(rules.rules()));
  }

  @Override
  protected void processTextPosition(TextPosition position) {
    if (directions.takes(position)) {
      super.processTextPosition(position);
    }
  }

  /** What only the picture of a stamp or a field says stands after the page's own text. */
  @Override
  protected void writePage() throws IOException {
    for (PDAnnotation annotation : getCurrentPage().getAnnotations()) {
      if (saysMoreThanItsContents(annotation)) {
        showAnnotation(annotation);
      }
    }
    grids = RuledGrid.of(rules.rules());
    super.writePage();
  }

  private static boolean saysMoreThanItsContents(PDAnnotation annotation) {
    boolean comment = annotation.getContents() != null && !annotation.getContents().isBlank();
    boolean filledIn =
        annotation instanceof PDAnnotationWidget && hasValue(annotation.getCOSObject());
    return !comment && !filledIn && !annotation.isHidden();
  }

  /** Of its own or of the field that it is one of the boxes of. */
  private static boolean hasValue(COSDictionary widget) {
    COSDictionary field = widget.getCOSDictionary(COSName.PARENT);
    return widget.containsKey(COSName.V) || (field != null && field.containsKey(COSName.V));
  }

  /** Counts the signs of a font that does not say which characters they are. */
  @Override
  protected void showGlyph(Matrix place, PDFont font, int code, Vector displacement)
      throws IOException {
    if (!(font instanceof PDSimpleFont) && font.toUnicode(code) == null) {
      unreadable++;
    }
    super.showGlyph(place, font, code, displacement);
  }

  @Override
  protected void writeString(String string, List<TextPosition> positions) {
    if (letters > 0 && !positions.isEmpty() && isFarRight(positions.getFirst())) {
      endLine();
    }
    if (letters > 0 && !positions.isEmpty()) {
      noteGap(positions.getFirst());
    }
    boolean divided = false;
    int start = text.length();
    for (TextPosition position : positions) {
      if (isBeyondRule(position)) {
        divided = true;
        endLine();
        start = 0;
      }
      measure(position);
      text.append(position.getUnicode());
    }
    if (!divided) {
      text.setLength(start);
      text.append(RaisedDigits.shown(string, positions));
    }
  }

  private void noteGap(TextPosition next) {
    float to = next.getXDirAdj();
    if (to - right > Math.abs(next.getFontSizeInPt()) * WORD_GAP) {
      gaps.add(new PdfLine.Gap(right, to, text.length()));
    }
  }

  private boolean isBeyondRule(TextPosition position) {
    float middle = position.getXDirAdj() + position.getWidthDirAdj() / 2;
    float from = lastMiddle;
    lastMiddle = middle;
    return letters > 0
        && middle > from
        && grids.stream()
            .anyMatch(
                grid ->
                    grid.divides(
                        from,
                        middle,
                        position.getYDirAdj() - Math.abs(position.getFontSizeInPt()) * MIDDLE));
  }

  private boolean isFarRight(TextPosition position) {
    return position.getXDirAdj() - right > Math.abs(position.getFontSizeInPt()) * WIDE_GAP;
  }

  @Override
  protected void writeWordSeparator() {
    text.append(' ');
  }

  @Override
  protected void writeLineSeparator() {
    endLine();
  }

  @Override
  protected void writeParagraphStart() {
    endLine();
  }

  @Override
  protected void writeParagraphEnd() {
    endLine();
  }

  @Override
  protected void writeParagraphSeparator() {
    endLine();
  }

  private void measure(TextPosition position) {
    if (letters == 0) {
      left = position.getXDirAdj();
      right = left;
      y = position.getYDirAdj();
    }
    letters++;
    sizes += Math.abs(position.getFontSizeInPt());
    boldLetters += isBold(position.getFont()) ? 1 : 0;
    left = Math.min(left, position.getXDirAdj());
    right = Math.max(right, position.getXDirAdj() + position.getWidthDirAdj());
  }

  private static boolean isBold(PDFont font) {
    String name = font.getName();
    String lower = name == null ? "" : name.toLowerCase(Locale.ROOT);
    PDFontDescriptor descriptor = font.getFontDescriptor();
    return lower.contains("bold")
        || lower.contains("black")
        || lower.contains("heavy")
        || (descriptor != null
            && (descriptor.isForceBold() || descriptor.getFontWeight() >= BOLD_WEIGHT));
  }

  private void endLine() {
    if (letters > 0 && !text.toString().isBlank()) {
      float size = Math.round(sizes / letters * 2) / 2f;
      boolean bold = boldLetters * 10 > letters * 9;
      String words = text.toString().strip();
      int blanks = text.indexOf(words);
      List<PdfLine.Gap> wide =
          gaps.stream()
              .map(gap -> gap.back(blanks))
              .filter(gap -> gap.index() > 0 && gap.index() < words.length())
              .toList();
      lines.add(new PdfLine(words, size, bold, left, right, y, false).with(wide));
    }
    text.setLength(0);
    gaps.clear();
    letters = 0;
    boldLetters = 0;
    sizes = 0;
  }
}
