package dev.zhiku.ingest.extract;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Rows of which most are labels with their values, as in a form: each other cell is a word that did
 * not stand in a row before, neither as a label nor as a value.
 */
final class FormRows {
  private static final int LABEL_CHARACTERS = 20;

  private final Set<String> seen = new HashSet<>();
  private int rows;
  private int ofForm;

  /** Adds a label with one wide value. */
  void addWide() {
    rows++;
    ofForm++;
  }

  void add(List<String> cells) {
    boolean labelled = cells.size() > 1;
    for (int i = 0; i < cells.size(); i += 2) {
      labelled &= isLabel(cells.get(i)) && !seen.contains(cells.get(i));
    }
    seen.addAll(cells);
    rows++;
    ofForm += labelled ? 1 : 0;
  }

  boolean areMost() {
    return 2 * ofForm > rows;
  }

  private static boolean isLabel(String cell) {
    String label = cell.strip();
    boolean colon = label.endsWith(":") || label.endsWith("：");
    return !label.isEmpty()
        && label.length() <= LABEL_CHARACTERS
        && (colon || TableRows.isWord(cell));
  }
}
