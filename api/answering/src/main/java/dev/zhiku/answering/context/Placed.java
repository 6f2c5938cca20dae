package dev.zhiku.answering.context;

import dev.zhiku.answering.search.CitationLocation;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.Location.Kind;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * A passage as it stands in a prompt.
 *
 * @param found the passage
 * @param number by which clients know it, from 1, best first
 * @param label its file, headings, page and the file's date; of one that goes on, only headings
 *     that the passage before does not have
 * @param text without what the passage before it has already said
 * @param goesOn whether the passage before it in the prompt is the one before it in the document
 */
public record Placed(ScoredPassage found, int number, String label, String text, boolean goesOn) {
  /** Shorter common text at a border is chance, in characters. */
  private static final int LEAST_OVERLAP = 12;

  /** The splitter repeats less than that. */
  private static final int MOST_OVERLAP = 600;

  /**
   * Passages in their order, numbered from 1.
   *
   * @param whole whether each keeps all of its text
   */
  public static List<Placed> inOrder(List<ScoredPassage> found, boolean whole) {
    List<Placed> placed = new ArrayList<>();
    for (ScoredPassage passage : found) {
      Placed alone = alone(passage, placed.size() + 1);
      boolean goesOn = !whole && !placed.isEmpty() && placed.getLast().isBefore(alone);
      placed.add(goesOn ? alone.behind(placed.getLast()) : alone);
    }
    return placed;
  }

  /** One that stands by itself. */
  static Placed alone(ScoredPassage found, int number) {
    return new Placed(found, number, label(found), found.passage().text(), false);
  }

  /** The same behind its neighbour in the document. */
  Placed behind(Placed before) {
    String text = found.passage().text();
    String rest = text.substring(overlap(before.found.passage().text().stripTrailing(), text));
    List<String> headings = found.passage().location().heading();
    boolean same = headings.equals(before.found.passage().location().heading());
    String label = same ? "" : String.join(" › ", headings);
    return new Placed(found, number, label, rest.isBlank() ? text : rest.strip(), true);
  }

  /** Whether the other is the next passage of the same document. */
  boolean isBefore(Placed other) {
    return found.document().id().equals(other.found.document().id())
        && found.passage().id().ordinal() + 1 == other.found.passage().id().ordinal();
  }

  private static int overlap(String before, String text) {
    int most = Math.min(MOST_OVERLAP, Math.min(before.length(), text.length()));
    for (int length = most; length >= LEAST_OVERLAP; length--) {
      if (before.regionMatches(before.length() - length, text, 0, length)) {
        return length;
      }
    }
    return 0;
  }

  /** {@code Handbook.docx › Leave › Annual leave, p. 3 (2026-05-01)}. */
  public static String label(ScoredPassage found) {
    Location place = found.passage().location();
    List<String> path = new ArrayList<>();
    path.add(found.document().name());
    place.entry().ifPresent(path::add);
    path.addAll(place.heading());
    boolean counted = place.kind() == Kind.PAGE || place.kind() == Kind.SLIDE;
    String page = counted ? ", " + CitationLocation.text("", place) : "";
    return String.join(" › ", path)
        + page
        + " ("
        + found.document().modifiedAt().atZone(ZoneOffset.UTC).toLocalDate()
        + ")";
  }
}
