package dev.zhiku.ingest.extract.html;

import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.Block.Role;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.CleanText;
import dev.zhiku.ingest.extract.LinkTarget;
import dev.zhiku.ingest.extract.TableGrid;
import dev.zhiku.ingest.extract.TableRows;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/** Walks a page without recursion, however deep it nests. */
final class HtmlBlocks implements NodeVisitor {
  private static final Pattern SOURCE_BREAK =
      Pattern.compile("(?<=[\\p{IsHan}，。；：、！？）》”])\\s*\\n\\s*(?=[\\p{IsHan}（《“])");

  private final BlockSink sink;
  private final Place place;
  private final StringBuilder text = new StringBuilder();
  private final Deque<ListNumbers> lists = new ArrayDeque<>();
  private @Nullable TableGrid table;
  private String marker = "";
  private String term = "";
  private boolean explained;
  private Role role = Role.TEXT;
  private int tableDepth;
  private int rowNumber;
  private boolean rowIsHeader;
  private int preformatted;
  private int linkStart;

  HtmlBlocks(BlockSink sink, Place place) {
    this.sink = sink;
    this.place = place;
  }

  @Override
  public void head(Node node, int depth) {
    if (node instanceof TextNode words) {
      String raw = words.getWholeText();
      text.append(preformatted > 0 ? raw : flowing(raw));
    } else if (node instanceof Element element) {
      enter(element);
    }
  }

  @Override
  public void tail(Node node, int depth) {
    if (node instanceof Element element) {
      leave(element);
    }
  }

  void finish() {
    flush();
  }

  /** Line breaks of the source are blanks, but between Chinese characters they are nothing. */
  private static String flowing(String source) {
    return SOURCE_BREAK.matcher(source).replaceAll("").replace('\n', ' ').replace('\r', ' ');
  }

  private void enter(Element element) {
    switch (element.normalName()) {
      case "br" -> text.append('\n');
      case "a" -> linkStart = text.length();
      case "img" -> text.append(' ').append(element.attr("alt")).append(' ');
      case "ul" -> {
        breakText();
        lists.push(ListNumbers.BULLETS);
      }
      case "ol" -> {
        breakText();
        lists.push(ListNumbers.of(element));
      }
      case "li" -> {
        breakText();
        ListNumbers list = lists.peek();
        marker = (list == null ? ListNumbers.BULLETS : list).next(element);
      }
      case "pre" -> {
        breakText();
        preformatted++;
      }
      case "dt" -> enterTerm();
      case "dd" -> {
        breakText();
        explain();
      }
      case "figcaption" -> {
        breakText();
        role = Role.CAPTION;
      }
      case "table" -> enterTable();
      case "thead", "tbody", "tfoot" -> enterGroup();
      case "tr" -> enterRow();
      case "td", "th" -> enterCell(element);
      default -> {
        if (element.isBlock()) {
          breakText();
        }
      }
    }
  }

  private void leave(Element element) {
    switch (element.normalName()) {
      case "h1", "h2", "h3", "h4", "h5", "h6" -> leaveHeading(element);
      case "ul", "ol" -> {
        breakText();
        lists.poll();
      }
      case "pre" -> leavePreformatted();
      case "a" -> leaveLink(element);
      case "dt" -> leaveTerm();
      case "dl" -> endTerm();
      case "figcaption" -> {
        breakText();
        role = Role.TEXT;
      }
      case "table" -> leaveTable();
      case "tr" -> leaveRow(element);
      case "td", "th" -> leaveCell(element);
      default -> {
        if (element.isBlock()) {
          breakText();
        }
      }
    }
  }

  private void enterTerm() {
    breakText();
    if (explained) {
      term = "";
    }
  }

  private void leaveTerm() {
    if (tableDepth > 0) {
      text.append(": ");
      return;
    }
    String name = CleanText.line(take());
    boolean wide = !name.isEmpty() && CleanText.isWide(name.codePointBefore(name.length()));
    term = (term.isEmpty() ? "" : term + (wide ? "、" : ", ")) + name;
    explained = false;
  }

  /** What a term means stands behind it, be there several terms or several meanings. */
  private void explain() {
    explained = true;
    if (!term.isEmpty() && tableDepth == 0) {
      int last = term.codePointBefore(term.length());
      boolean colon = last == ':' || last == '：';
      String behind = CleanText.isWide(last) ? "：" : ": ";
      marker = term + (colon ? (last == ':' ? " " : "") : behind);
    }
  }

  private void endTerm() {
    breakText();
    if (!explained && !term.isEmpty()) {
      sink.paragraph(role, term, place);
    }
    term = "";
    explained = false;
    marker = "";
  }

  private void leaveHeading(Element element) {
    if (tableDepth > 0) {
      breakText();
    } else {
      sink.heading(element.normalName().charAt(1) - '0', take(), place);
    }
  }

  private void leaveLink(Element link) {
    if (linkStart <= text.length()) {
      text.append(LinkTarget.shown(text.substring(linkStart).strip(), link.attr("href")));
    }
  }

  private void leavePreformatted() {
    preformatted--;
    if (tableDepth > 0) {
      breakText();
    } else {
      sink.preformatted(take(), place);
    }
  }

  private void enterTable() {
    breakText();
    tableDepth++;
    if (tableDepth == 1) {
      rowNumber = 0;
      TableRows rows = new TableRows(sink, row -> place, false);
      table = new TableGrid(rows, text -> sink.paragraph(text, place));
    }
  }

  /** A span ends with the rows that its cell's row is grouped with. */
  private void enterGroup() {
    TableGrid grid = table;
    if (tableDepth == 1 && grid != null) {
      grid.endSpans();
    }
    breakText();
  }

  private void enterRow() {
    if (tableDepth == 1) {
      flushOutsideCells();
      rowNumber++;
      rowIsHeader = true;
    }
  }

  private void enterCell(Element cell) {
    if (tableDepth == 1) {
      text.setLength(0);
      rowIsHeader &= cell.normalName().equals("th");
    } else {
      text.append(' ');
    }
  }

  private void leaveCell(Element cell) {
    TableGrid grid = table;
    if (tableDepth == 1 && grid != null) {
      grid.add(rowNumber, CleanText.line(take()), span(cell, "rowspan"), span(cell, "colspan"));
    }
  }

  private static int span(Element cell, String name) {
    String written = cell.attr(name).strip();
    return written.matches("\\d{1,5}") ? Integer.parseInt(written) : 1;
  }

  private void leaveRow(Element row) {
    TableGrid grid = table;
    if (tableDepth == 1 && grid != null) {
      Element part = row.parent();
      boolean head = part != null && part.normalName().equals("thead");
      grid.endRow(rowNumber, rowIsHeader || head);
    }
  }

  private void leaveTable() {
    tableDepth--;
    TableGrid grid = table;
    if (tableDepth == 0 && grid != null) {
      grid.finish();
      table = null;
      flush();
    }
  }

  /** A caption, or text that strayed between rows. */
  private void flushOutsideCells() {
    String stray = CleanText.line(take());
    sink.paragraph(Role.CAPTION, stray, place);
  }

  private void breakText() {
    if (tableDepth > 0) {
      text.append('\n');
    } else {
      flush();
    }
  }

  private void flush() {
    String shown = CleanText.running(take());
    if (!shown.isEmpty()) {
      sink.paragraph(marker.isEmpty() ? role : Role.LIST_ITEM, marker + shown, place);
      marker = "";
    }
  }

  private String take() {
    String taken = text.toString();
    text.setLength(0);
    return taken;
  }
}
