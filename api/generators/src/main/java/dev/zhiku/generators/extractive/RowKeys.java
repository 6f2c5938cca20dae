package dev.zhiku.generators.extractive;

import dev.zhiku.answering.question.HeldWords;
import dev.zhiku.answering.question.QuestionWords;
import dev.zhiku.index.TextBlock;
import dev.zhiku.index.TextBlock.Cell;
import dev.zhiku.index.words.SearchText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The first cells of the rows of tables: they tell what a row is about. Where a question names one,
 * the other rows of that table do not answer it, however many other words of the question they
 * hold; unless it compares them with the one it names. Pure.
 */
final class RowKeys {
  /** A table by its document and the name of its first column. */
  private record Table(String title, String column) {}

  /** Words of the question that the first cell of a row holds. */
  private record Key(Table table, Set<String> named) {}

  private static final Pattern COMPARES =
      Pattern.compile("\\bthan\\b|(?<![百占对相正反成])比(?![例率重值较赛分价])");

  private final Map<Quotable, Key> keys = new HashMap<>();

  RowKeys(List<Quotable> units, String question) {
    if (COMPARES.matcher(SearchText.normalize(question)).find()) {
      return;
    }
    Set<String> asked = QuestionWords.of(question);
    boolean below = false;
    for (Quotable unit : units) {
      Optional<TextBlock> row = RowCells.row(unit).filter(cells -> cells.cells().size() > 1);
      boolean named = below;
      row.filter(cells -> named || hasColumns(cells))
          .ifPresent(cells -> keys.put(unit, key(unit, cells, asked)));
      below = row.isPresent();
    }
  }

  /** The first row of a table whose columns have no names may hold them. */
  private static boolean hasColumns(TextBlock row) {
    return !row.cells().getFirst().column().isBlank();
  }

  private static Key key(Quotable unit, TextBlock row, Set<String> asked) {
    Cell first = row.cells().getFirst();
    Set<String> named = new HashSet<>(HeldWords.in(first.in(unit.source().text())));
    named.retainAll(asked);
    return new Key(new Table(unit.source().title(), first.column()), Set.copyOf(named));
  }

  /** Whether a unit is a row while the question names another row of its table. */
  boolean isOfAnother(Quotable unit) {
    Key own = keys.get(unit);
    return own != null
        && keys.values().stream()
            .filter(key -> key.table().equals(own.table()))
            .anyMatch(
                key ->
                    key.named().size() > own.named().size()
                        && key.named().containsAll(own.named()));
  }
}
