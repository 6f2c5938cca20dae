package dev.zhiku.app.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Results by kind of question as lines of text, and what changed since an earlier run. */
public final class EvaluationReport {
  private static final String NOTHING = "-";

  private EvaluationReport() {}

  /** A table: a line for each kind, then one for all with an answer and one for all without. */
  public static List<String> table(List<Outcome> outcomes) {
    List<String> lines = new ArrayList<>();
    lines.add(
        line(
            "kind",
            "questions",
            "MRR@10",
            "R@1",
            "R@5",
            "R@10",
            "nDCG@10",
            "answer hit",
            "refused"));
    Map<String, List<Outcome>> kinds =
        outcomes.stream()
            .collect(Collectors.groupingBy(Outcome::kind, TreeMap::new, Collectors.toList()));
    kinds.forEach((kind, some) -> lines.add(row(kind, some)));
    addTotal(lines, "all answerable", outcomes.stream().filter(Outcome::answerable).toList());
    addTotal(
        lines,
        "all unanswerable",
        outcomes.stream().filter(Predicate.not(Outcome::answerable)).toList());
    return lines;
  }

  private static void addTotal(List<String> lines, String name, List<Outcome> outcomes) {
    if (!outcomes.isEmpty()) {
      lines.add(row(name, outcomes));
    }
  }

  private static String row(String name, List<Outcome> outcomes) {
    List<Outcome> ranked = outcomes.stream().filter(Outcome::answerable).toList();
    Optional<Quality> quality =
        ranked.isEmpty()
            ? Optional.empty()
            : Optional.of(Quality.of(ranked.stream().map(Outcome::judged).toList()));
    List<Boolean> hits = ranked.stream().map(Outcome::hit).flatMap(Optional::stream).toList();
    return line(
        name,
        String.valueOf(outcomes.size()),
        figure(quality, Quality::mrr),
        figure(quality, Quality::recall1),
        figure(quality, Quality::recall5),
        figure(quality, Quality::recall10),
        figure(quality, Quality::ndcg),
        share(hits.stream().filter(hit -> hit).count(), hits.size()),
        share(outcomes.stream().filter(outcome -> !outcome.answered()).count(), outcomes.size()));
  }

  private static String line(String... cells) {
    return String.format(Locale.ROOT, "%-16s %9s %7s %6s %6s %6s %8s %11s %8s", (Object[]) cells);
  }

  private static String figure(Optional<Quality> quality, Function<Quality, Double> which) {
    return quality
        .map(which)
        .map(value -> String.format(Locale.ROOT, "%.3f", value))
        .orElse(NOTHING);
  }

  private static String share(long some, int all) {
    return all == 0 ? NOTHING : String.format(Locale.ROOT, "%.1f %%", 100.0 * some / all);
  }

  /** What got better and what got worse, question by question, the worse ones first. */
  public static List<String> changes(List<Outcome> before, List<Outcome> now) {
    Map<String, Outcome> earlier =
        before.stream().collect(Collectors.toMap(Outcome::id, Function.identity(), (a, b) -> b));
    List<String> worse = new ArrayList<>();
    List<String> better = new ArrayList<>();
    int compared = 0;
    for (Outcome outcome : now) {
      Outcome other = earlier.get(outcome.id());
      if (other == null) {
        continue;
      }
      compared++;
      int change = outcome.against(other);
      if (change != 0) {
        (change < 0 ? worse : better)
            .add(
                (change < 0 ? "worse   " : "better  ")
                    + outcome.id()
                    + ": "
                    + other.words()
                    + " -> "
                    + outcome.words());
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        compared
            + " questions of both runs: "
            + better.size()
            + " better, "
            + worse.size()
            + " worse");
    lines.addAll(worse);
    lines.addAll(better);
    return lines;
  }
}
