package dev.zhiku.ingest.split;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.TextBlock;
import dev.zhiku.ingest.extract.Block.Place;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts units together to passages. */
final class PassageBuilder {
  private static final int OVERLAP = 150;
  private static final int HEADING_BUDGET = 240;
  private static final int LONGEST_HEADING = 120;
  private static final int LETTERS = 26;

  private final DocumentId document;
  private final Optional<String> title;
  private final List<Chunk> chunks = new ArrayList<>();
  private List<SplitUnit> last = List.of();
  private String overlap = "";

  PassageBuilder(DocumentId document, Optional<String> title) {
    this.document = document;
    this.title = title;
  }

  int count() {
    return chunks.size();
  }

  List<Chunk> chunks() {
    return List.copyOf(chunks);
  }

  /**
   * Makes one passage; headings that nothing follows belong to the passage before.
   *
   * @param units one or more, none standing apart from another but for headings in front
   */
  void add(List<SplitUnit> units) {
    if (belongToLast(units)) {
      List<SplitUnit> all = new ArrayList<>(last);
      all.addAll(units);
      chunks.removeLast();
      put(overlap, all);
    } else {
      put(units.getFirst().continues() ? overlap() : "", units);
    }
  }

  private void put(String overlap, List<SplitUnit> units) {
    PassageText text = PassageText.of(overlap, units);
    PassageId id = new PassageId(document, chunks.size());
    Passage passage = new Passage(id, text.text(), location(units, text.text()), text.blocks());
    chunks.add(new Chunk(passage, embeddedText(units, text.text())));
    last = List.copyOf(units);
    this.overlap = overlap;
  }

  private boolean belongToLast(List<SplitUnit> units) {
    return !last.isEmpty()
        && units.stream().allMatch(SplitUnit::heading)
        && units.stream().allMatch(last.getLast()::isOfSamePart)
        && units.stream().mapToInt(SplitUnit::size).sum() <= HEADING_BUDGET;
  }

  /** The end of the passage before: its last sentence, or as much of it as there is room for. */
  private String overlap() {
    String before = last.getLast().text();
    List<String> sentences = Sentences.of(before, OVERLAP);
    StringBuilder overlap = new StringBuilder();
    for (int i = sentences.size() - 1; i >= 0; i--) {
      if (TextSize.of(overlap) + TextSize.of(sentences.get(i)) > OVERLAP) {
        break;
      }
      overlap.insert(0, sentences.get(i));
    }
    return overlap.isEmpty() ? TextSize.end(before, OVERLAP) : overlap.toString();
  }

  private static Location location(List<SplitUnit> units, String text) {
    Place end = units.getLast().place();
    List<Place> places =
        units.stream().map(SplitUnit::place).filter(p -> p.kind() == end.kind()).toList();
    int from = places.stream().mapToInt(Place::start).min().orElse(0);
    int to = places.stream().mapToInt(Place::end).max().orElse(0);
    return new Location(
        end.kind(),
        withCaption(PassageText.headings(body(units)), units, text),
        end.entry(),
        from,
        to,
        cells(units, end, from, to));
  }

  /** The unit whose headings stand for the passage: the first that is not a heading itself. */
  private static SplitUnit body(List<SplitUnit> units) {
    return units.stream().filter(p -> !p.heading()).findFirst().orElse(units.getLast());
  }

  private static Optional<String> cells(List<SplitUnit> units, Place place, int start, int end) {
    if (place.kind() != Kind.CELLS) {
      return Optional.empty();
    }
    int columns = Math.max(1, units.stream().mapToInt(SplitUnit::columns).max().orElse(1));
    String sheet = place.sheet().map(name -> name + "!").orElse("");
    return Optional.of(sheet + "A" + start + ":" + column(columns) + end);
  }

  /** The headings, and the caption of a table whose rows begin the passage, if it lacks that. */
  private static List<String> withCaption(
      List<String> headings, List<SplitUnit> units, String text) {
    SplitUnit body = body(units);
    if (body.kind() != TextBlock.Kind.ROW || body.lead().filter(l -> !text.contains(l)).isEmpty()) {
      return headings;
    }
    List<String> all = new ArrayList<>(headings);
    all.add(body.lead().get());
    return all;
  }

  /** A, B, … Z, AA, … for 1, 2, … */
  private static String column(int number) {
    StringBuilder name = new StringBuilder();
    for (int rest = number; rest > 0; rest = (rest - 1) / LETTERS) {
      name.insert(0, (char) ('A' + (rest - 1) % LETTERS));
    }
    return name.toString();
  }

  /** Title, then headings from the innermost outwards as far as the budget goes, then the text. */
  private String embeddedText(List<SplitUnit> units, String text) {
    Set<String> shown = new LinkedHashSet<>();
    units.stream().filter(SplitUnit::heading).map(SplitUnit::text).forEach(shown::add);
    List<String> above = new ArrayList<>();
    int budget = HEADING_BUDGET;
    List<String> headings = withCaption(body(units).headings(), units, text);
    for (int i = headings.size() - 1; i >= 0; i--) {
      String heading = TextSize.start(headings.get(i), LONGEST_HEADING);
      if (!shown.contains(headings.get(i)) && TextSize.of(heading) <= budget) {
        above.addFirst(heading);
        budget -= TextSize.of(heading);
      }
    }
    if (title.isPresent() && !shown.contains(title.get()) && !headings.contains(title.get())) {
      above.addFirst(TextSize.start(title.get(), LONGEST_HEADING));
    }
    above.add(text);
    return String.join("\n", above);
  }
}
