package dev.zhiku.ingest.extract.markdown;

import dev.zhiku.ingest.extract.CleanText;
import dev.zhiku.ingest.extract.LinkTarget;
import dev.zhiku.ingest.extract.Raised;
import java.util.Locale;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/**
 * The words of a paragraph without marks: no references to footnotes, nothing struck out, of
 * pictures what they show; addresses of links behind their words. Lines of a form stay lines.
 */
final class InlineText extends AbstractVisitor {
  private static final Pattern FOOTNOTE = Pattern.compile("\\[\\^[^\\]\\s]+]");
  private static final Pattern STRUCK_OUT = Pattern.compile("~~(?=\\S)[^\\n]+?(?<=\\S)~~");
  private static final Pattern RAISED = Pattern.compile("(?<=\\S)\\^([-+−]?\\d{1,3})\\^");
  private static final Pattern FORM_LINE = Pattern.compile("[^：:，。；？！,;?!]{1,20}[：:](?!//)[^\\n]*");

  private final StringBuilder text = new StringBuilder();
  private boolean breakPending;
  private int tagStart;

  private InlineText() {}

  static String of(Node node) {
    InlineText inline = new InlineText();
    inline.visitChildren(node);
    return inline.text.toString();
  }

  @Override
  public void visit(Text words) {
    String unmarked = FOOTNOTE.matcher(words.getLiteral()).replaceAll("");
    String valid = STRUCK_OUT.matcher(unmarked).replaceAll("");
    append(RAISED.matcher(valid).replaceAll(digits -> Raised.number(digits.group(1))));
  }

  @Override
  public void visit(Link link) {
    int start = text.length();
    visitChildren(link);
    String target = LinkTarget.shown(text.substring(start), link.getDestination());
    if (!target.isEmpty()) {
      append(target);
    }
  }

  /** Tags of HTML: only breaks, raised digits and words taken back change what is said. */
  @Override
  public void visit(HtmlInline tag) {
    String name = tag.getLiteral().replaceAll("[\\s>].*", "").toLowerCase(Locale.ROOT);
    switch (name) {
      case "<br", "<br/" -> text.append('\n');
      case "<sup", "<del", "<s", "<strike" -> tagStart = text.length();
      case "</sup" -> replaceSince(tagStart, Raised.number(text.substring(tagStart)));
      case "</del", "</s", "</strike" -> replaceSince(tagStart, "");
      default -> {}
    }
  }

  private void replaceSince(int start, String words) {
    text.setLength(start);
    text.append(words);
    tagStart = text.length();
  }

  @Override
  public void visit(Code code) {
    append(code.getLiteral());
  }

  @Override
  public void visit(SoftLineBreak lineBreak) {
    String line = text.substring(text.lastIndexOf("\n") + 1);
    if (FORM_LINE.matcher(line).matches() && FORM_LINE.matcher(lineAfter(lineBreak)).matches()) {
      text.append('\n');
    } else {
      breakPending = true;
    }
  }

  @Override
  public void visit(HardLineBreak lineBreak) {
    text.append('\n');
  }

  private static String lineAfter(Node lineBreak) {
    InlineText line = new InlineText();
    for (Node next = lineBreak.getNext();
        next != null && !(next instanceof SoftLineBreak) && !(next instanceof HardLineBreak);
        next = next.getNext()) {
      next.accept(line);
    }
    return line.text.toString();
  }

  private void append(String words) {
    if (breakPending) {
      CleanText.join(text, words);
    } else {
      text.append(words);
    }
    breakPending = false;
  }
}
