package dev.zhiku.server.documents;

import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.TextBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The continuous text of passages that follow each other. Where a block was too long for one
 * passage, the next begins with the last words of the one before: they are found by comparing the
 * two, and left out. Pure.
 */
final class Excerpt {
  /** Longest overlap looked for, in UTF-16 code units; the splitter's is shorter. */
  private static final int LONGEST_OVERLAP = 400;

  /** Shortest one that counts: two items of a list may begin and end alike. */
  private static final int SHORTEST_OVERLAP = 8;

  private Excerpt() {}

  /** The blocks of these passages, which are of one document and in order. */
  static List<ExcerptView.Piece> of(List<Passage> passages) {
    List<ExcerptView.Piece> all = new ArrayList<>();
    for (Passage passage : passages) {
      List<ExcerptView.Piece> pieces = pieces(passage);
      int from = 0;
      if (!all.isEmpty()) {
        Optional<ExcerptView.Piece> joined = joined(all.getLast(), pieces.getFirst());
        if (joined.isPresent()) {
          all.set(all.size() - 1, joined.get());
          from = 1;
        }
      }
      all.addAll(pieces.subList(from, pieces.size()));
    }
    return all;
  }

  private static List<ExcerptView.Piece> pieces(Passage passage) {
    if (passage.blocks().isEmpty()) {
      return List.of(whole(passage));
    }
    return passage.blocks().stream().map(block -> piece(passage, block)).toList();
  }

  private static ExcerptView.Piece whole(Passage passage) {
    Location location = passage.location();
    return new ExcerptView.Piece(
        passage.id().ordinal(),
        "paragraph",
        passage.text(),
        location.heading(),
        location.entry(),
        unit(location),
        location.start(),
        location.end(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static ExcerptView.Piece piece(Passage passage, TextBlock block) {
    Location location = passage.location();
    boolean placed = block.origin().start() > 0;
    return new ExcerptView.Piece(
        passage.id().ordinal(),
        BlockView.kind(block),
        block.in(passage.text()),
        block.heading(),
        location.entry(),
        unit(location),
        placed ? block.origin().start() : location.start(),
        placed ? block.origin().end() : location.end(),
        block.origin().pageLabel(),
        BlockView.recognised(block),
        block.cells().stream()
            .map(
                cell ->
                    new BlockView.CellView(
                        cell.column(), cell.start() - block.start(), cell.end() - block.start()))
            .toList());
  }

  private static String unit(Location location) {
    return switch (location.kind()) {
      case PAGE -> "page";
      case SLIDE -> "slide";
      case CELLS -> "row";
      case LINES -> "line";
      case WHOLE -> "none";
    };
  }

  /** One block of two that are parts of it; empty where the second is another block. */
  private static Optional<ExcerptView.Piece> joined(
      ExcerptView.Piece first, ExcerptView.Piece second) {
    boolean alike =
        first.kind().equals(second.kind())
            && first.heading().equals(second.heading())
            && first.entry().equals(second.entry())
            && first.cells().isEmpty()
            && second.cells().isEmpty();
    int overlap = alike ? overlap(first.text(), second.text()) : 0;
    return overlap < SHORTEST_OVERLAP
        ? Optional.empty()
        : Optional.of(first.withText(first.text() + second.text().substring(overlap)));
  }

  private static int overlap(String first, String second) {
    int length = Math.min(LONGEST_OVERLAP, Math.min(first.length(), second.length()));
    while (length > 0 && !first.endsWith(second.substring(0, length))) {
      length--;
    }
    return length;
  }
}
