package dev.zhiku.ingest.extract.pdf;

import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.CleanText;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes headings and paragraphs of lines. The size most characters have is the body's; short lines
 * set larger are headings, the larger the higher, and short bold lines set apart come below them.
 */
final class PdfText {
  private static final float LARGER = 1.12f;
  private static final int HEADING_CHARACTERS = 160;
  private static final int BOLD_HEADING_CHARACTERS = 90;
  private static final int HEADING_SIZES = 4;
  private static final float PARAGRAPH_GAP = 1.45f;
  private static final float WIDE_LINES = 2.5f;
  private static final float FIRST_LINE_INDENT = 1.5f;
  private static final Pattern SENTENCE_END = Pattern.compile(".*[.!?。！？；;:：]['\"”’)）]?");
  private static final Pattern SENTENCES =
      Pattern.compile(
          "\\p{Ll}{3,}[.!?] +\\p{Lu}\\p{L}* +\\p{L}+ +\\p{L}|[。！？]\\S{4,}[。！？，]"
              + "|，[^，]{2,}[。；]$");
  private static final Pattern LETTER_SPACED =
      Pattern.compile("\\p{IsLatin}(?:\\s+\\p{IsLatin}){3,}");
  private static final Pattern STOPS_IN_THE_MIDDLE = Pattern.compile("(?s).*[,，、]");
  private static final Pattern FIGURES =
      Pattern.compile("\\D{0,60}(?:\\s+\\p{Sc}?[+(-]?\\d[\\d.,]*[%)]?){2,}");
  private static final Pattern NO_HEADING_END = Pattern.compile(".*[.。,，;；、]");
  private static final Pattern ITEM =
      Pattern.compile(
          "(?:[•·▪◦●■–\\-*]\\s.*|\\(?\\d{1,3}[.)、．]\\s?\\S.*|[（(][一二三四五六七八九十]+[)）].*"
              + "|[一二三四五六七八九十]+、.*|第[一二三四五六七八九十百零〇0-9]+[章节条].*)");

  private final BlockSink sink;
  private final float bodySize;
  private final NavigableSet<Float> headingSizes;
  private final PdfTableText tables;
  private final StringBuilder paragraph = new StringBuilder();
  private final StringBuilder heading = new StringBuilder();
  private @Nullable PdfLine previous;
  private float lineDistance;
  private int headingLevel;
  private float headingSize;
  private float headingDistance;
  private float paragraphLeft;
  private boolean titleSeen;

  PdfText(BlockSink sink, List<List<PdfLine>> pages) {
    this.sink = sink;
    this.tables = new PdfTableText(sink);
    this.bodySize = mostUsedSize(pages);
    this.headingSizes = new TreeSet<>();
    for (List<PdfLine> page : pages) {
      page.stream().filter(this::isLarge).forEach(line -> headingSizes.add(line.fontSize()));
    }
  }

  /** The size from which on letters are a heading's. */
  static float largestBodySize(List<List<PdfLine>> pages) {
    return mostUsedSize(pages) * LARGER;
  }

  private static float mostUsedSize(List<List<PdfLine>> pages) {
    Map<Float, Integer> letters = new TreeMap<>();
    for (List<PdfLine> page : pages) {
      page.forEach(line -> letters.merge(line.fontSize(), line.text().length(), Integer::sum));
    }
    return letters.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(0f);
  }

  /** Hands over one page's blocks. */
  void page(int number, List<PdfLine> lines) {
    Place place = new Place(Kind.PAGE, Optional.empty(), Optional.empty(), number, number);
    float right = (float) lines.stream().mapToDouble(PdfLine::right).max().orElse(0);
    lineDistance = LineDistance.of(lines, right);
    previous = null;
    for (int i = 0; i < lines.size(); i++) {
      boolean apart = i + 1 == lines.size() || !lines.get(i + 1).bold() || i == 0;
      line(lines.get(i), right, apart, place);
      previous = lines.get(i);
    }
    endHeading(place);
    endParagraph(place);
  }

  /** Hands over what is held; after the last page. */
  void finish() {
    tables.end();
  }

  private void line(PdfLine line, float right, boolean apart, Place place) {
    PdfRow row = line.cells();
    if (row != null) {
      endHeading(place);
      endParagraph(place);
      tables.row(row, place.start());
      return;
    }
    tables.end();
    int level = headingLevel(line, apart);
    if (level > 0) {
      endParagraph(place);
      boolean same = level == headingLevel && line.fontSize() == headingSize;
      if (!same || (farBelow(line) && !headingGoesOn(line))) {
        endHeading(place);
      }
      headingDistance = heading.isEmpty() ? 0 : distance(line);
      CleanText.join(heading, line.text());
      headingLevel = level;
      headingSize = line.fontSize();
      return;
    }
    endHeading(place);
    if (beginsParagraph(line, right)) {
      endParagraph(place);
    }
    paragraphLeft = paragraph.isEmpty() ? line.left() : paragraphLeft;
    joinLine(paragraph, line.text());
  }

  private int headingLevel(PdfLine line, boolean apart) {
    if (line.row()) {
      return 0;
    }
    if (isLarge(line)) {
      int rank = headingSizes.tailSet(line.fontSize(), false).size() + 1;
      return Math.min(rank, HEADING_SIZES);
    }
    boolean strong =
        line.bold()
            && apart
            && line.fontSize() >= bodySize * 0.95f
            && line.text().length() <= BOLD_HEADING_CHARACTERS
            && hasLetters(line.text())
            && !NO_HEADING_END.matcher(line.text()).matches()
            && (previous == null || farBelow(line) || previous.bold());
    return strong ? Math.min(headingSizes.size(), HEADING_SIZES) + 1 : 0;
  }

  private boolean isLarge(PdfLine line) {
    return !line.row()
        && line.fontSize() > bodySize * LARGER
        && line.text().length() <= HEADING_CHARACTERS
        && hasLetters(line.text());
  }

  private static boolean hasLetters(String text) {
    return text.codePoints().filter(Character::isLetter).limit(2).count() == 2;
  }

  /** Whether large words set in wide lines stop in the middle, or were lines like that before. */
  private boolean headingGoesOn(PdfLine line) {
    float distance = distance(line);
    return !heading.isEmpty()
        && distance > 0
        && distance < line.fontSize() * WIDE_LINES
        && (STOPS_IN_THE_MIDDLE.matcher(heading).matches()
            || Math.abs(distance - headingDistance) < 1);
  }

  private float distance(PdfLine line) {
    PdfLine above = previous;
    return above == null ? 0 : line.y() - above.y();
  }

  private boolean farBelow(PdfLine line) {
    PdfLine above = previous;
    return above == null
        || line.y() < above.y()
        || line.y() - above.y() > Math.max(line.fontSize(), above.fontSize()) * PARAGRAPH_GAP;
  }

  private boolean beginsParagraph(PdfLine line, float right) {
    PdfLine above = previous;
    if (above == null || paragraph.isEmpty()) {
      return true;
    }
    boolean shortLine = !LineDistance.isFull(above, right);
    boolean ended = shortLine && SENTENCE_END.matcher(above.text()).matches();
    boolean sameColumn = line.y() >= above.y();
    boolean goesOn =
        LineDistance.goesOn(above, line, right, lineDistance) || goesOnBelowIndent(above, line);
    return (farBelow(line) && sameColumn && !goesOn)
        || ended
        || ITEM.matcher(line.text()).matches()
        || Math.abs(line.fontSize() - above.fontSize()) > bodySize * 0.15f;
  }

  /** Whether the paragraph began with an indent, and the line above it ends in the middle. */
  private boolean goesOnBelowIndent(PdfLine above, PdfLine line) {
    return paragraphLeft - line.left() >= line.fontSize() * FIRST_LINE_INDENT
        && LineDistance.isNext(above, line, lineDistance)
        && !SENTENCE_END.matcher(above.text()).matches();
  }

  /** Joins a word that was divided at the end of a line, and Chinese without a blank. */
  static void joinLine(StringBuilder text, String line) {
    int last = text.length() - 1;
    boolean divided =
        last > 0
            && (text.charAt(last) == '-' || text.charAt(last) == '\u2010')
            && Character.isLetter(text.charAt(last - 1))
            && !line.isEmpty()
            && Character.isLowerCase(line.charAt(0));
    if (divided) {
      text.setLength(last);
      text.append(line);
    } else {
      CleanText.join(text, line);
    }
  }

  private void endHeading(Place place) {
    if (heading.isEmpty()) {
      return;
    }
    if (isNoHeading(heading.toString())) {
      sink.paragraph(heading.toString(), place);
    } else {
      boolean title = !titleSeen && place.start() == 1 && headingLevel == 1;
      sink.heading(title ? 0 : headingLevel, heading.toString(), place);
    }
    titleSeen = true;
    heading.setLength(0);
  }

  /**
   * A paragraph set large or bold, a row of figures, or the letters of a running head set one by
   * one.
   */
  private static boolean isNoHeading(String text) {
    int width = text.codePoints().map(c -> CleanText.isWide(c) ? 2 : 1).sum();
    return width > HEADING_CHARACTERS
        || SENTENCES.matcher(text).find()
        || FIGURES.matcher(text).matches()
        || LETTER_SPACED.matcher(text).matches();
  }

  private void endParagraph(Place place) {
    if (!paragraph.isEmpty()) {
      sink.paragraph(paragraph.toString(), place);
      paragraph.setLength(0);
      titleSeen = true;
    }
  }
}
