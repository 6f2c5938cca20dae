package dev.zhiku.generators.extractive;

import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.grounding.QuotableSentences.Span;
import java.util.Set;

/**
 * A sentence that could be quoted.
 *
 * @param source the passage it is from
 * @param ordinal place among the sentences of its passage, from 0
 * @param heading whether it is the heading of what follows
 * @param terms its words
 * @param title words of the passage's title and of the headings it stands below
 * @param before words of the sentence before it
 */
record Quotable(
    Prompt.Source source,
    int ordinal,
    Span span,
    boolean heading,
    Set<String> terms,
    Set<String> title,
    Set<String> before) {
  Quotable {
    terms = Set.copyOf(terms);
    title = Set.copyOf(title);
    before = Set.copyOf(before);
  }

  String text() {
    return span.in(source.text());
  }
}
