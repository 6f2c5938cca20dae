package dev.zhiku.generators.extractive;

import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.grounding.QuotableSentences.Span;
import dev.zhiku.index.TextBlock;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A unit of a passage that could be quoted.
 *
 * @param source the passage it is from
 * @param ordinal place among the units of its passage, from 0
 * @param terms its words
 * @param title words of the passage's title
 * @param section words of what it stands below inside the passage: headings, a question, an
 *     announcement
 * @param before words of the unit before it
 * @param opening words of the line that its passage opens with, which tells whom or what the rest
 *     is about; none of a unit in that line
 */
record Quotable(
    Prompt.Source source,
    int ordinal,
    Span span,
    UnitKind kind,
    Set<String> terms,
    Set<String> title,
    Set<String> section,
    Set<String> before,
    Set<String> opening) {
  /** Lines that the reader of mails puts before their text. */
  private static final Pattern MAIL_HEAD = Pattern.compile("(From|To|Cc|Date): \\S");

  Quotable {
    terms = Set.copyOf(terms);
    title = Set.copyOf(title);
    section = Set.copyOf(section);
    before = Set.copyOf(before);
    opening = Set.copyOf(opening);
  }

  String text() {
    return span.in(source.text());
  }

  /**
   * Whether the document says that it is a heading, or its passage opens with it as with one and
   * goes on.
   */
  boolean isTitle() {
    return kind == UnitKind.HEADING
        && ((ordinal == 0 && span.end() < source.text().stripTrailing().length())
            || source.blocks().stream()
                .filter(block -> block.kind() == TextBlock.Kind.HEADING)
                .anyMatch(b -> b.start() <= span.start() && span.end() <= b.end()));
  }

  /** Whether it is one of the lines at the head of a mail, which are about the mail. */
  boolean isMailHead() {
    return MAIL_HEAD.matcher(text()).lookingAt();
  }
}
