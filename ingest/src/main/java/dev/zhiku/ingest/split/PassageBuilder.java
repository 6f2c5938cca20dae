package dev.zhiku.ingest.split;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.ingest.extract.Block.Place;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts pieces together to passages. */
final class PassageBuilder {
  private static final int OVERLAP = 150;
  private static final int HEADING_BUDGET = 240;
  private static final int LONGEST_HEADING = 120;
  private static final int LETTERS = 26;

  private final DocumentId document;
  private final Optional<String> title;
  private final List<Cut> cuts = new ArrayList<>();
  private String before = "";

  PassageBuilder(DocumentId document, Optional<String> title) {
    this.document = document;
    this.title = title;
  }

  int count() {
    return cuts.size();
  }

  List<Cut> cuts() {
    return List.copyOf(cuts);
  }

  /**
   * Makes one passage.
   *
   * @param pieces one or more, none standing apart from another
   */
  void add(List<Piece> pieces) {
    String text = text(pieces);
    Location location = location(pieces);
    Passage passage = new Passage(new PassageId(document, cuts.size()), text, location);
    cuts.add(new Cut(passage, embeddedText(pieces, text)));
    before = pieces.getLast().text();
  }

  private String text(List<Piece> pieces) {
    StringBuilder text = new StringBuilder();
    if (pieces.getFirst().continues()) {
      text.append(overlap());
    }
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      if (i > 0 && !piece.continues()) {
        text.append(piece.isLine() && pieces.get(i - 1).isLine() ? "\n" : "\n\n");
      }
      text.append(piece.text());
    }
    return text.toString().strip();
  }

  /** The end of the passage before: its last sentence, or as much of it as there is room for. */
  private String overlap() {
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

  private static Location location(List<Piece> pieces) {
    Place first = pieces.getFirst().place();
    int start = pieces.stream().mapToInt(p -> p.place().start()).min().orElse(0);
    int end = pieces.stream().mapToInt(p -> p.place().end()).max().orElse(0);
    List<String> headings = new ArrayList<>();
    if (first.kind() == Kind.CELLS) {
      first.sheet().ifPresent(headings::add);
    }
    headings.addAll(body(pieces).headings());
    return new Location(
        first.kind(), headings, first.entry(), start, end, cells(pieces, first, start, end));
  }

  /** The piece whose headings stand for the passage: the first that is not a heading itself. */
  private static Piece body(List<Piece> pieces) {
    return pieces.stream().filter(p -> !p.heading()).findFirst().orElse(pieces.getLast());
  }

  private static Optional<String> cells(List<Piece> pieces, Place place, int start, int end) {
    if (place.kind() != Kind.CELLS) {
      return Optional.empty();
    }
    int columns = Math.max(1, pieces.stream().mapToInt(Piece::columns).max().orElse(1));
    String sheet = place.sheet().map(name -> name + "!").orElse("");
    return Optional.of(sheet + "A" + start + ":" + column(columns) + end);
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
  private String embeddedText(List<Piece> pieces, String text) {
    Set<String> shown = new LinkedHashSet<>();
    pieces.stream().filter(Piece::heading).map(Piece::text).forEach(shown::add);
    List<String> above = new ArrayList<>();
    int budget = HEADING_BUDGET;
    List<String> headings = body(pieces).headings();
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
