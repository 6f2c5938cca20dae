package dev.zhiku.samples;

import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What came out, by language and kind of question, and every miss by name; for people to read. */
final class ResultTable {
  private static final String ROW = "%-3s %-13s %9s %6s %6s %6s %9s %6s %6s%n";

  private final List<AskedQuestion> asked;

  ResultTable(List<AskedQuestion> asked) {
    this.asked = asked;
  }

  @Override
  public String toString() {
    StringBuilder table = new StringBuilder();
    table.append(
        ROW.formatted(
            "", "", "questions", "top 5", "rank 1", "page", "answered", "cited", "words"));
    new TreeMap<>(asked.stream().collect(Collectors.groupingBy(ResultTable::group)))
        .forEach((group, members) -> table.append(row(group.split(" ", 2), members)));
    table.append(row(new String[] {"all", ""}, asked));
    asked.stream().map(ResultTable::misses).forEach(table::append);
    return table.toString();
  }

  private static String group(AskedQuestion question) {
    return question.labelled().language() + " " + question.labelled().kind();
  }

  private static String row(String[] group, List<AskedQuestion> members) {
    return ROW.formatted(
        group[0],
        group[1],
        members.size(),
        count(members, q -> q.rank() > 0),
        count(members, q -> q.rank() == 1),
        count(members, q -> !q.labelled().page().isEmpty() && q.isPageFound()),
        count(members, AskedQuestion::isAnswered),
        count(members, AskedQuestion::isExpectedFileCited),
        count(members, q -> q.labelled().answerable() && q.holdsExpectedWords()));
  }

  private static long count(List<AskedQuestion> members, Predicate<AskedQuestion> condition) {
    return members.stream().filter(condition).count();
  }

  private static String misses(AskedQuestion question) {
    LabelledQuestion labelled = question.labelled();
    StringBuilder misses = new StringBuilder();
    if (labelled.answerable()) {
      if (question.rank() != 1) {
        misses.append(" rank ").append(question.rank());
      }
      if (!labelled.page().isEmpty() && !question.isPageFound()) {
        misses.append(" page");
      }
      if (!question.isAnswered()) {
        misses.append(" refused");
      } else if (!question.holdsExpectedWords()) {
        misses.append(" words");
      }
    } else if (!question.isRefused()) {
      misses.append(" answered");
    }
    return misses.isEmpty()
        ? ""
        : "miss %s:%s: %s -> %s%n"
            .formatted(labelled.id(), misses, labelled.question(), question.answer());
  }
}
