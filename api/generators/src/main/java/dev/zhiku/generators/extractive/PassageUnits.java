package dev.zhiku.generators.extractive;

import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.grounding.QuotableSentences;
import dev.zhiku.answering.grounding.QuotableSentences.Span;
import dev.zhiku.answering.question.HeldWords;
import dev.zhiku.index.TextBlock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The units of one passage, each with the words of what it stands below. Used by one thread. */
final class PassageUnits {
  /** A longer first line is text like the rest, in characters. */
  private static final int LONGEST_OPENING = 160;

  private final Prompt.Source source;
  private final List<Quotable> units = new ArrayList<>();
  private final Map<List<String>, Set<String>> wordsAbove = new HashMap<>();
  private final Set<String> title;
  private Set<String> top = Set.of();
  private Set<String> section = Set.of();
  private Set<String> announced = Set.of();
  private Set<String> opening = Set.of();
  private int opened = -1;
  private boolean announcing;
  private boolean listing;
  private int next;

  private PassageUnits(Prompt.Source source) {
    this.source = source;
    this.title = terms(source.title());
  }

  /** In reading order. */
  static List<Quotable> of(Prompt.Source source) {
    PassageUnits passage = new PassageUnits(source);
    List<Span> spans = QuotableSentences.of(source.text(), source.blocks());
    for (int i = 0; i < spans.size(); i++) {
      boolean last = i + 1 == spans.size();
      passage.add(spans.get(i), last, !last && passage.isOneLine(spans.get(i), spans.get(i + 1)));
    }
    return passage.units;
  }

  static Set<String> terms(String text) {
    return HeldWords.in(text);
  }

  private boolean isOneLine(Span one, Span next) {
    return source.text().substring(one.end(), next.start()).indexOf('\n') < 0;
  }

  private void add(Span span, boolean last, boolean lineGoesOn) {
    String text = span.in(source.text());
    Optional<TextBlock> block = blockOf(span);
    Optional<TextBlock.Kind> said = block.map(TextBlock::kind);
    boolean titles = lineGoesOn && Headings.titlesClause(text);
    boolean heading = titles || said.equals(Optional.of(TextBlock.Kind.HEADING));
    boolean below = announcing && !heading && belongs(span, text);
    if (!below) {
      announced = Set.of();
    }
    UnitKind guess = below ? UnitKind.ofMember(text) : UnitKind.of(text, units.isEmpty(), last);
    UnitKind kind =
        titles ? UnitKind.HEADING : said.map(written -> guess.knownAs(written, text)).orElse(guess);
    Set<String> terms = terms(text);
    Set<String> before = units.isEmpty() ? Set.of() : units.getLast().terms();
    listing = below && (listing || kind == UnitKind.MEMBER);
    units.add(
        new Quotable(
            source,
            units.size(),
            span,
            kind,
            terms,
            title,
            union(top, section, announced, above(block)),
            before,
            opening(span)));
    announcing = below || kind == UnitKind.ANNOUNCEMENT;
    if (kind == UnitKind.ANNOUNCEMENT) {
      announced = terms;
    } else if (kind.leads()) {
      top = units.size() == 1 ? terms : top;
      section = terms;
    }
  }

  /** Words of the first line that is no heading, for what stands below it. */
  private Set<String> opening(Span span) {
    if (opened < 0 && !units.isEmpty() && !units.getLast().kind().leads()) {
      int end = source.text().indexOf('\n', units.getLast().span().start());
      opened = end < 0 ? source.text().length() : end;
      String line = source.text().substring(units.getLast().span().start(), opened);
      opening =
          units.getLast().kind() == UnitKind.SENTENCE && line.length() <= LONGEST_OPENING
              ? terms(line)
              : Set.of();
    }
    return opened >= 0 && span.start() >= opened ? opening : Set.of();
  }

  private Optional<TextBlock> blockOf(Span span) {
    while (next < source.blocks().size() && source.blocks().get(next).end() <= span.start()) {
      next++;
    }
    return next < source.blocks().size()
        ? Optional.of(source.blocks().get(next))
        : Optional.empty();
  }

  /** Words of the headings above a block and of what introduces it. */
  private Set<String> above(Optional<TextBlock> block) {
    if (block.isEmpty()) {
      return Set.of();
    }
    List<String> texts = new ArrayList<>(block.get().heading());
    if (block.get().kind() == TextBlock.Kind.HEADING && !texts.isEmpty()) {
      texts.removeLast();
    }
    block.get().lead().ifPresent(texts::add);
    return wordsAbove.computeIfAbsent(texts, above -> terms(String.join("\n", above)));
  }

  /** Whether a unit is still part of what was announced: its list, or its one paragraph. */
  private boolean belongs(Span span, String text) {
    Quotable previous = units.getLast();
    if (previous.kind() == UnitKind.ANNOUNCEMENT) {
      return true;
    }
    String between = source.text().substring(previous.span().end(), span.start());
    return listing
        ? QuotableSentences.isMember(text) || between.indexOf('\n') < 0
        : !between.contains("\n\n") && !QuotableSentences.isMember(text);
  }

  @SafeVarargs
  private static Set<String> union(Set<String>... sets) {
    Set<String> union = new HashSet<>();
    for (Set<String> set : sets) {
      union.addAll(set);
    }
    return union;
  }
}
