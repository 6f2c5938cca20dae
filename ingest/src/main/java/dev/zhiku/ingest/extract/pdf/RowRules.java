package dev.zhiku.ingest.extract.pdf;

import dev.zhiku.ingest.extract.pdf.PageRules.Rule;
import java.util.List;

/** Level rules of a page, which part the rows of a table or its names from what stands below. */
final class RowRules {
  private static final int MOST_RULES = 1_200;
  private static final float MOST_OF_WIDTH = 0.6f;
  private static final float ABOVE_LETTERS = 0.5f;

  private final List<Rule> rules;

  private RowRules(List<Rule> rules) {
    this.rules = rules;
  }

  static RowRules of(List<Rule> drawn) {
    List<Rule> level = RuledGrid.merged(drawn, true);
    return new RowRules(level.size() > MOST_RULES ? List.of() : level);
  }

  /** Whether rules over most of the width from left to right stand between two lines. */
  boolean part(PdfLine above, PdfLine below, float left, float right) {
    double covered =
        rules.stream()
            .filter(
                r -> r.at() >= above.y() && r.at() < below.y() - below.fontSize() * ABOVE_LETTERS)
            .mapToDouble(r -> Math.max(0, Math.min(right, r.to()) - Math.max(left, r.from())))
            .sum();
    return covered >= (right - left) * MOST_OF_WIDTH;
  }
}
