package dev.zhiku.ingest.extract.pdf;

import dev.zhiku.ingest.extract.pdf.PageRules.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Rules that cross each other and so part a page into cells. */
final class RuledGrid {
  private static final float SAME = 2.5f;
  private static final int MOST_RULES = 1_200;
  private static final int MOST_CELLS = 20_000;

  private final List<Rule> rules;
  private final List<Float> xs;
  private final List<Float> ys;

  private RuledGrid(List<Rule> rules) {
    this.rules = rules;
    this.xs = edges(rules, false);
    this.ys = edges(rules, true);
  }

  /** The grids of a page with at least two columns and two rows. */
  static List<RuledGrid> of(List<Rule> drawn) {
    List<Rule> rules = new ArrayList<>(merged(drawn, true));
    rules.addAll(merged(drawn, false));
    if (rules.size() > MOST_RULES) {
      return List.of();
    }
    List<RuledGrid> grids = new ArrayList<>();
    boolean[] used = new boolean[rules.size()];
    for (int i = 0; i < used.length; i++) {
      if (!used[i]) {
        RuledGrid grid = new RuledGrid(connected(rules, used, i));
        if (grid.columns() >= 2 && grid.rows() >= 2 && grid.columns() * grid.rows() <= MOST_CELLS) {
          grids.add(grid);
        }
      }
    }
    return grids;
  }

  int columns() {
    return xs.size() - 1;
  }

  int rows() {
    return ys.size() - 1;
  }

  /** Left edges of the columns, and the right edge of the last. */
  List<Float> xs() {
    return xs;
  }

  float top() {
    return ys.getFirst();
  }

  float bottom() {
    return ys.getLast();
  }

  boolean holds(float x, float y) {
    return x > xs.getFirst() && x < xs.getLast() && y > top() && y < bottom();
  }

  /** Whether a rule stands between two places of the same height. */
  boolean divides(float from, float to, float y) {
    if (y < top() || y > bottom()) {
      return false;
    }
    return rules.stream()
        .anyMatch(r -> !r.level() && r.at() > from && r.at() < to && r.from() <= y && r.to() >= y);
  }

  int column(float x) {
    return index(xs, x);
  }

  int row(float y) {
    return index(ys, y);
  }

  /** Whether cells of that row are parted to the right of that column. */
  boolean closedRight(int row, int column) {
    return isRuled(false, xs.get(column + 1), (ys.get(row) + ys.get(row + 1)) / 2);
  }

  boolean closedBelow(int row, int column) {
    return isRuled(true, ys.get(row + 1), (xs.get(column) + xs.get(column + 1)) / 2);
  }

  private boolean isRuled(boolean level, float at, float place) {
    return rules.stream()
        .anyMatch(
            r ->
                r.level() == level
                    && Math.abs(r.at() - at) <= SAME
                    && r.from() <= place
                    && r.to() >= place);
  }

  private static int index(List<Float> edges, float at) {
    int index = 0;
    while (index < edges.size() - 2 && at >= edges.get(index + 1)) {
      index++;
    }
    return index;
  }

  /** Rules that lie on one line and touch become one. */
  static List<Rule> merged(List<Rule> rules, boolean level) {
    List<Rule> sorted =
        rules.stream()
            .filter(r -> r.level() == level)
            .sorted(
                Comparator.comparingInt((Rule r) -> Math.round(r.at() / SAME))
                    .thenComparingDouble(Rule::from))
            .toList();
    List<Rule> merged = new ArrayList<>();
    for (Rule rule : sorted) {
      Rule last = merged.isEmpty() ? null : merged.getLast();
      if (last != null
          && Math.abs(last.at() - rule.at()) <= SAME
          && rule.from() <= last.to() + SAME) {
        merged.set(
            merged.size() - 1,
            new Rule(level, last.at(), last.from(), Math.max(last.to(), rule.to())));
      } else {
        merged.add(rule);
      }
    }
    return merged;
  }

  private static List<Rule> connected(List<Rule> rules, boolean[] used, int first) {
    List<Rule> found = new ArrayList<>();
    used[first] = true;
    found.add(rules.get(first));
    for (int next = 0; next < found.size(); next++) {
      for (int i = 0; i < used.length; i++) {
        if (!used[i] && cross(found.get(next), rules.get(i))) {
          used[i] = true;
          found.add(rules.get(i));
        }
      }
    }
    return found;
  }

  private static boolean cross(Rule one, Rule other) {
    return one.level() != other.level()
        && other.at() >= one.from() - SAME
        && other.at() <= one.to() + SAME
        && one.at() >= other.from() - SAME
        && one.at() <= other.to() + SAME;
  }

  /** Where rules stand, and where those across them end: an outer edge may be left open. */
  private static List<Float> edges(List<Rule> rules, boolean level) {
    List<Float> all = new ArrayList<>();
    float least = Float.MAX_VALUE;
    float most = -Float.MAX_VALUE;
    for (Rule rule : rules) {
      if (rule.level() == level) {
        all.add(rule.at());
      } else {
        least = Math.min(least, rule.from());
        most = Math.max(most, rule.to());
      }
    }
    if (least <= most) {
      all.add(least);
      all.add(most);
    }
    all.sort(Comparator.naturalOrder());
    List<Float> edges = new ArrayList<>();
    for (float edge : all) {
      if (edges.isEmpty() || edge - edges.getLast() > SAME * 2) {
        edges.add(edge);
      }
    }
    return edges;
  }
}
