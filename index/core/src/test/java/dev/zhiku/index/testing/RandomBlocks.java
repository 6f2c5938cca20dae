package dev.zhiku.index.testing;

import dev.zhiku.index.TextBlock;
import dev.zhiku.index.TextBlock.Cell;
import dev.zhiku.index.TextBlock.Kind;
import dev.zhiku.index.TextBlock.Origin;
import dev.zhiku.index.embedding.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/** Blocks of every kind and with every part, such as a splitter may make of a text. */
public final class RandomBlocks {
  private static final List<String> WORDS = List.of("Care", "第三章 维护", "", "Ångström 𠮷", "§ 4");

  private RandomBlocks() {}

  /** Blocks that may stand in a text of that length without characters beyond the basic plane. */
  public static List<TextBlock> in(int length, Random random) {
    List<TextBlock> blocks = new ArrayList<>();
    int at = random.nextInt(3);
    while (at + 1 < length) {
      int end = at + 1 + random.nextInt(Math.min(40, length - at));
      blocks.add(block(at, Math.min(end, length), random));
      at = end + random.nextInt(3);
    }
    return blocks;
  }

  private static TextBlock block(int start, int end, Random random) {
    return new TextBlock(
        one(List.of(Kind.values()), random),
        start,
        end,
        random.ints(random.nextInt(4), 0, WORDS.size()).mapToObj(WORDS::get).toList(),
        random.nextBoolean() ? Optional.empty() : Optional.of(one(WORDS, random)),
        random.nextBoolean() ? List.of() : cells(start, end, random),
        one(List.of(Language.values()), random),
        origin(random));
  }

  private static List<Cell> cells(int start, int end, Random random) {
    List<Cell> cells = new ArrayList<>();
    for (int at = start + random.nextInt(2); at < end; ) {
      int to = at + 1 + random.nextInt(end - at);
      cells.add(new Cell(one(WORDS, random), at, to));
      at = to + random.nextInt(3);
    }
    return cells;
  }

  private static Origin origin(Random random) {
    int start = random.nextInt(3) * 70_000;
    return new Origin(
        start,
        start == 0 ? 0 : start + random.nextInt(3),
        random.nextBoolean() ? Optional.empty() : Optional.of("xiv"),
        random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(101)));
  }

  private static <T> T one(List<T> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }
}
