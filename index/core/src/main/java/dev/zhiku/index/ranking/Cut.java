package dev.zhiku.index.ranking;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Hit;
import dev.zhiku.index.Passage.PassageId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Shortens a ranked list so that every passage kept says something new. Keeps the order. */
public final class Cut {
  private Cut() {}

  /**
   * Leaves out a passage that says nearly the same as a better one.
   *
   * @param texts of the hits' passages; a hit without a text is kept
   * @param similarity from which on two texts are the same, 0 to 1: the share of their
   *     three-character pieces that they have in common
   */
  public static List<Hit> nearDuplicates(
      List<Hit> hits, Map<PassageId, String> texts, double similarity) {
    if (!(similarity > 0 && similarity <= 1)) {
      throw new IllegalArgumentException("similarity must be above 0 and up to 1: " + similarity);
    }
    List<Hit> kept = new ArrayList<>();
    List<Shingles> said = new ArrayList<>();
    for (Hit hit : hits) {
      Shingles shingles = Shingles.of(texts.getOrDefault(hit.passage(), ""));
      if (said.stream().noneMatch(earlier -> earlier.isLike(shingles, similarity))) {
        kept.add(hit);
        said.add(shingles);
      }
    }
    return List.copyOf(kept);
  }

  /**
   * Leaves out what one document has beyond its best passages.
   *
   * @param most passages kept of one document, 1 or more
   */
  public static List<Hit> perDocument(List<Hit> hits, int most) {
    if (most < 1) {
      throw new IllegalArgumentException("each document keeps at least one passage, got " + most);
    }
    Map<DocumentId, Integer> seen = new HashMap<>();
    return hits.stream()
        .filter(hit -> seen.merge(hit.passage().document(), 1, Integer::sum) <= most)
        .toList();
  }
}
