package dev.zhiku.ingest.extract.markdown;

import dev.zhiku.ingest.extract.CleanText;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/** The words of a paragraph, without marks and targets of links; of pictures, what they show. */
final class InlineText extends AbstractVisitor {
  private final StringBuilder text = new StringBuilder();
  private boolean breakPending;

  private InlineText() {}

  static String of(Node node) {
    InlineText inline = new InlineText();
    inline.visitChildren(node);
    return inline.text.toString();
  }

  @Override
  public void visit(Text words) {
    append(words.getLiteral());
  }

  @Override
  public void visit(Code code) {
    append(code.getLiteral());
  }

  @Override
  public void visit(SoftLineBreak lineBreak) {
    breakPending = true;
  }

  @Override
  public void visit(HardLineBreak lineBreak) {
    text.append('\n');
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
