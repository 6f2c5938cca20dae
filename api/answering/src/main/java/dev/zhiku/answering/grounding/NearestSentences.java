package dev.zhiku.answering.grounding;

import dev.zhiku.answering.question.QuestionWords;
import dev.zhiku.answering.search.Retrieval;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.words.Words;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sentences of what was found that could hold the answer, with how near each is to the question
 * in meaning. One that stands out among them is evidence without a word of the question: the others
 * tell how near any sentence would be. Immutable.
 */
final class NearestSentences {
  /** Number of the best passages that may carry the answer. */
  static final int CARRYING = 3;

  /** Sentences compared of each of these, with most of the question's words, and of the others. */
  private static final int OF_CARRYING = 6;

  private static final int OF_OTHERS = 2;

  /** Fewer others say nothing of how near any sentence would be. */
  private static final int LEAST_OTHERS = 2;

  /** A sentence that is hardly less near than the nearest may be the one. */
  private static final double BESIDE = 0.05;

  /** Weight of a shared ideograph beside a shared word when candidates are chosen. */
  private static final double CHARACTER = 0.3;

  private record Compared(Candidate candidate, double cosine) {}

  private record Candidate(ScoredPassage passage, boolean carrying, String text, double share) {}

  private final List<Compared> compared;

  private NearestSentences(List<Compared> compared) {
    this.compared = compared;
  }

  /** Nearest first; none where they cannot be compared. */
  static NearestSentences of(String question, Retrieval retrieval, Evidence.Meaning meaning)
      throws InterruptedException {
    List<Candidate> candidates = candidates(question, retrieval);
    Map<String, Double> cosines =
        candidates.isEmpty()
            ? Map.of()
            : meaning.cosines(candidates.stream().map(Candidate::text).distinct().toList());
    return new NearestSentences(
        candidates.stream()
            .filter(candidate -> cosines.containsKey(candidate.text()))
            .map(candidate -> new Compared(candidate, cosines.getOrDefault(candidate.text(), 0.0)))
            .sorted(Comparator.comparingDouble(Compared::cosine).reversed())
            .toList());
  }

  /** Cosine of the nearest sentence; empty where none was compared. */
  OptionalDouble nearest() {
    return compared.stream()
        .filter(sentence -> sentence.candidate().carrying())
        .mapToDouble(Compared::cosine)
        .max();
  }

  /** The nearest sentence; empty where none was compared. */
  Optional<String> first() {
    return compared.stream()
        .filter(sentence -> sentence.candidate().carrying())
        .map(sentence -> sentence.candidate().text())
        .findFirst();
  }

  /** By how much it is nearer than the others are on average; 0 where too few were compared. */
  double lead() {
    if (compared.size() <= LEAST_OTHERS) {
      return 0;
    }
    double others = compared.stream().skip(1).mapToDouble(Compared::cosine).average().orElse(0);
    return nearest().orElse(0) - others;
  }

  /** Those of a passage that are about as near as the nearest of all. */
  List<String> ofPassage(ScoredPassage passage) {
    double least = nearest().orElse(1) - BESIDE;
    return comparedOf(passage)
        .filter(sentence -> sentence.candidate().carrying() && sentence.cosine() >= least)
        .map(sentence -> sentence.candidate().text())
        .distinct()
        .toList();
  }

  /** By how much each sentence of a passage is nearer than all that were compared on average. */
  private Map<String, Double> standing(ScoredPassage passage) {
    double average = compared.stream().mapToDouble(Compared::cosine).average().orElse(0);
    return comparedOf(passage)
        .collect(
            Collectors.toMap(
                sentence -> sentence.candidate().text(),
                sentence -> sentence.cosine() - average,
                Math::max));
  }

  private Stream<Compared> comparedOf(ScoredPassage passage) {
    return compared.stream()
        .filter(sentence -> sentence.candidate().passage().passage().equals(passage.passage()));
  }

  /** The same passages with how near their sentences are. */
  Retrieval standing(Retrieval retrieval) {
    return retrieval.with(
        retrieval.passages().stream().map(found -> found.withStanding(standing(found))).toList());
  }

  private static List<Candidate> candidates(String question, Retrieval retrieval) {
    Set<String> asked = new HashSet<>();
    QuestionWords.of(question).forEach(word -> asked.addAll(Words.of(word).characters()));
    Set<ScoredPassage> carrying = carrying(retrieval.passages());
    return retrieval.passages().stream()
        .flatMap(
            found ->
                candidates(found, carrying.contains(found), question, asked, retrieval.weights()))
        .toList();
  }

  /** The best, and the one nearest in meaning whatever its words. */
  private static Set<ScoredPassage> carrying(List<ScoredPassage> found) {
    return Stream.concat(
            found.stream().limit(CARRYING),
            found.stream().max(Comparator.comparingDouble(ScoredPassage::similarity)).stream())
        .collect(Collectors.toSet());
  }

  /** A heading says what an answer would be about, and is none. */
  private static Stream<Candidate> candidates(
      ScoredPassage found,
      boolean carrying,
      String question,
      Set<String> asked,
      Map<String, Double> weights) {
    Set<String> title = Evidence.title(found);
    String text = found.passage().text();
    return QuotableSentences.of(text, found.passage().blocks()).stream()
        .map(span -> span.in(text))
        .filter(sentence -> FormNearby.mayAnswer(sentence, question))
        .map(
            sentence ->
                new Candidate(
                    found,
                    carrying,
                    sentence,
                    Evidence.share(title, sentence, weights)
                        + CHARACTER * shareOfCharacters(asked, sentence)))
        .sorted(Comparator.comparingDouble(Candidate::share).reversed())
        .limit(carrying ? OF_CARRYING : OF_OTHERS);
  }

  private static double shareOfCharacters(Set<String> asked, String sentence) {
    Set<String> held = new HashSet<>(Words.of(sentence).characters());
    return asked.isEmpty()
        ? 0
        : (double) asked.stream().filter(held::contains).count() / asked.size();
  }
}
