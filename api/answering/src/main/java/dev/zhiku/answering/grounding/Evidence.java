package dev.zhiku.answering.grounding;

import dev.zhiku.answering.search.CitationLocation;
import dev.zhiku.answering.search.Retrieval;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.words.Words;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The judge of evidence: whether what was found can support an answer at all, by how much of the
 * question stands in one of the best passages, and how near the nearest sentence of them is in
 * meaning. Thresholds are chosen by measurement, see {@code api/docs/answering.md}; they keep
 * questions out that the collection knows nothing of, and cannot tell a passage that answers from
 * one that merely looks as if it did. Keeps nothing between two questions.
 */
public final class Evidence {
  /** Share of the question's words and weighed similarity of a sentence that are enough. */
  private static final double ENOUGH = 2.45;

  /** What the similarity of a sentence counts for: a question is asked in words of its own. */
  private static final double MEANING = 3;

  /** Share of the question's words and similarity of a passage where sentences are not compared. */
  private static final double ENOUGH_IN_PASSAGE = 1.05;

  /** Share of the question's words that is enough by itself, whatever the model of meaning says. */
  private static final double ENOUGH_WORDS = 0.75;

  /** What either sum may lack where a model reads. */
  private static final double SLACK = 0.2;

  /** How many of the best passages may carry the answer. */
  private static final int LOOKED_AT = 3;

  /** Sentences compared with the question; those with most of its words. */
  private static final int SENTENCES = 20;

  private Evidence() {}

  /** A comparison of sentences with the question by meaning. */
  @FunctionalInterface
  public interface Meaning {
    /**
     * How near the nearest of some sentences is to the question: a cosine; empty where they cannot
     * be compared.
     *
     * @param sentences 1 to 20
     */
    OptionalDouble nearest(List<String> sentences) throws InterruptedException;
  }

  /**
   * Whether an answer is worth a try.
   *
   * @param reads whether a model will read what was found: it can decline by itself, and only what
   *     is plainly foreign is kept from it
   * @param meaning asked only where the words leave a doubt
   */
  public static boolean supports(
      String question, Retrieval retrieval, boolean reads, Meaning meaning)
      throws InterruptedException {
    return isNear(retrieval, reads, meaning)
        && (reads || FormNearby.isHeld(question, retrieval.passages(), retrieval.weights()));
  }

  private static boolean isNear(Retrieval retrieval, boolean reads, Meaning meaning)
      throws InterruptedException {
    double slack = reads ? SLACK : 0;
    List<ScoredPassage> best = retrieval.passages().stream().limit(LOOKED_AT).toList();
    double words =
        best.stream()
            .mapToDouble(found -> share(title(found), found.passage().text(), retrieval.weights()))
            .max()
            .orElse(0);
    double similarity =
        retrieval.passages().stream().mapToDouble(ScoredPassage::similarity).max().orElse(0);
    if (words == 0 || words >= ENOUGH_WORDS) {
      return words > 0;
    }
    List<String> sentences = sentences(best, retrieval.weights());
    OptionalDouble nearest =
        sentences.isEmpty() ? OptionalDouble.empty() : meaning.nearest(sentences);
    return nearest.isPresent()
        ? words + MEANING * Math.max(similarity, nearest.getAsDouble()) >= ENOUGH - slack
        : words + similarity >= ENOUGH_IN_PASSAGE - slack;
  }

  /** A sentence with the share of the question's words that it holds. */
  private record Candidate(String text, double share) {}

  private static List<String> sentences(List<ScoredPassage> best, Map<String, Double> weights) {
    return best.stream()
        .flatMap(found -> candidates(found, weights))
        .sorted(Comparator.comparingDouble(Candidate::share).reversed())
        .limit(SENTENCES)
        .map(Candidate::text)
        .toList();
  }

  private static Stream<Candidate> candidates(ScoredPassage found, Map<String, Double> weights) {
    Set<String> title = title(found);
    String text = found.passage().text();
    return QuotableSentences.of(text).stream()
        .map(span -> span.in(text))
        .map(sentence -> new Candidate(sentence, share(title, sentence, weights)));
  }

  /** The words of a passage's headings and of its document's name. */
  static Set<String> title(ScoredPassage found) {
    Set<String> words =
        new HashSet<>(
            Words.of(CitationLocation.title(found.document(), found.passage().location())).terms());
    words.addAll(Words.of(found.document().name()).terms());
    return words;
  }

  /** Share of the words' weight that a text or the title above it holds, 0 to 1. */
  static double share(Set<String> title, String text, Map<String, Double> weights) {
    Set<String> held = new HashSet<>(Words.of(text).terms());
    held.addAll(title);
    double all = 0;
    double there = 0;
    for (Map.Entry<String, Double> weight : weights.entrySet()) {
      all += weight.getValue();
      there += held.contains(weight.getKey()) ? weight.getValue() : 0;
    }
    return all > 0 ? there / all : 0;
  }
}
