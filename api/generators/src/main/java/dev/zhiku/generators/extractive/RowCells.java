package dev.zhiku.generators.extractive;

import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.grounding.AskedForm;
import dev.zhiku.answering.grounding.MeantColumns;
import dev.zhiku.answering.grounding.QuotableSentences.Span;
import dev.zhiku.answering.question.HeldWords;
import dev.zhiku.answering.question.QuestionWords;
import dev.zhiku.index.TextBlock;
import dev.zhiku.index.TextBlock.Cell;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of a wide row is quoted where the question names a column, or means one: the cell that tells
 * what the row is about, those that the question names, and those of that column. The whole row
 * where no column is named or meant, or where what is left has nothing in the form that is asked
 * for. Pure.
 */
final class RowCells {
  private RowCells() {}

  /** The parts of a unit, each word for word, in order. */
  static List<String> of(Quotable unit, String question) {
    String text = unit.source().text();
    return row(unit)
        .filter(row -> row.cells().size() >= MeantColumns.WIDE)
        .map(row -> asked(row, unit.source(), question))
        .filter(parts -> !parts.isEmpty())
        .map(parts -> placed(parts, text))
        .orElse(List.of(unit.text()));
  }

  /**
   * The beginning of a row up to the last cell that the question names by its column, word for
   * word; all of it where no column is named, and of what is no row.
   */
  static String upToAsked(Quotable unit, String question) {
    String text = unit.source().text();
    Set<String> asked = QuestionWords.of(question);
    return row(unit)
        .flatMap(
            row -> row.cells().stream().filter(cell -> common(cell, asked) > 0).reduce((a, b) -> b))
        .filter(last -> unit.span().start() < last.end() && last.end() <= unit.span().end())
        .map(last -> text.substring(unit.span().start(), last.end()))
        .orElse(unit.text());
  }

  /** The row of a table that a unit is, or is a part of. */
  static Optional<TextBlock> row(Quotable unit) {
    return unit.source().blocks().stream()
        .filter(block -> block.kind() == TextBlock.Kind.ROW)
        .filter(block -> block.start() <= unit.span().start() && unit.span().end() <= block.end())
        .findFirst();
  }

  /** The cells that are asked for, with the names of their columns; none where no column is. */
  private static List<Span> asked(TextBlock row, Prompt.Source source, String question) {
    String text = source.text();
    Set<String> asked = QuestionWords.of(question);
    List<Cell> cells = row.cells();
    int named = cells.stream().skip(1).mapToInt(cell -> common(cell, asked)).max().orElse(0);
    List<Cell> nearest =
        cells.stream()
            .skip(1)
            .filter(
                cell -> common(cell, asked) == named && source.columns().contains(cell.column()))
            .toList();
    boolean meant = !nearest.isEmpty() && !isElsewhere(row, nearest, text, question);
    List<Span> parts = new ArrayList<>();
    boolean answered = false;
    for (int i = 0; (named > 0 || meant) && i < cells.size(); i++) {
      Cell cell = cells.get(i);
      boolean said = asked.containsAll(HeldWords.in(cell.in(text)));
      boolean wanted = common(cell, asked) == named && (!meant || nearest.contains(cell));
      if (i == 0 || said || wanted) {
        parts.add(withColumn(cell, text));
        answered |= i > 0 && wanted && !said && hasForm(parts.getLast().in(text), question);
      }
    }
    return answered ? parts : List.of();
  }

  /**
   * The parts where each stands but once in the text; else all from the first to the last, so that
   * the citation leads to this row and no other.
   */
  private static List<String> placed(List<Span> parts, String text) {
    List<String> said = parts.stream().map(part -> part.in(text)).toList();
    boolean once = said.stream().allMatch(part -> text.indexOf(part) == text.lastIndexOf(part));
    return once ? said : List.of(text.substring(parts.getFirst().start(), parts.getLast().end()));
  }

  /** A name is told by its column. */
  private static boolean hasForm(String part, String question) {
    Optional<AskedForm> form = AskedForm.of(question).filter(AskedForm::isSeen);
    return form.isEmpty() || form.get().isIn(part, question);
  }

  /** Whether what is asked for, such as a time, stands in other cells than these alone. */
  private static boolean isElsewhere(
      TextBlock row, List<Cell> these, String text, String question) {
    Map<Boolean, List<Cell>> withForm =
        row.cells().stream()
            .skip(1)
            .filter(cell -> hasForm(cell.in(text), question))
            .collect(Collectors.partitioningBy(these::contains));
    return withForm.getOrDefault(true, List.of()).isEmpty()
        && !withForm.getOrDefault(false, List.of()).isEmpty();
  }

  /** How many words of the question the name of the column has. */
  private static int common(Cell cell, Set<String> asked) {
    Set<String> words = new HashSet<>(HeldWords.in(cell.column()));
    words.retainAll(asked);
    return words.size();
  }

  private static Span withColumn(Cell cell, String text) {
    String label = cell.column() + ": ";
    int start = cell.start() - label.length();
    boolean labelled = start >= 0 && text.startsWith(label, start);
    return new Span(labelled ? start : cell.start(), cell.end());
  }
}
