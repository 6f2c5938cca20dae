package dev.zhiku.index;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A span of one document, small enough to embed and to quote. Immutable; equal by value.
 *
 * @param text what is shown and quoted, as it stands in the original; never normalised
 * @param blocks what the text is made of, in order; together all of it but white space. None where
 *     the parts are not known
 */
public record Passage(PassageId id, String text, Location location, List<TextBlock> blocks) {
  /** Longest text accepted, in code points; splitters aim well below it. */
  public static final int MAX_CHARS = 8_000;

  /** A passage whose parts are not known. */
  public Passage(PassageId id, String text, Location location) {
    this(id, text, location, List.of());
  }

  /**
   * @throws IllegalArgumentException if the text is blank or longer than {@link #MAX_CHARS}, or a
   *     block is out of place
   */
  public Passage {
    blocks = List.copyOf(blocks);
    if (text.isBlank()) {
      throw new IllegalArgumentException("passage " + id + " is blank");
    }
    int length = text.codePointCount(0, text.length());
    if (length > MAX_CHARS) {
      throw new IllegalArgumentException(
          "passage " + id + " may have " + MAX_CHARS + " characters, has " + length);
    }
    TextBlock.requireOrdered(blocks, text);
  }

  /** The block that holds a character of the text. */
  public Optional<TextBlock> blockAt(int offset) {
    return blocks.stream()
        .filter(block -> block.start() <= offset && offset < block.end())
        .findFirst();
  }

  /**
   * Stable across re-ingestion of identical content.
   *
   * @param ordinal place of the passage in its document, from 0
   */
  public record PassageId(DocumentId document, int ordinal) implements Comparable<PassageId> {
    private static final Comparator<PassageId> ORDER =
        Comparator.comparing(PassageId::document).thenComparingInt(PassageId::ordinal);

    public PassageId {
      if (ordinal < 0) {
        throw new IllegalArgumentException("ordinal counts from 0, got " + ordinal);
      }
    }

    @Override
    public int compareTo(PassageId other) {
      return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
      return document + "#" + ordinal;
    }
  }

  /**
   * Place where a reader would look to check a quotation.
   *
   * @param kind what {@code start} and {@code end} count; for {@link Kind#WHOLE} both are 0
   * @param heading the headings above the passage, outermost first; for {@link Kind#CELLS} the
   *     sheet's name comes first
   * @param entry path of the file inside an archive or a mail, if the passage is from one
   * @param start first page, slide, row or line, from 1
   * @param end last page, slide, row or line, inclusive
   * @param cells cell range with its sheet ({@code Prices!A2:D9}), for {@link Kind#CELLS}
   */
  public record Location(
      Kind kind,
      List<String> heading,
      Optional<String> entry,
      int start,
      int end,
      Optional<String> cells) {
    /** Unit that a location counts. */
    public enum Kind {
      PAGE,
      SLIDE,
      CELLS,
      LINES,
      WHOLE
    }

    public Location {
      heading = List.copyOf(heading);
      boolean counted = kind != Kind.WHOLE;
      if (counted ? start < 1 || end < start : start != 0 || end != 0) {
        throw new IllegalArgumentException("location " + kind + " cannot be " + start + ".." + end);
      }
    }

    /** The document as a whole, under the given headings. */
    public static Location whole(List<String> heading) {
      return new Location(Kind.WHOLE, heading, Optional.empty(), 0, 0, Optional.empty());
    }

    /** One page, from 1. */
    public static Location page(int page, List<String> heading) {
      return new Location(Kind.PAGE, heading, Optional.empty(), page, page, Optional.empty());
    }
  }
}
