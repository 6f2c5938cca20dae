package dev.zhiku.ingest.extract.pdf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Numbers in lines that are alike but for them. Those of running heads go up with the pages, or
 * stay for some of them as the number of a chapter does; values of a form that each page holds do
 * not.
 */
final class RunningNumbers {
  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final double MOST = 0.6;

  private RunningNumbers() {}

  /** Whether each number of the lines, by their pages, is one of a running head. */
  static boolean run(NavigableMap<Integer, PdfLine> lines) {
    List<List<String>> columns = new ArrayList<>();
    for (PdfLine line : lines.values()) {
      List<String> numbers = DIGITS.matcher(line.text()).results().map(MatchResult::group).toList();
      for (int i = 0; i < numbers.size(); i++) {
        if (columns.size() == i) {
          columns.add(new ArrayList<>());
        }
        columns.get(i).add(numbers.get(i));
      }
    }
    List<Integer> pages = List.copyOf(lines.keySet());
    return columns.stream().allMatch(values -> staysOrCounts(pages, values));
  }

  private static boolean staysOrCounts(List<Integer> pages, List<String> values) {
    if (new HashSet<>(values).size() * 2 <= values.size()) {
      return true;
    }
    int steps = 0;
    for (int i = 1; i < values.size(); i++) {
      int distance = pages.get(i) - pages.get(i - 1);
      steps += number(values.get(i)) - number(values.get(i - 1)) == distance ? 1 : 0;
    }
    return steps >= (values.size() - 1) * MOST;
  }

  /** Of a long number the last digits, which are those that go up. */
  private static int number(String digits) {
    return Integer.parseInt(digits.substring(Math.max(0, digits.length() - 9)));
  }
}
