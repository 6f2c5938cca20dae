package dev.zhiku.answering.grounding;

import dev.zhiku.answering.question.HeldWords;
import dev.zhiku.answering.question.QuestionWords;
import dev.zhiku.answering.search.Retrieval;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.TextBlock;
import dev.zhiku.index.TextBlock.Cell;
import dev.zhiku.index.embedding.Language;
import dev.zhiku.index.words.SearchText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The column of a table that a question means where its words name none, or several alike: the one
 * whose name is clearly nearer to the question in meaning than those of the others. Who asks what
 * it costs to park in the basement means the column "garage". Pure.
 */
public final class MeantColumns {
  /** Cells of a wide row; a shorter one is read at a glance. */
  public static final int WIDE = 5;

  /** Passages that the answer is likely to be taken from. */
  private static final int PASSAGES = 3;

  private static final int MOST_COLUMNS = 24;

  /**
   * Least cosine of the nearest, for each language, and its least lead over the next: chosen by 53
   * questions about fourteen tables, see {@code api/docs/answering.md}. What stays below them keeps
   * the whole row.
   */
  private static final double LEAST_CHINESE = 0.35;

  private static final double LEAST_ENGLISH = 0.55;
  private static final double LEAD = 0.06;

  /** Meaning does not tell "members" from "not members". */
  private static final Pattern DENIES =
      Pattern.compile("[不没非无未]|\\b(?:not|no|non|never|without|except)\\b|n't\\b");

  private MeantColumns() {}

  /** The same with the columns that are meant, in each of the best passages. */
  public static Retrieval marked(String question, Retrieval found, Evidence.Meaning meaning)
      throws InterruptedException {
    if (DENIES.matcher(SearchText.normalize(question)).find()) {
      return found;
    }
    List<ScoredPassage> passages = new ArrayList<>(found.passages());
    boolean marked = false;
    for (int i = 0; i < Math.min(PASSAGES, passages.size()); i++) {
      List<String> columns = meant(passages.get(i), question, meaning);
      if (!columns.isEmpty()) {
        passages.set(i, passages.get(i).withColumns(columns));
        marked = true;
      }
    }
    return marked ? found.with(passages) : found;
  }

  private static List<String> meant(ScoredPassage found, String question, Evidence.Meaning meaning)
      throws InterruptedException {
    Set<String> asked = QuestionWords.of(question);
    Set<List<String>> tables = new LinkedHashSet<>();
    for (TextBlock block : found.passage().blocks()) {
      if (block.kind() == TextBlock.Kind.ROW && block.cells().size() >= WIDE) {
        tables.add(block.cells().stream().skip(1).map(Cell::column).toList());
      }
    }
    List<String> meant = new ArrayList<>();
    for (List<String> columns : tables) {
      nearest(likely(columns, asked), question, meaning).ifPresent(meant::add);
    }
    return meant;
  }

  /** All columns, or those that the question names, all with as many words. */
  private static List<String> likely(List<String> columns, Set<String> asked) {
    int most = columns.stream().mapToInt(column -> named(column, asked)).max().orElse(0);
    return columns.stream()
        .filter(column -> !column.isBlank() && named(column, asked) == most)
        .distinct()
        .toList();
  }

  private static int named(String column, Set<String> asked) {
    Set<String> words = new HashSet<>(HeldWords.in(column));
    words.retainAll(asked);
    return words.size();
  }

  private static Optional<String> nearest(
      List<String> columns, String question, Evidence.Meaning meaning) throws InterruptedException {
    if (columns.size() < 2 || columns.size() > MOST_COLUMNS) {
      return Optional.empty();
    }
    Map<String, Double> cosines = meaning.cosines(columns);
    if (cosines.size() < columns.size()) {
      return Optional.empty();
    }
    List<Map.Entry<String, Double>> best =
        cosines.entrySet().stream()
            .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
            .limit(2)
            .toList();
    double nearest = best.getFirst().getValue();
    double least = Language.of(question) == Language.CHINESE ? LEAST_CHINESE : LEAST_ENGLISH;
    boolean clear = nearest >= least && nearest - best.getLast().getValue() >= LEAD;
    return clear ? Optional.of(best.getFirst().getKey()) : Optional.empty();
  }
}
