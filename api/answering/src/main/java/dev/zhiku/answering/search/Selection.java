package dev.zhiku.answering.search;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Hit;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.ranking.Cut;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Chooses from a ranking what a reader gets: near-duplicates are folded into their best one, and no
 * document crowds out the others. Pure.
 */
final class Selection {
  /** Share of common pieces from which on two passages count as the same text. */
  private static final double SAME_TEXT = 0.9;

  /**
   * Passages of other documents compete when they score at least this share of the one held back.
   */
  private static final double COMPETES = 0.5;

  private static final Comparator<ScoredPassage> BEST_FIRST =
      Comparator.comparingDouble(ScoredPassage::score).reversed();

  private Selection() {}

  /**
   * Passages chosen from a ranking.
   *
   * @param passages best first
   * @param settled whether it stays the same whatever comes further down the ranking
   * @param distinct the ranking without what was folded into a better one
   * @param beyond passages beyond their document's share
   */
  record Choice(
      List<ScoredPassage> passages,
      boolean settled,
      List<ScoredPassage> distinct,
      List<ScoredPassage> beyond) {
    Choice {
      passages = List.copyOf(passages);
      distinct = List.copyOf(distinct);
      beyond = List.copyOf(beyond);
    }
  }

  /**
   * @param ranked best first: a ranking or its beginning
   * @param limit most passages chosen
   */
  static Choice choose(List<ScoredPassage> ranked, int limit) {
    List<ScoredPassage> distinct = foldDuplicates(ranked);
    List<ScoredPassage> within = new ArrayList<>();
    List<ScoredPassage> beyond = new ArrayList<>();
    Map<DocumentId, Integer> taken = new HashMap<>();
    for (ScoredPassage found : distinct) {
      int count = taken.merge(found.document().id(), 1, Integer::sum);
      (count <= perDocument(limit) ? within : beyond).add(found);
    }
    double last = ranked.isEmpty() ? 0 : ranked.getLast().score();
    return new Choice(
        merge(within, beyond, limit), isSettled(within, beyond, limit, last), distinct, beyond);
  }

  /** Whether a passage is folded into another one that is ranked before it. */
  static boolean isSameText(ScoredPassage better, ScoredPassage found) {
    return foldDuplicates(List.of(better, found)).size() == 1;
  }

  /**
   * What comes later scores no more than the last: it cannot raise the bar, and is behind every
   * passage that has passed it.
   */
  private static boolean isSettled(
      List<ScoredPassage> within, List<ScoredPassage> beyond, int limit, double last) {
    double bar = beyond.isEmpty() ? 0 : beyond.getFirst().score() * COMPETES;
    long passed = within.stream().filter(found -> found.score() >= bar).count();
    return passed >= limit || (last < bar && passed + beyond.size() >= limit);
  }

  /** Passages of one document while others compete: 2, or 3 of many. */
  static int perDocument(int limit) {
    return limit > 8 ? 3 : 2;
  }

  /**
   * What is beyond a document's share comes in where nothing of comparable score stands against.
   */
  private static List<ScoredPassage> merge(
      List<ScoredPassage> within, List<ScoredPassage> beyond, int limit) {
    double bar = beyond.isEmpty() ? 0 : beyond.getFirst().score() * COMPETES;
    List<ScoredPassage> order = new ArrayList<>();
    within.stream().filter(f -> f.score() >= bar).forEach(order::add);
    order.addAll(beyond);
    within.stream().filter(f -> f.score() < bar).forEach(order::add);
    return order.stream().limit(limit).sorted(BEST_FIRST).toList();
  }

  private static List<ScoredPassage> foldDuplicates(List<ScoredPassage> ranked) {
    Map<PassageId, String> texts = new HashMap<>();
    List<Hit> hits = new ArrayList<>();
    for (ScoredPassage found : ranked) {
      texts.put(found.passage().id(), found.passage().text());
      hits.add(new Hit(found.passage().id(), found.score()));
    }
    Set<PassageId> kept =
        Cut.nearDuplicates(hits, texts, SAME_TEXT).stream()
            .map(Hit::passage)
            .collect(Collectors.toSet());
    return ranked.stream().filter(found -> kept.contains(found.passage().id())).toList();
  }
}
