package dev.zhiku.answering.grounding;

import dev.zhiku.answering.masking.Masking;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.index.TextBlock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A place where a statement of the answer can be checked. An answer that quotes two places of one
 * passage has two citations of the same number.
 *
 * @param number of the passage, as {@code [number]} in the answer
 * @param found the passage with its document
 * @param quote the words of the original that carry the statement
 * @param verified whether the passage carries the statement
 * @param by who said that this passage carries it
 */
public record Citation(int number, ScoredPassage found, String quote, boolean verified, By by) {
  /** The block of the passage that the quote begins in; of headings and text, the text. */
  public Optional<TextBlock> block() {
    Passage passage = found.passage();
    if (passage.blocks().isEmpty()) {
      return Optional.empty();
    }
    return Quotes.find(quote, passage.text())
        .flatMap(
            span -> {
              List<TextBlock> quoted =
                  passage.blocks().stream()
                      .filter(b -> b.start() < span.end() && span.start() < b.end())
                      .toList();
              return quoted.stream()
                  .filter(b -> b.kind() != TextBlock.Kind.HEADING)
                  .findFirst()
                  .or(() -> quoted.stream().findFirst());
            });
  }

  /** Whether something in the quote is covered, so that the original says it otherwise. */
  public boolean isMasked() {
    return found.masked() && quote.indexOf(Masking.COVER) >= 0;
  }

  /** The place of the quote: its own headings, page and slide where the passage knows them. */
  public Location place() {
    Location whole = found.passage().location();
    return block().map(block -> place(block, whole)).orElse(whole);
  }

  private static Location place(TextBlock block, Location whole) {
    boolean paged = whole.kind() == Kind.PAGE || whole.kind() == Kind.SLIDE;
    boolean counted = paged && block.origin().start() > 0;
    return new Location(
        whole.kind(),
        block.heading(),
        whole.entry(),
        counted ? block.origin().start() : whole.start(),
        counted ? block.origin().end() : whole.end(),
        whole.cells());
  }

  /** The one who cites. */
  public enum By {
    /** The language model that wrote the statement. */
    MODEL,
    /** This service: it quoted the passage, or found that it says what the model wrote. */
    SERVICE;

    /** Lower-case name used on the wire. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
