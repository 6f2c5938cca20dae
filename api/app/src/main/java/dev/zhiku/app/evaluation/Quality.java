package dev.zhiku.app.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How good rankings are, on average over questions; each 0 to 1, more is better.
 *
 * @param questions how many
 * @param mrr mean reciprocal rank of the first right document among the first ten
 * @param recall1 share of the right documents at the first place
 * @param recall5 among the first five
 * @param recall10 among the first ten
 * @param ndcg normalised discounted cumulative gain of the first ten
 */
public record Quality(
    int questions, double mrr, double recall1, double recall5, double recall10, double ndcg) {
  private static final int DEPTH = 10;

  /** One question's ranking of documents, best first, each once, and the right ones. */
  public record Judged(List<String> ranking, Set<String> relevant) {
    public Judged {
      ranking = List.copyOf(ranking);
      relevant = Set.copyOf(relevant);
    }

    double reciprocalRank() {
      for (int i = 0; i < Math.min(DEPTH, ranking.size()); i++) {
        if (relevant.contains(ranking.get(i))) {
          return 1.0 / (i + 1);
        }
      }
      return 0;
    }

    double recall(int depth) {
      long right = ranking.stream().limit(depth).filter(relevant::contains).count();
      return relevant.isEmpty() ? 0 : (double) right / relevant.size();
    }

    double ndcg() {
      double gain = 0;
      double ideal = 0;
      for (int i = 0; i < DEPTH; i++) {
        double weight = Math.log(2) / Math.log(i + 2);
        gain += i < ranking.size() && relevant.contains(ranking.get(i)) ? weight : 0;
        ideal += i < relevant.size() ? weight : 0;
      }
      return ideal == 0 ? 0 : gain / ideal;
    }
  }

  /** The averages over these questions. */
  public static Quality of(List<Judged> judged) {
    return new Quality(
        judged.size(),
        judged.stream().mapToDouble(Judged::reciprocalRank).average().orElse(0),
        judged.stream().mapToDouble(j -> j.recall(1)).average().orElse(0),
        judged.stream().mapToDouble(j -> j.recall(5)).average().orElse(0),
        judged.stream().mapToDouble(j -> j.recall(DEPTH)).average().orElse(0),
        judged.stream().mapToDouble(Judged::ndcg).average().orElse(0));
  }

  /** The names of {@link #row}. */
  public static String header() {
    return String.format(
        Locale.ROOT,
        "%-14s %9s %7s %6s %6s %6s %8s",
        "collection",
        "questions",
        "MRR@10",
        "R@1",
        "R@5",
        "R@10",
        "nDCG@10");
  }

  /** One line of a table. */
  public String row(String name) {
    return String.format(
        Locale.ROOT,
        "%-14s %9d %7.3f %6.3f %6.3f %6.3f %8.3f",
        name,
        questions,
        mrr,
        recall1,
        recall5,
        recall10,
        ndcg);
  }
}
