package dev.zhiku.answering.search;

import dev.zhiku.index.Candidates;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Hit;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.PassageId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A ranking of passages before they are loaded.
 *
 * @param candidates lists of the words and of each embedding model
 * @param fused best first, at most as long as the sum of the lists
 */
record Ranking(Candidates candidates, List<Hit> fused) {
  /** Ranked passages loaded at first for each one chosen; most often they suffice. */
  private static final int LOADED_FIRST = 2;

  /** How many are loaded at the most, to make up for folded ones. */
  private static final int LOADED_PER_CHOSEN = 5;

  /**
   * Two lists of one kind as one: a passage has the better of its scores.
   *
   * @param share of the second list's scores that counts
   * @return best first
   */
  static List<Hit> joined(List<Hit> first, List<Hit> second, double share) {
    Map<PassageId, Double> scores = new LinkedHashMap<>();
    first.forEach(hit -> scores.put(hit.passage(), hit.score()));
    second.forEach(hit -> scores.merge(hit.passage(), share * hit.score(), Math::max));
    return scores.entrySet().stream()
        .map(entry -> new Hit(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingDouble(Hit::score).reversed())
        .toList();
  }

  /** Whether no list of a model holds a passage. */
  boolean hasNoneNearInMeaning() {
    return candidates.vectors().values().stream().allMatch(List::isEmpty);
  }

  /**
   * The passages that are shown. To load, unpack and compare passages takes longer than to find
   * them, so no more are loaded than needed.
   */
  List<ScoredPassage> choose(Snapshot snapshot, String question, int limit)
      throws InterruptedException {
    Selection.Choice first =
        Selection.choose(Editions.asked(question, load(snapshot, limit * LOADED_FIRST)), limit);
    if (first.settled() || fused.size() <= limit * LOADED_FIRST) {
      return first.passages();
    }
    return Selection.choose(Editions.asked(question, considered(snapshot, limit)), limit)
        .passages();
  }

  /** The passages that are looked at to choose so many, at the most. */
  List<ScoredPassage> considered(Snapshot snapshot, int limit) throws InterruptedException {
    return load(snapshot, limit * LOADED_PER_CHOSEN);
  }

  /** The best so many passages, with their documents; those that are gone are left out. */
  List<ScoredPassage> load(Snapshot snapshot, int limit) throws InterruptedException {
    return load(snapshot, fused.stream().limit(limit).toList());
  }

  /** These passages, with their documents; those that are gone are left out. */
  List<ScoredPassage> load(Snapshot snapshot, List<Hit> best) throws InterruptedException {
    Map<PassageId, Passage> passages =
        snapshot.load(best.stream().map(Hit::passage).toList()).stream()
            .collect(Collectors.toMap(Passage::id, Function.identity()));
    Map<DocumentId, DocumentMeta> documents =
        snapshot.documents(
            passages.keySet().stream().map(PassageId::document).collect(Collectors.toSet()));
    Map<PassageId, Double> words = scores(List.of(candidates.words()));
    Map<PassageId, Double> similarities = scores(candidates.vectors().values());
    List<ScoredPassage> found = new ArrayList<>();
    for (Hit hit : best) {
      Passage passage = passages.get(hit.passage());
      DocumentMeta document = documents.get(hit.passage().document());
      if (passage != null && document != null) {
        found.add(
            new ScoredPassage(
                passage,
                document,
                hit.score(),
                words.getOrDefault(hit.passage(), 0.0),
                similarities.getOrDefault(hit.passage(), 0.0)));
      }
    }
    return found;
  }

  private static Map<PassageId, Double> scores(Iterable<List<Hit>> lists) {
    Map<PassageId, Double> scores = new HashMap<>();
    lists.forEach(list -> list.forEach(hit -> scores.merge(hit.passage(), hit.score(), Math::max)));
    return scores;
  }
}
