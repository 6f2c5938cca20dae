package dev.zhiku.generators.extractive;

import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.grounding.AskedForm;
import dev.zhiku.answering.question.QuestionWords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Ranks the sentences of the passages, and what is announced in them, by how well they answer a
 * question: by the question's words in them, rare ones first, by the words around them, by the kind
 * of thing asked for, and by the rank of their passage. Weights are chosen by measurement; see
 * {@code api/docs/answering.md}. Pure.
 */
final class SentenceRanking {
  /** Weight of a question's word that stands in the sentence before and not in this one. */
  private static final double BEFORE = 0.35;

  /** Weight of a word in the line that opens the passage: it names whom or what this is about. */
  private static final double OPENING = 0.6;

  /** Factor for what has nothing in the form that is asked for, such as a sum. */
  private static final double WITHOUT_FORM = 0.7;

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

  /** Least share of what is asked that a unit must announce to stand for what follows it. */
  private static final double ANNOUNCES = 0.4;

  /** Bonus for an answer as a whole before one of its sentences. */
  private static final double WHOLE = 0.1;

  /** Weight of a word somewhere in an announced answer. */
  private static final double INSIDE = 0.7;

  /** Bonus for a sentence that answers by its meaning, where the words do not show it. */
  private static final double NEAREST = 1;

  /** Weight of how much nearer in meaning a sentence is than others are. */
  private static final double MEANING = 1;

  /** Factor for a word with a figure in it: a number, year or article tells neighbours apart. */
  private static final double FIGURE = 2;

  private static final Pattern DATE_LINE = Pattern.compile("(Date|Sent|日期|发送时间)[:：]\\s*\\d");
  private static final Pattern FIGURES = Pattern.compile("\\d|[〇零一二三四五六七八九十]+[年月日号时点]");

  private final String question;
  private final Optional<AskedForm> form;
  private final List<AnswerCue> cues;
  private final List<Quotable> quotables = new ArrayList<>();
  private final List<Announced> announced = new ArrayList<>();
  private final Map<String, Double> weights = new HashMap<>();
  private final Set<String> known = new HashSet<>();
  private final double allWeight;
  private final double bestPassage;

  SentenceRanking(String question, List<Prompt.Source> sources) {
    this.question = question;
    form = AskedForm.of(question).filter(AskedForm::isSeen);
    cues = Arrays.stream(AnswerCue.values()).filter(cue -> cue.isAskedBy(question)).toList();
    for (Prompt.Source source : sources) {
      List<Quotable> units = PassageUnits.of(source);
      quotables.addAll(units);
      units.forEach(unit -> known.addAll(unit.terms()));
      announced.addAll(Announced.of(units));
    }
    QuestionWords.of(question).forEach(term -> weights.put(term, weight(term)));
    allWeight = weights.values().stream().mapToDouble(Double::doubleValue).sum();
    bestPassage = sources.stream().mapToDouble(Prompt.Source::score).max().orElse(0);
  }

  /** Best first; what has nothing to do with any word of the question is left out. */
  List<Ranked> ranked() {
    List<Ranked> ranked = new ArrayList<>();
    Set<Quotable> leads = new HashSet<>();
    for (Announced group : announced) {
      if (group.lead().kind() != UnitKind.HEADING) {
        leads.add(group.lead());
      }
      ranked.add(ofGroup(group));
    }
    quotables.stream()
        .filter(unit -> !leads.contains(unit) && !saysNothing(unit))
        .map(this::ofUnit)
        .forEach(ranked::add);
    ranked.removeIf(candidate -> candidate.score() <= 0);
    ranked.sort(Comparator.comparingDouble(Ranked::score).reversed());
    return ranked;
  }

  /** Whether one value is asked for: a time, a number, a person, a place. */
  boolean asksOneValue() {
    return cues.stream().anyMatch(cue -> cue != AnswerCue.REASON);
  }

  /** How well a unit answers by itself. */
  double score(Quotable unit) {
    return ofUnit(unit).score();
  }

  String question() {
    return question;
  }

  /** All units of the passages. */
  List<Quotable> quotables() {
    return List.copyOf(quotables);
  }

  /**
   * What says when, where a time is asked for and the units say none: a heading or the subject of a
   * mail with figures that is about what is asked; else the date at the head of a mail, for "today"
   * is told by when it was written.
   */
  Optional<Quotable> dateOf(List<Quotable> units) {
    boolean dated =
        units.stream().anyMatch(u -> !u.isMailHead() && FIGURES.matcher(u.text()).find());
    if (!cues.contains(AnswerCue.TIME) || dated) {
      return Optional.empty();
    }
    List<Quotable> beside =
        quotables.stream().filter(unit -> unit.source().equals(units.getFirst().source())).toList();
    return beside.stream()
        .filter(unit -> unit.kind() == UnitKind.HEADING)
        .filter(unit -> FIGURES.matcher(unit.text()).find() && holdsHalf(unit))
        .findFirst()
        .or(
            () ->
                beside.stream()
                    .filter(unit -> DATE_LINE.matcher(unit.text()).lookingAt())
                    .findFirst());
  }

  private boolean holdsHalf(Quotable unit) {
    double held =
        weights.entrySet().stream()
            .filter(word -> unit.terms().contains(word.getKey()))
            .mapToDouble(Map.Entry::getValue)
            .sum();
    return held >= allWeight / 2;
  }

  /** The question's words that a unit, or what it stands below, holds. */
  Set<String> matched(Quotable unit) {
    Set<String> matched = new HashSet<>(weights.keySet());
    matched.removeIf(
        term ->
            !unit.terms().contains(term)
                && !unit.section().contains(term)
                && !unit.title().contains(term));
    return matched;
  }

  /**
   * What could be quoted, and how well it answers.
   *
   * @param units one sentence, or several that belong together, in reading order
   * @param lead heading, question or announcement before them, or the unit itself
   * @param score 0 to about 2
   */
  record Ranked(List<Quotable> units, Quotable lead, double score) {
    Ranked {
      units = List.copyOf(units);
    }

    boolean isSingle() {
      return units.size() == 1 && units.getFirst().equals(lead);
    }

    Set<String> terms() {
      Set<String> terms = new HashSet<>();
      units.forEach(unit -> terms.addAll(unit.terms()));
      return terms;
    }
  }

  /**
   * Whether a unit can be an answer by itself: a title says what an answer would be about, unless
   * it holds the date, sum or number that is asked for. A line that only looks like one may be a
   * rule.
   */
  boolean mayAnswer(Quotable unit) {
    return !unit.isTitle() || (form.isPresent() && form.get().isIn(unit.text(), question));
  }

  /** Whether a heading only repeats the question and the document's name. */
  private boolean saysNothing(Quotable unit) {
    return unit.kind() == UnitKind.HEADING
        && unit.terms().stream()
            .allMatch(
                term ->
                    weights.containsKey(term)
                        || unit.title().contains(term)
                        || !QuestionWords.isCarrying(term));
  }

  /** Inverse frequency among the sentences at hand. */
  private double weight(String term) {
    long with = quotables.stream().filter(q -> q.terms().contains(term)).count();
    double rarity = Math.log(1 + (quotables.size() - with + 0.5) / (with + 0.5));
    return term.chars().anyMatch(Character::isDigit) ? FIGURE * rarity : rarity;
  }

  /** Words that name the document choose it; among its sentences they make no difference. */
  private Ranked ofUnit(Quotable unit) {
    Set<String> seen = new HashSet<>(unit.title());
    double own = shareOfNew(unit.terms(), seen);
    seen.removeAll(unit.title());
    unit.terms().stream().filter(term -> !unit.title().contains(term)).forEach(seen::add);
    double near = nearest(unit);
    if (near == 0 && own == 0 && unit.terms().stream().noneMatch(weights::containsKey)) {
      return new Ranked(List.of(unit), unit, 0);
    }
    double title = shareOfNew(unit.title(), seen) + shareOfNew(unit.section(), seen);
    double before = shareOfNew(unit.before(), seen);
    double opening = shareOfNew(unit.opening(), seen);
    double shortness = unit.terms().size() <= SHORT_TERMS ? TOO_SHORT : 0;
    double sum =
        own
            + TITLE * title
            + BEFORE * before
            + OPENING * opening
            + passage(unit)
            + cue(List.of(unit))
            + near
            + standing(unit)
            - shortness;
    boolean leads = unit.kind().leads();
    return new Ranked(List.of(unit), unit, (leads ? HEADING : 1) * formed(unit.text()) * sum);
  }

  private Ranked ofGroup(Announced group) {
    Quotable lead = group.lead();
    Set<String> seen = new HashSet<>();
    double asked = shareOfAsked(lead);
    double near = nearest(lead);
    if (near == 0 && asked < ANNOUNCES) {
      return new Ranked(group.quoted(), lead, 0);
    }
    boolean quoted = lead.kind() == UnitKind.ANNOUNCEMENT;
    double own = (quoted ? 1 : TITLE) * shareOfNew(lead.terms(), seen);
    double title = shareOfNew(lead.title(), seen) + shareOfNew(lead.section(), seen);
    double inside = 0;
    if (!group.isList()) {
      for (Quotable member : group.members()) {
        inside += INSIDE * shareOfNew(member.terms(), seen);
      }
    }
    double whole = lead.kind() == UnitKind.HEADING ? WHOLE / 2 : WHOLE;
    double sum =
        own
            + TITLE * title
            + inside
            + passage(lead)
            + cue(group.members())
            + whole
            + near
            + standing(lead);
    String said = group.members().stream().map(Quotable::text).collect(Collectors.joining("\n"));
    return new Ranked(group.quoted(), lead, formed(said) * sum);
  }

  private double formed(String text) {
    return form.isEmpty() || form.get().isIn(text, question) ? 1 : WITHOUT_FORM;
  }

  /** Share that a unit has of what is asked beyond the document's name, as far as it is known. */
  private double shareOfAsked(Quotable lead) {
    double all = 0;
    double there = 0;
    for (Map.Entry<String, Double> weight : weights.entrySet()) {
      String term = weight.getKey();
      boolean said = lead.terms().contains(term);
      if (said || (known.contains(term) && !lead.title().contains(term))) {
        all += weight.getValue();
        there += said ? weight.getValue() : 0;
      }
    }
    return all > 0 ? there / all : 0;
  }

  private double passage(Quotable unit) {
    double passage = bestPassage > 0 ? unit.source().score() / bestPassage : 0;
    return PASSAGE * passage * passage;
  }

  private static double nearest(Quotable unit) {
    return unit.source().nearest().stream().anyMatch(text -> text.contains(unit.text()))
        ? NEAREST
        : 0;
  }

  /** Nothing is taken from a sentence that is less near than others are. */
  private static double standing(Quotable unit) {
    return MEANING
        * unit.source().standing().entrySet().stream()
            .filter(sentence -> sentence.getKey().contains(unit.text()))
            .mapToDouble(sentence -> Math.max(0, sentence.getValue()))
            .max()
            .orElse(0);
  }

  private double cue(List<Quotable> units) {
    boolean found =
        units.stream().anyMatch(unit -> cues.stream().anyMatch(c -> c.isIn(unit.text())));
    return found ? CUE : 0;
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
