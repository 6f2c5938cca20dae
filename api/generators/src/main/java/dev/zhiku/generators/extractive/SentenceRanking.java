package dev.zhiku.generators.extractive;

import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.grounding.QuotableSentences;
import dev.zhiku.answering.grounding.QuotableSentences.Span;
import dev.zhiku.answering.search.QuestionWords;
import dev.zhiku.index.words.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ranks the sentences of the passages by how well they answer a question: by the question's words
 * in them, rare ones first, by the words around them, by the kind of thing asked for, and by the
 * rank of their passage. Weights are chosen by measurement; see {@code api/docs/answering.md}.
 * Pure.
 */
final class SentenceRanking {
  /** Weight of a question's word that stands in the sentence before and not in this one. */
  private static final double BEFORE = 0.35;

  /** Weight of a word in the title: nearly all, for text does not repeat what it is about. */
  private static final double TITLE = 0.9;

  /** Bonus for a sentence with the kind of thing that is asked for. */
  private static final double CUE = 0.12;

  /** Weight of the passage's own rank. */
  private static final double PASSAGE = 0.3;

  /** A few words by themselves, or a question, seldom answer. */
  private static final double TOO_SHORT = 0.15;

  private static final int SHORT_TERMS = 3;

  /** Factor for a heading: it says what the answer is about, not the answer. */
  private static final double HEADING = 0.5;

  private final List<AnswerCue> cues;
  private final List<Quotable> quotables = new ArrayList<>();
  private final Map<String, Double> weights = new HashMap<>();
  private final double allWeight;
  private final double bestPassage;

  SentenceRanking(String question, List<Prompt.Source> sources) {
    cues = Arrays.stream(AnswerCue.values()).filter(cue -> cue.isAskedBy(question)).toList();
    sources.forEach(this::addSource);
    QuestionWords.of(question).forEach(term -> weights.put(term, rarity(term)));
    allWeight = weights.values().stream().mapToDouble(Double::doubleValue).sum();
    bestPassage = sources.stream().mapToDouble(Prompt.Source::score).max().orElse(0);
  }

  /** Best first; a sentence without any word of the question is left out. */
  List<Ranked> ranked() {
    return quotables.stream()
        .map(quotable -> new Ranked(quotable, score(quotable)))
        .filter(ranked -> ranked.score() > 0)
        .sorted(Comparator.comparingDouble(Ranked::score).reversed())
        .toList();
  }

  /**
   * A sentence and how well it answers.
   *
   * @param score 0 to about 2
   */
  record Ranked(Quotable quotable, double score) {}

  /** What stands below a heading inside the passage is about the heading's words too. */
  private void addSource(Prompt.Source source) {
    Set<String> title = terms(source.title());
    Set<String> top = Set.of();
    Set<String> section = Set.of();
    Set<String> before = Set.of();
    List<Span> spans = QuotableSentences.of(source.text());
    for (int i = 0; i < spans.size(); i++) {
      String text = spans.get(i).in(source.text());
      Set<String> terms = terms(text);
      boolean heading = Headings.isHeading(text, i == 0);
      quotables.add(
          new Quotable(
              source, i, spans.get(i), heading, terms, union(title, top, section), before));
      if (heading) {
        top = i == 0 ? terms : top;
        section = terms;
      }
      before = terms;
    }
  }

  @SafeVarargs
  private static Set<String> union(Set<String>... sets) {
    Set<String> union = new HashSet<>();
    for (Set<String> set : sets) {
      union.addAll(set);
    }
    return union;
  }

  private static Set<String> terms(String text) {
    return Set.copyOf(Words.of(text).terms());
  }

  /** Inverse frequency among the sentences at hand. */
  private double rarity(String term) {
    long with = quotables.stream().filter(q -> q.terms().contains(term)).count();
    return Math.log(1 + (quotables.size() - with + 0.5) / (with + 0.5));
  }

  private double score(Quotable quotable) {
    Set<String> seen = new HashSet<>();
    double words = shareOfNew(quotable.terms(), seen);
    if (words == 0) {
      return 0;
    }
    double title = shareOfNew(quotable.title(), seen);
    double before = shareOfNew(quotable.before(), seen);
    double passage = bestPassage > 0 ? quotable.source().score() / bestPassage : 0;
    double cue = cues.stream().anyMatch(c -> c.isIn(quotable.text())) ? CUE : 0;
    double shortness = quotable.terms().size() <= SHORT_TERMS ? TOO_SHORT : 0;
    double sum =
        words + TITLE * title + BEFORE * before + PASSAGE * passage * passage + cue - shortness;
    return quotable.heading() ? HEADING * sum : sum;
  }

  /** Weight of the question's words that are among these and not yet seen, which they then are. */
  private double shareOfNew(Set<String> terms, Set<String> seen) {
    double sum = 0;
    for (Map.Entry<String, Double> weight : weights.entrySet()) {
      if (terms.contains(weight.getKey()) && seen.add(weight.getKey())) {
        sum += weight.getValue();
      }
    }
    return allWeight > 0 ? sum / allWeight : 0;
  }
}
