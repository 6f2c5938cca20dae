package dev.zhiku.answering.markdown;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/**
 * What of a Markdown text would act where it is rendered, as a parser of CommonMark with tables and
 * links of its own finds it.
 */
public final class ActiveElements {
  private static final Parser PARSER =
      Parser.builder()
          .extensions(List.of(TablesExtension.create(), AutolinkExtension.create()))
          .build();

  private ActiveElements() {}

  /** Each by its kind and address; an address of mail that stands as text is none. */
  public static List<String> in(String markdown) {
    List<String> found = new ArrayList<>();
    PARSER
        .parse(markdown)
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(Link link) {
                if (!isMailAsText(link)) {
                  found.add("link " + link.getDestination());
                }
                visitChildren(link);
              }

              @Override
              public void visit(Image image) {
                found.add("image " + image.getDestination());
                visitChildren(image);
              }

              @Override
              public void visit(HtmlInline html) {
                found.add("tag " + html.getLiteral());
              }

              @Override
              public void visit(HtmlBlock html) {
                found.add("block " + html.getLiteral());
              }

              @Override
              public void visit(LinkReferenceDefinition definition) {
                found.add("definition " + definition.getDestination());
              }
            });
    return found;
  }

  private static boolean isMailAsText(Link link) {
    return link.getFirstChild() instanceof Text text
        && link.getDestination().equals("mailto:" + text.getLiteral());
  }
}
