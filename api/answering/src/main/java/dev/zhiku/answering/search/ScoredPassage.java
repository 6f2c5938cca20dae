package dev.zhiku.answering.search;

import dev.zhiku.answering.masking.Masking;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Passage;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A passage that was found, with its document.
 *
 * @param score after fusion, higher is better; compares only within one retrieval
 * @param words its score in the list of words; 0 where it is not in it
 * @param similarity cosine with the question by its own embedder; 0 where it is not in that list
 * @param nearest sentences of it that answer by their meaning, where the words do not show it
 * @param standing by how much each of its sentences that were compared is nearer to the question in
 *     meaning than all that were on average
 * @param columns names of columns of its wide rows that the question means and does not name
 * @param masked whether something in it is covered
 */
public record ScoredPassage(
    Passage passage,
    DocumentMeta document,
    double score,
    double words,
    double similarity,
    List<String> nearest,
    Map<String, Double> standing,
    List<String> columns,
    boolean masked) {
  public ScoredPassage {
    nearest = List.copyOf(nearest);
    standing = Map.copyOf(standing);
    columns = List.copyOf(columns);
  }

  /** As it was found, before anybody looked at its sentences. */
  public ScoredPassage(
      Passage passage, DocumentMeta document, double score, double words, double similarity) {
    this(passage, document, score, words, similarity, List.of(), Map.of(), List.of(), false);
  }

  /** The same with the sentences that answer by their meaning. */
  public ScoredPassage withNearest(List<String> sentences) {
    return new ScoredPassage(
        passage, document, score, words, similarity, sentences, standing, columns, masked);
  }

  /** The same with how near its sentences are to the question in meaning. */
  public ScoredPassage withStanding(Map<String, Double> sentences) {
    return new ScoredPassage(
        passage, document, score, words, similarity, nearest, sentences, columns, masked);
  }

  /** The same with the columns that the question means. */
  public ScoredPassage withColumns(List<String> meant) {
    return new ScoredPassage(
        passage, document, score, words, similarity, nearest, standing, meant, masked);
  }

  /** The same with the score of another place in the ranking. */
  ScoredPassage withScore(double other) {
    return new ScoredPassage(
        passage, document, other, words, similarity, nearest, standing, columns, masked);
  }

  /** The same as somebody is shown it from whom something is covered. */
  ScoredPassage masked(Masking masking) {
    MaskedPassage covered = new MaskedPassage(masking);
    Passage shown = covered.of(passage);
    DocumentMeta described = covered.of(document);
    return new ScoredPassage(
        shown,
        described,
        score,
        words,
        similarity,
        nearest.stream().map(masking::mask).toList(),
        standing.entrySet().stream()
            .collect(
                Collectors.toMap(
                    entry -> masking.mask(entry.getKey()), Map.Entry::getValue, Math::max)),
        columns.stream().map(masking::mask).toList(),
        masked || !shown.equals(passage));
  }
}
