package dev.zhiku.answering.grounding;

import dev.zhiku.answering.grounding.EvidenceFigures.Ground;
import dev.zhiku.answering.question.HeldWords;
import dev.zhiku.answering.search.CitationLocation;
import dev.zhiku.answering.search.Editions;
import dev.zhiku.answering.search.Retrieval;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.embedding.Language;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The judge of evidence: whether what was found can support an answer at all, by how much of the
 * question stands in one of the best passages, by how near the nearest sentence of them is in
 * meaning, and by how far that one stands out among the others. Thresholds are chosen by
 * measurement, see {@code api/docs/answering.md}; they keep questions out that the collection knows
 * nothing of, and cannot tell a passage that answers from one that merely looks as if it did. Keeps
 * nothing between two questions.
 */
public final class Evidence {
  /** Share of the question's words and weighed similarity of a sentence that are enough. */
  private static final double ENOUGH = 2.45;

  /** Number of passages among which that was measured. */
  private static final double MEASURED_AMONG = 1_000;

  /**
   * By how much less is enough for each factor of e that there are fewer Chinese passages: the
   * nearest of few is less near to a question about something else. English ones stay about as
   * near.
   */
  private static final double LESS_AMONG_FEW = 0.1;

  /** Least that is enough among very few. */
  private static final double ENOUGH_AMONG_FEW = 2.05;

  /** Lead that the nearest sentence needs there. */
  private static final double LEAD_AMONG_FEW = 0.14;

  /** By how much more is needed for each factor of e that there are more English passages. */
  private static final double MORE_AMONG_MANY = 0.08;

  /** Most that is needed among many. */
  private static final double ENOUGH_AMONG_MANY = 2.5;

  /** Weight of the similarity of a sentence: a question is asked in words of its own. */
  private static final double MEANING = 3;

  /** Share of the question's words and similarity of a passage where sentences are not compared. */
  private static final double ENOUGH_IN_PASSAGE = 1.05;

  /** Share of the question's words that is enough by itself, whatever the model of meaning says. */
  private static final double ENOUGH_WORDS = 0.75;

  /** Below this share the words do not show which sentence answers. */
  private static final double SHOWING_WORDS = 0.5;

  /** By how much the nearest sentence has to be nearer than others are without any word. */
  private static final double STANDS_OUT = 0.18;

  /** The same of a rule, where a permission is asked for. */
  private static final double RULE_STANDS_OUT = 0.13;

  /** Its least similarity then. */
  private static final double LEAST_NEAR = 0.5;

  /** Deficit allowed to either sum where a model reads. */
  private static final double SLACK = 0.2;

  private Evidence() {}

  /** A comparison of sentences with the question by meaning. */
  @FunctionalInterface
  public interface Meaning {
    /**
     * How near each of some texts is to the question: cosines, of those that can be compared.
     *
     * @param texts 1 to 40 sentences or names, none twice
     */
    Map<String, Double> cosines(List<String> texts) throws InterruptedException;
  }

  /**
   * A decision on whether there is evidence.
   *
   * @param retrieval what was found, with the sentences that answer by their meaning
   * @param figures what it rests on
   */
  public record Verdict(boolean supported, Retrieval retrieval, EvidenceFigures figures) {}

  /**
   * Whether an answer is worth a try.
   *
   * @param reads whether a model will read what was found: it can decline by itself, and only what
   *     is plainly foreign is kept from it
   * @param meaning asked only where the words leave a doubt
   */
  public static Verdict judge(String question, Retrieval retrieval, boolean reads, Meaning meaning)
      throws InterruptedException {
    Optional<Ground> nowhere = nowhere(question, retrieval, reads);
    if (nowhere.isPresent()) {
      return verdict(false, retrieval, EvidenceFigures.ofWords(0, nowhere.get()));
    }
    double words =
        retrieval.passages().stream()
            .limit(NearestSentences.CARRYING)
            .mapToDouble(found -> share(title(found), found.passage().text(), retrieval.weights()))
            .max()
            .orElse(0);
    if (words >= ENOUGH_WORDS) {
      boolean held = holdsForm(question, retrieval, reads);
      Ground ground = held ? Ground.WORDS : Ground.FORM_NOWHERE;
      return verdict(held, retrieval, EvidenceFigures.ofWords(words, ground));
    }
    if (words >= SHOWING_WORDS && isOfPlace(retrieval)) {
      return verdict(true, retrieval, EvidenceFigures.ofWords(words, Ground.PAGE));
    }
    NearestSentences sentences = NearestSentences.of(question, retrieval, meaning);
    Retrieval marked = mark(question, retrieval, sentences);
    EvidenceFigures figures = figures(question, words, retrieval, sentences, reads);
    if (figures.reachesThreshold()) {
      boolean held = holdsForm(question, retrieval, reads);
      return verdict(
          held,
          words < SHOWING_WORDS ? marked : sentences.standing(retrieval),
          figures.with(held ? Ground.NEAR : Ground.FORM_NOWHERE));
    }
    if (!standsOut(question, sentences)) {
      return verdict(false, marked, figures);
    }
    boolean answering = marked.passages().stream().anyMatch(found -> !found.nearest().isEmpty());
    boolean supported = reads || answering;
    return verdict(
        supported, marked, figures.with(supported ? Ground.STANDS_OUT : Ground.FORM_NOWHERE));
  }

  /** The ground of a refusal because what the question names stands nowhere in what was found. */
  private static Optional<Ground> nowhere(String question, Retrieval retrieval, boolean reads) {
    if (!retrieval.absent().isEmpty()) {
      return Optional.of(Ground.PHRASE_NOWHERE);
    }
    if (!reads && !retrieval.unknownNames().isEmpty()) {
      return Optional.of(Ground.NAME_NOWHERE);
    }
    return !reads && namesAnother(question, retrieval.passages())
        ? Optional.of(Ground.FORM_NOWHERE)
        : Optional.empty();
  }

  private static Verdict verdict(boolean supported, Retrieval retrieval, EvidenceFigures figures) {
    return new Verdict(supported, retrieval, figures);
  }

  /**
   * A kind of value that a question asks for, such as an amount or a year.
   *
   * @param name of the form, such as {@code money} or {@code year}
   * @param held whether it stands near what the question is about
   */
  public record Form(String name, boolean held) {}

  /** The kind of value that a question asks for; empty where it asks for none in particular. */
  public static Optional<Form> form(String question, Retrieval retrieval) {
    if (namesAnother(question, retrieval.passages())) {
      return Optional.of(new Form("code", false));
    }
    return AskedForm.of(question)
        .map(
            form ->
                new Form(
                    form.name(),
                    FormNearby.isHeld(question, retrieval.passages(), retrieval.weights())));
  }

  /** Whether a question names a code or a year of which what was found tells only others. */
  private static boolean namesAnother(String question, List<ScoredPassage> found) {
    return AbsentCode.isNamed(question, found) || Editions.areAllNewer(question, found);
  }

  /** Whether a page that the question names was looked up: its sentences are marked already. */
  private static boolean isOfPlace(Retrieval retrieval) {
    return retrieval.passages().stream().anyMatch(found -> !found.nearest().isEmpty());
  }

  private static boolean holdsForm(String question, Retrieval retrieval, boolean reads) {
    return reads || FormNearby.isHeld(question, retrieval.passages(), retrieval.weights());
  }

  private static EvidenceFigures figures(
      String question,
      double words,
      Retrieval retrieval,
      NearestSentences sentences,
      boolean reads) {
    double slack = reads ? SLACK : 0;
    double similarity =
        retrieval.passages().stream().mapToDouble(ScoredPassage::similarity).max().orElse(0);
    OptionalDouble nearest = sentences.nearest();
    boolean compared = nearest.isPresent();
    double score =
        compared
            ? words + MEANING * Math.max(similarity, nearest.getAsDouble())
            : words + similarity;
    return new EvidenceFigures(
        words,
        similarity,
        nearest,
        sentences.lead(),
        OptionalDouble.of(score),
        (compared ? enough(question, retrieval.searched(), sentences.lead()) : ENOUGH_IN_PASSAGE)
            - slack,
        Ground.TOO_LITTLE);
  }

  /** The more passages there are, the nearer comes one by chance; not alike with both models. */
  private static double enough(String question, long passages, double lead) {
    double size = Math.log(Math.max(1, passages) / MEASURED_AMONG);
    if (Language.of(question) == Language.ENGLISH) {
      return Math.clamp(ENOUGH + MORE_AMONG_MANY * size, ENOUGH, ENOUGH_AMONG_MANY);
    }
    boolean leads = lead >= LEAD_AMONG_FEW;
    return leads ? Math.clamp(ENOUGH + LESS_AMONG_FEW * size, ENOUGH_AMONG_FEW, ENOUGH) : ENOUGH;
  }

  private static boolean standsOut(String question, NearestSentences sentences) {
    boolean rule = sentences.first().filter(t -> AskedForm.favours(t, question)).isPresent();
    return sentences.lead() >= (rule ? RULE_STANDS_OUT : STANDS_OUT)
        && sentences.nearest().orElse(0) >= LEAST_NEAR;
  }

  /** Of the nearest sentences, those that hold what is asked for in its form. */
  private static Retrieval mark(String question, Retrieval retrieval, NearestSentences sentences) {
    Retrieval standing = sentences.standing(retrieval);
    return standing.with(
        standing.passages().stream()
            .map(
                found ->
                    found.withNearest(
                        FormNearby.holding(question, found, sentences.ofPassage(found))))
            .toList());
  }

  /** The words of a passage's headings and of its document's name. */
  static Set<String> title(ScoredPassage found) {
    Set<String> words =
        HeldWords.in(CitationLocation.title(found.document(), found.passage().location()));
    words.addAll(HeldWords.in(found.document().name()));
    return words;
  }

  /** The words of a passage and of its title. */
  public static Set<String> wordsIn(ScoredPassage found) {
    Set<String> words = title(found);
    words.addAll(HeldWords.in(found.passage().text()));
    return words;
  }

  /** Share of the words' weight that a text or the title above it holds, 0 to 1. */
  static double share(Set<String> title, String text, Map<String, Double> weights) {
    Set<String> held = HeldWords.in(text);
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
