package dev.zhiku.ingest.extract.tika;

import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.Block.Role;
import dev.zhiku.ingest.extract.BlockMark;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.CleanText;
import dev.zhiku.ingest.extract.LinkTarget;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/** Turns the XHTML events of Tika's parsers into blocks. Only a table's last row is held back. */
final class XhtmlBlocks extends DefaultHandler {
  private static final Set<String> BREAKING =
      Set.of(
          "div",
          "section",
          "article",
          "blockquote",
          "ul",
          "ol",
          "dl",
          "body",
          "header",
          "footer",
          "main",
          "aside",
          "figure",
          "figcaption",
          "hr",
          "caption",
          "form",
          "address");
  private static final Set<String> SILENT = Set.of("head", "title", "script", "style");
  private static final Pattern LIST_STYLE =
      Pattern.compile("(?i)list[_ -]?(paragraph|bullet|number)");
  private static final Set<String> CAPTIONS = Set.of("caption", "figcaption");
  private static final Pattern FOOTNOTE = Pattern.compile("\\[(?:foot|end)noteRef:\\d+]");
  private static final int MOST_LINKS_OF_A_MAIL = 20;
  private static final int SLIDE_TITLE_CHARACTERS = 120;
  private static final int TEXT_CHUNK_CHARACTERS = 2_000_000;

  private final BlockSink sink;
  private final Form form;
  private final Set<Integer> hiddenSlides;
  private final StringBuilder text = new StringBuilder();
  private Place place = Place.WHOLE;
  private final XhtmlTable table;
  private int silence;
  private boolean listItem;
  private Role role = Role.TEXT;
  private int slide;
  private boolean slidesAreMarked;
  private boolean slideTitleOpen;
  private int sheet;
  private boolean sheetNameOpen;
  private boolean titleOpen;
  private final MailQuotes quotes;
  private int quoteDepth;
  private String linkTarget = "";
  private int linkStart;
  private int links;

  /**
   * Families of formats that use the same elements differently. Of a database the columns of a
   * table are text of their own: it may hold no row that would name them.
   */
  enum Form {
    SLIDES,
    SHEETS,
    DATABASE,
    BOOK,
    MAIL,
    TEXT;

    static Form of(String mediaType) {
      if (mediaType.contains("powerpoint") || mediaType.contains("presentation")) {
        return SLIDES;
      }
      if (mediaType.contains("excel") || mediaType.contains("spreadsheet")) {
        return SHEETS;
      }
      if (mediaType.contains("msaccess")) {
        return DATABASE;
      }
      if (mediaType.equals("message/rfc822") || mediaType.contains("ms-outlook")) {
        return MAIL;
      }
      return mediaType.equals("application/epub+zip") ? BOOK : TEXT;
    }
  }

  XhtmlBlocks(BlockSink sink, Form form) {
    this(sink, form, Set.of());
  }

  /**
   * @param hiddenSlides numbers of slides that are left out
   */
  XhtmlBlocks(BlockSink sink, Form form, Set<Integer> hiddenSlides) {
    this.sink = sink;
    this.form = form;
    this.hiddenSlides = hiddenSlides;
    this.quotes = new MailQuotes(sink);
    this.table = new XhtmlTable(sink, form, () -> place);
  }

  /** Hands over what is still held; after the last event, or after a failure. */
  void finish() {
    if (sink.isFull()) {
      return;
    }
    endTable();
    flush();
    if (form == Form.SLIDES) {
      sink.pages(slide);
    }
  }

  @Override
  public void startElement(String uri, String name, String qName, Attributes attributes) {
    String element = name.toLowerCase(Locale.ROOT);
    if (SILENT.contains(element) || silence > 0) {
      silence++;
      return;
    }
    String style = attributes.getValue("class");
    switch (element) {
      case "table" -> startTable();
      case "tr" -> table.startRow();
      case "thead" -> table.startHead();
      case "td", "th" -> table.startCell(element, attributes, text);
      case "br" -> text.append('\n');
      case "a" -> startLink(attributes);
      case "li" -> {
        breakText();
        listItem = true;
      }
      case "p", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "dt" -> breakText();
      default -> startOther(element, style == null ? "" : style);
    }
    if (element.equals("p") && "title".equalsIgnoreCase(style)) {
      titleOpen = true;
    }
    startRole(element, style == null ? "" : style);
  }

  /** Captions, and items that Word knows by their style alone. */
  private void startRole(String element, String style) {
    boolean paragraph = element.equals("p");
    if (CAPTIONS.contains(element) || (paragraph && style.equalsIgnoreCase("caption"))) {
      role = Role.CAPTION;
    } else if (paragraph && LIST_STYLE.matcher(style).lookingAt()) {
      role = Role.LIST_ITEM;
    }
  }

  @Override
  public void endElement(String uri, String name, String qName) {
    if (silence > 0) {
      silence--;
      return;
    }
    String element = name.toLowerCase(Locale.ROOT);
    switch (element) {
      case "table" -> leaveTable();
      case "tr" -> table.endRow();
      case "thead" -> table.endHead();
      case "td", "th" -> table.endCell(text);
      case "h1", "h2", "h3", "h4", "h5", "h6" -> endHeading(element.charAt(1) - '0');
      case "pre" -> endPreformatted();
      case "dt" -> text.append(": ");
      case "a" -> endLink();
      case "p" -> endParagraph();
      case "li", "dd" -> {
        breakText();
        listItem = false;
      }
      default -> {
        if (BREAKING.contains(element)) {
          breakText();
          quoteDepth -= element.equals("blockquote") ? 1 : 0;
        }
      }
    }
    if (role != Role.NOTE && (element.equals("p") || CAPTIONS.contains(element))) {
      role = Role.TEXT;
    }
  }

  @Override
  public void characters(char[] characters, int start, int length) {
    if (silence == 0 && !hiddenSlides.contains(slide)) {
      text.append(FOOTNOTE.matcher(new String(characters, start, length)).replaceAll(""));
      if (text.length() > TEXT_CHUNK_CHARACTERS) {
        breakText();
      }
    }
  }

  @Override
  public void ignorableWhitespace(char[] characters, int start, int length) {
    if (silence == 0) {
      text.append(' ');
    }
  }

  private void startOther(String element, String style) {
    if (!BREAKING.contains(element)) {
      return;
    }
    breakText();
    quoteDepth += element.equals("blockquote") ? 1 : 0;
    if (form == Form.SLIDES) {
      startSlidePart(style);
    } else if (form == Form.SHEETS && (style.equals("sheet") || style.equals("page"))) {
      sheet++;
      sheetNameOpen = true;
    }
  }

  private void startSlidePart(String style) {
    boolean marked = style.equals("slide") || style.equals("page");
    if (marked || (style.equals("slide-content") && !slidesAreMarked)) {
      slidesAreMarked |= marked;
      nextSlide();
    }
    if (style.equals("slide-content") || style.equals("page")) {
      slideTitleOpen = true;
    }
    if (!style.isEmpty()) {
      role = style.equals("slide-notes") ? Role.NOTE : Role.TEXT;
    }
  }

  private void nextSlide() {
    slide++;
    place = new Place(Kind.SLIDE, Optional.empty(), Optional.empty(), slide, slide);
  }

  /** Slides and notes of a rewritten show. */
  private void startMarked(String mark) {
    slideTitleOpen = mark.contains(BlockMark.SLIDE);
    role = slideTitleOpen ? Role.TEXT : Role.NOTE;
    if (slideTitleOpen) {
      nextSlide();
    }
  }

  private void startTable() {
    breakText();
    if (!table.isOpen() && form == Form.SHEETS && place.kind() == Kind.WHOLE) {
      nameSheet("Sheet" + Math.max(1, sheet));
    }
    table.begin();
  }

  private void nameSheet(String name) {
    place = new Place(Kind.CELLS, Optional.empty(), Optional.of(CleanText.line(name)), 1, 1);
  }

  private void leaveTable() {
    if (table.leave()) {
      endTable();
    }
  }

  private void endTable() {
    if (table.end()) {
      sink.paragraph(CleanText.line(take()), place);
    }
    if (form == Form.SHEETS) {
      place = Place.WHOLE;
    }
    text.setLength(0);
  }

  private void endHeading(int level) {
    if (table.isOpen()) {
      breakText();
    } else if (text.indexOf(BlockMark.SHEET) >= 0) {
      nameSheet(take().replace(BlockMark.SHEET, ""));
    } else if (text.indexOf(BlockMark.SLIDE) >= 0 || text.indexOf(BlockMark.NOTES) >= 0) {
      startMarked(take());
    } else if (sheetNameOpen) {
      sheetNameOpen = false;
      nameSheet(text.toString());
      text.setLength(0);
    } else {
      sink.heading(level, take(), place);
    }
  }

  private void endParagraph() {
    if (titleOpen && !table.isOpen()) {
      sink.heading(0, take(), place);
    } else {
      breakText();
    }
    titleOpen = false;
  }

  private void endPreformatted() {
    if (table.isOpen()) {
      breakText();
    } else {
      sink.preformatted(take(), place);
    }
  }

  /** A border between blocks; inside a cell no more than a blank. */
  private void breakText() {
    if (table.isOpen()) {
      text.append(table.isNested() ? ' ' : '\n');
    } else {
      flush();
    }
  }

  private void flush() {
    String taken = take();
    Role marked = BlockMark.role(taken, role);
    String words = BlockMark.without(taken);
    String shown = form == Form.BOOK ? CleanText.line(words) : CleanText.running(words);
    if (shown.isBlank()) {
      return;
    }
    if (slideTitleOpen) {
      slideTitleOpen = false;
      if (shown.length() <= SLIDE_TITLE_CHARACTERS) {
        sink.heading(1, shown, place);
        return;
      }
    }
    Role known = listItem ? Role.LIST_ITEM : marked;
    String whole = listItem ? "- " + shown : shown;
    listItem = false;
    if (form == Form.MAIL) {
      quotes.add(whole, known, quoteDepth > 0);
    } else {
      sink.paragraph(known, whole, place);
    }
  }

  private void startLink(Attributes attributes) {
    String target = attributes.getValue("href");
    linkTarget = target == null ? "" : target;
    linkStart = text.length();
  }

  /** Chapters of a book and long mails link so much that the addresses would hide the words. */
  private void endLink() {
    boolean shows = form != Form.BOOK && (form != Form.MAIL || links < MOST_LINKS_OF_A_MAIL);
    if (shows && silence == 0 && linkStart <= text.length()) {
      String shown = LinkTarget.shown(text.substring(linkStart).strip(), linkTarget);
      links += shown.isEmpty() ? 0 : 1;
      text.append(shown);
    }
    linkTarget = "";
  }

  private String take() {
    String taken = text.toString();
    text.setLength(0);
    return taken;
  }
}
