package dev.zhiku.ingest.split;

import dev.zhiku.ingest.extract.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What introduces the rows of each table of a document: its captions directly above, else the
 * paragraph above that announces it, else the caption directly below that no other table follows.
 */
final class TableCaptions {
  private static final int MOST_CAPTIONS = 3;
  private static final int LONGEST_PART_TITLE = 80;

  private final List<Block> blocks;

  private TableCaptions(List<Block> blocks) {
    this.blocks = blocks;
  }

  /** One for each block; empty for all that are no rows. */
  static List<Optional<String>> of(List<Block> blocks) {
    TableCaptions captions = new TableCaptions(blocks);
    List<Optional<String>> all = new ArrayList<>();
    for (int i = 0; i < blocks.size(); ) {
      int end = captions.endOfTable(i);
      Optional<String> caption = end > i ? captions.caption(i, end) : Optional.empty();
      for (int b = i; b < Math.max(end, i + 1); b++) {
        all.add(blocks.get(b) instanceof Block.Row ? caption : Optional.empty());
      }
      i = Math.max(end, i + 1);
    }
    return all;
  }

  /** The block behind a table that begins there; the same where none does. */
  private int endOfTable(int from) {
    int end = from;
    while (end < blocks.size() && isOfTable(from, end)) {
      end++;
    }
    return end;
  }

  private boolean isOfTable(int from, int at) {
    if (!(blocks.get(from) instanceof Block.Row first) || !isNear(from, at)) {
      return false;
    }
    if (blocks.get(at) instanceof Block.Row) {
      return true;
    }
    return blocks.get(at) instanceof Block.Paragraph part
        && part.text().length() <= LONGEST_PART_TITLE
        && !isCaption(part)
        && at + 1 < blocks.size()
        && blocks.get(at + 1) instanceof Block.Row next
        && !next.header().isEmpty()
        && next.header().equals(first.header());
  }

  private Optional<String> caption(int from, int end) {
    StringBuilder above = new StringBuilder();
    int first = from;
    while (first > Math.max(0, from - MOST_CAPTIONS) && isCaptionNear(first - 1, from)) {
      first--;
    }
    for (Block caption : blocks.subList(first, from)) {
      above.append(above.isEmpty() ? "" : " ").append(((Block.Paragraph) caption).text());
    }
    if (!above.isEmpty()) {
      return Optional.of(BlockKinds.lead(above.toString()));
    }
    if (from > 0
        && isNear(from, from - 1)
        && blocks.get(from - 1) instanceof Block.Paragraph before
        && BlockKinds.announces(before.text())) {
      return Optional.of(BlockKinds.lead(before.text()));
    }
    boolean below = end < blocks.size() && isCaptionNear(end, from);
    boolean ofNext = end + 1 < blocks.size() && blocks.get(end + 1) instanceof Block.Row;
    return below && !ofNext
        ? Optional.of(BlockKinds.lead(((Block.Paragraph) blocks.get(end)).text()))
        : Optional.empty();
  }

  private boolean isCaptionNear(int at, int row) {
    return isNear(row, at) && blocks.get(at) instanceof Block.Paragraph p && isCaption(p);
  }

  private static boolean isCaption(Block.Paragraph paragraph) {
    return (paragraph.role() == Block.Role.CAPTION || BlockKinds.isCaption(paragraph.text()))
        && !BlockKinds.isOfPicture(paragraph.text());
  }

  /** Whether both stand in the same file and sheet. */
  private boolean isNear(int one, int other) {
    Block.Place place = blocks.get(one).place();
    Block.Place second = blocks.get(other).place();
    return place.entry().equals(second.entry()) && place.sheet().equals(second.sheet());
  }
}
