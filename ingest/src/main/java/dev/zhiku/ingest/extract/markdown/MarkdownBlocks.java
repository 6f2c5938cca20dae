package dev.zhiku.ingest.extract.markdown;

import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.Block.Role;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.CleanText;
import dev.zhiku.ingest.extract.html.HtmlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.commonmark.ext.front.matter.YamlFrontMatterNode;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BulletList;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Turns the nodes of a Markdown document into blocks. */
final class MarkdownBlocks extends AbstractVisitor {
  /** A name for links to a heading, in braces behind it. */
  private static final Pattern ATTRIBUTES = Pattern.compile("\\s*\\{[#.][^{}]*}\\s*$");

  private final BlockSink sink;
  private String marker = "";

  MarkdownBlocks(BlockSink sink) {
    this.sink = sink;
  }

  @Override
  public void visit(Heading heading) {
    String text = ATTRIBUTES.matcher(InlineText.of(heading)).replaceAll("");
    sink.heading(heading.getLevel(), text, place(heading));
  }

  @Override
  public void visit(Paragraph paragraph) {
    String text = InlineText.of(paragraph);
    if (!text.isBlank()) {
      Role role = marker.isEmpty() ? Role.TEXT : Role.LIST_ITEM;
      sink.paragraph(role, marker + text, place(paragraph));
      marker = "";
    }
  }

  @Override
  public void visit(FencedCodeBlock code) {
    sink.preformatted(code.getLiteral(), place(code));
  }

  @Override
  public void visit(IndentedCodeBlock code) {
    sink.preformatted(code.getLiteral(), place(code));
  }

  /** A script shown in Markdown runs nowhere: it is code that somebody wrote down. */
  @Override
  public void visit(HtmlBlock html) {
    Document fragment = Jsoup.parse(html.getLiteral());
    if (fragment.selectFirst("table") == null) {
      sink.paragraph(fragment.text(), place(html));
    } else {
      HtmlReader.readFragment(fragment, place(html), sink);
    }
    for (Element script : fragment.select("script")) {
      sink.preformatted(script.data(), place(html));
    }
  }

  @Override
  public void visit(BulletList list) {
    visitItems(list, 0);
  }

  @Override
  public void visit(OrderedList list) {
    Integer first = list.getMarkerStartNumber();
    visitItems(list, first == null ? 1 : Math.max(1, first));
  }

  @Override
  public void visit(CustomBlock block) {
    if (block instanceof TableBlock) {
      new TableOf(block).emit();
    } else {
      visitChildren(block);
    }
  }

  @Override
  public void visit(CustomNode node) {
    if (node instanceof YamlFrontMatterNode entry) {
      frontMatter(entry);
    } else {
      visitChildren(node);
    }
  }

  /** The title is the document's title; what else stands there is text about it. */
  private void frontMatter(YamlFrontMatterNode entry) {
    String value = String.join(", ", entry.getValues());
    if (entry.getKey().equalsIgnoreCase("title")) {
      sink.heading(0, value, Place.WHOLE);
    } else {
      sink.paragraph(entry.getKey() + ": " + value, Place.WHOLE);
    }
  }

  private void visitItems(Node list, int firstNumber) {
    int number = firstNumber;
    for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
      if (item instanceof ListItem) {
        marker = firstNumber == 0 ? "- " : number + ". ";
        number++;
        visitChildren(item);
        marker = "";
      }
    }
  }

  private static Place place(Node node) {
    List<SourceSpan> spans = node.getSourceSpans();
    return spans.isEmpty()
        ? Place.WHOLE
        : lines(spans.getFirst().getLineIndex() + 1, spans.getLast().getLineIndex() + 1);
  }

  private static Place lines(int start, int end) {
    return new Place(Kind.LINES, Optional.empty(), Optional.empty(), start, end);
  }

  private final class TableOf {
    private final Node table;

    TableOf(Node table) {
      this.table = table;
    }

    void emit() {
      List<String> header = List.of();
      boolean rows = false;
      for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
        for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
          if (part instanceof TableHead) {
            header = cells(row);
          } else if (row instanceof TableRow) {
            rows = true;
            sink.row(header, cells(row), place(row));
          }
        }
      }
      if (!rows && !header.isEmpty()) {
        sink.row(List.of(), header, place(table));
      }
    }

    private List<String> cells(Node row) {
      List<String> cells = new ArrayList<>();
      for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
        cells.add(CleanText.line(InlineText.of(cell)));
      }
      return cells;
    }
  }
}
