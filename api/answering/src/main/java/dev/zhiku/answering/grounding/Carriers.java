package dev.zhiku.answering.grounding;

import dev.zhiku.answering.contradiction.PlainFigures;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.embedding.Language;
import dev.zhiku.index.words.Words;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The retrieved passages as ground for statements: which of them says what a statement says, by its
 * numbers, names and words, and by those that the question does not give away; these stand close
 * together there. Reads each passage once. Used by one thread.
 */
final class Carriers {
  /** Least share of a statement's words that must stand in the passage that it is given. */
  private static final double MOST_WORDS = 0.6;

  /** Characters of Chinese have company by chance, where no fact has its own. */
  private static final double MOST_CHARACTERS = 0.75;

  /** Words of its own that may be missing where its own numbers and names stand. */
  private static final int FEW_WORDS = 1;

  /** Least share of the question's words in the sentence that a few words answer from. */
  private static final double ASKED_WORDS = 0.5;

  /** Share of the question's words, of the most in one place, that what answers it has around. */
  private static final double RELATED = 0.25;

  private static final Pattern CLAUSE_END = Pattern.compile("[,;](?=\\s)|[，；]");

  private static final int MOST_CLAUSES = 4;

  /** Least cosine of a place that says the same in other words, where several facts agree. */
  private static final double NEAR = 0.8;

  private static final double NEAR_WITH_ONE_FACT = 0.85;

  private static final int SEVERAL_FACTS = 2;

  /** Shorter statements say something only with the question. */
  private static final int LEAST_WORDS = 3;

  private static final int LEAST_CHARACTERS = 5;

  private final List<PassageGround> passages;
  private final Likeness likeness;
  private final Facts.Ground asked;
  private final Set<String> askedWords = new HashSet<>();

  /** Words of the question that say something; of Chinese, its characters. */
  private final List<String> askedParts;

  private OptionalDouble mostAsked = OptionalDouble.empty();

  /** Its figures, codes and names. */
  private final Set<String> askedFacts;

  /** Its figures and codes. */
  private final List<String> askedCodes;

  /**
   * @param passages in the order of their numbers, from 1
   * @param question what stands in it is not invented
   * @param likeness asked only where the words leave a doubt
   */
  Carriers(List<ScoredPassage> passages, String question, Likeness likeness) {
    this.likeness = likeness;
    this.passages =
        passages.stream().map(found -> new PassageGround(found.passage().text())).toList();
    this.asked = new Facts.Ground(question);
    askedWords.addAll(PassageGround.words(question));
    this.askedParts = parts(Words.ofQuestion(Facts.withoutNumbers(PlainFigures.of(question))));
    this.askedFacts = Facts.of(question);
    this.askedCodes =
        askedFacts.stream().filter(fact -> fact.codePoints().anyMatch(Character::isDigit)).toList();
  }

  /** The words that say something, single ideographs in Chinese. */
  private static List<String> parts(Words said) {
    boolean chinese = said.characters().size() >= 2;
    return GrammarWords.without(chinese ? said.characters() : said.terms()).stream()
        .distinct()
        .toList();
  }

  /**
   * The number of the passage that says most of it, if one says enough, or says each of its clauses
   * where all of them have figures or names to look up.
   */
  OptionalInt of(String sentence) {
    String statement = Restatement.without(Introductions.without(sentence));
    OptionalInt whole = ofWhole(statement);
    return whole.isPresent() ? whole : ofClauses(CLAUSE_END.split(statement, -1));
  }

  private OptionalInt ofClauses(String[] clauses) {
    if (clauses.length < 2 || clauses.length > MOST_CLAUSES) {
      return OptionalInt.empty();
    }
    OptionalInt all = OptionalInt.empty();
    for (String clause : clauses) {
      OptionalInt found = isNewFact(clause) ? ofWhole(clause) : OptionalInt.empty();
      if (found.isEmpty() || (all.isPresent() && !all.equals(found))) {
        return OptionalInt.empty();
      }
      all = found;
    }
    return all;
  }

  private OptionalInt ofWhole(String statement) {
    Words said = Words.ofQuestion(Facts.withoutNumbers(PlainFigures.of(statement)));
    boolean chinese = said.characters().size() >= 2;
    List<String> parts = parts(said);
    Set<String> facts = Facts.of(statement);
    int least = said.characters().isEmpty() ? LEAST_WORDS : LEAST_CHARACTERS;
    List<String> own = parts.stream().filter(part -> !askedWords.contains(part)).toList();
    boolean ownFacts = facts.stream().anyMatch(fact -> !asked.holds(fact));
    if (own.isEmpty() && !ownFacts) {
      return OptionalInt.empty();
    }
    if (parts.size() < least) {
      OptionalInt completed = completing(own, facts, statement, passage -> true);
      if (completed.isPresent() || facts.isEmpty()) {
        return completed;
      }
    }
    OptionalInt saying = saying(statement, parts, own, facts, chinese && !ownFacts);
    if (saying.isPresent() || !ownFacts) {
      return saying;
    }
    OptionalInt translated = translated(facts, statement);
    return translated.isPresent() ? translated : likened(facts, statement);
  }

  /**
   * The passage that says the same in other words: all facts stand in one place of it, which is
   * near in meaning. The more facts agree, the less near it has to be.
   */
  private OptionalInt likened(Set<String> facts, String statement) {
    List<String> ownFacts = facts.stream().filter(fact -> !asked.holds(fact)).toList();
    long several = ownFacts.stream().filter(fact -> !isPart(fact, ownFacts)).count();
    double least = several >= SEVERAL_FACTS ? NEAR : NEAR_WITH_ONE_FACT;
    int best = 0;
    for (int i = 0; i < passages.size(); i++) {
      PassageGround passage = passages.get(i);
      List<String> places = passage.places(facts, asked);
      if (!places.isEmpty() && !passage.speaksAgainst(statement)) {
        double near = likeness.nearest(statement, places);
        if (near >= least) {
          least = near;
          best = i + 1;
        }
      }
    }
    return best == 0 ? OptionalInt.empty() : OptionalInt.of(best);
  }

  /**
   * Words of another language cannot be compared: the facts have to stand where a passage speaks of
   * what was asked.
   */
  private OptionalInt translated(Set<String> facts, String statement) {
    Language language = Language.of(statement);
    return completing(
        List.of(), facts, statement, passage -> Language.of(passage.text()) != language);
  }

  private OptionalInt saying(
      String statement,
      List<String> parts,
      List<String> own,
      Set<String> facts,
      boolean ofCharacters) {
    int best = 0;
    double most = ofCharacters ? MOST_CHARACTERS : MOST_WORDS;
    for (int i = 0; i < passages.size(); i++) {
      double share = share(parts, own, facts, passages.get(i));
      boolean enough = share > most || (share == most && best == 0);
      if (enough && !passages.get(i).speaksAgainst(statement)) {
        most = share;
        best = i + 1;
      }
    }
    return best == 0 ? OptionalInt.empty() : OptionalInt.of(best);
  }

  private static boolean isPart(String fact, List<String> facts) {
    return facts.stream().anyMatch(other -> !other.equals(fact) && other.contains(fact));
  }

  /**
   * The passage that a few words answer from: they stand in a sentence that speaks of what was
   * asked, with the figures and codes of the question that the passage has.
   */
  private OptionalInt completing(
      List<String> own, Set<String> facts, String statement, Predicate<PassageGround> candidate) {
    List<String> ownFacts = facts.stream().filter(fact -> !asked.holds(fact)).toList();
    int best = 0;
    double most = ASKED_WORDS;
    for (int i = 0; i < passages.size(); i++) {
      PassageGround passage = passages.get(i);
      if (!candidate.test(passage)) {
        continue;
      }
      Facts.Ground ground = passage.facts();
      List<String> needed =
          Stream.concat(ownFacts.stream(), askedCodes.stream().filter(ground::holds)).toList();
      double share =
          passage.stretches().stream()
              .filter(held -> held.words().containsAll(own))
              .filter(held -> needed.stream().allMatch(held.facts()::holds))
              .mapToDouble(held -> share(held.words()))
              .max()
              .orElse(0);
      boolean enough = share > most || (share == most && best == 0);
      if (enough && !passage.speaksAgainst(statement)) {
        most = share;
        best = i + 1;
      }
    }
    return best == 0 ? OptionalInt.empty() : OptionalInt.of(best);
  }

  /** Of what was asked, in a stretch. */
  private double share(Set<String> words) {
    return share(askedParts.size(), askedParts.stream().filter(words::contains).count());
  }

  /**
   * Whether a statement, or the place of the passage that says it, speaks of what was asked; true
   * where no place does.
   */
  boolean answers(String statement, int number) {
    Set<String> said = PassageGround.words(statement);
    Set<String> all = new HashSet<>(said);
    passages.get(number - 1).stretches().stream()
        .max(Comparator.comparingLong(held -> held.words().stream().filter(said::contains).count()))
        .ifPresent(held -> all.addAll(held.words()));
    Facts.Ground stated = new Facts.Ground(statement);
    double most = mostAsked();
    return askedFacts.stream().anyMatch(stated::holds)
        || most < ASKED_WORDS
        || share(all) >= RELATED * most;
  }

  /** The greatest share of what was asked in one place. */
  private double mostAsked() {
    if (mostAsked.isEmpty()) {
      mostAsked =
          passages.stream()
              .flatMap(passage -> passage.stretches().stream())
              .mapToDouble(held -> share(held.words()))
              .max();
    }
    return mostAsked.orElse(0);
  }

  /** Whether it has a figure or a name that the question does not have. */
  boolean isNewFact(String statement) {
    return Facts.of(statement).stream().anyMatch(fact -> !asked.holds(fact));
  }

  /** Whether it has one that no passage holds either. */
  boolean isInvented(String statement) {
    return Facts.of(statement).stream()
        .filter(fact -> !asked.holds(fact))
        .anyMatch(fact -> passages.stream().noneMatch(passage -> passage.facts().holds(fact)));
  }

  /** Below 0 where the passage does not hold a fact that the question does not hold either. */
  private double share(
      List<String> parts, List<String> own, Set<String> facts, PassageGround passage) {
    Facts.Ground ground = passage.facts();
    if (!facts.stream().allMatch(fact -> ground.holds(fact) || asked.holds(fact))) {
      return -1;
    }
    List<String> ownFacts = facts.stream().filter(fact -> !asked.holds(fact)).toList();
    double close =
        passage.stretches().stream()
            .filter(held -> ownFacts.stream().allMatch(held.facts()::holds))
            .filter(held -> !held.row() || passage.inRows(facts).allMatch(held.facts()::holds))
            .mapToDouble(held -> close(own, ownFacts.size(), held.words()))
            .max()
            .orElse(0);
    double whole =
        share(
            parts.size() + ownFacts.size(),
            parts.stream().filter(passage.words()::contains).count() + ownFacts.size());
    return Math.min(whole, close);
  }

  /** Share of a statement's own words and facts in a stretch that holds these facts. */
  private static double close(List<String> own, int ownFacts, Set<String> words) {
    long held = own.stream().filter(words::contains).count();
    boolean nearlyAll = ownFacts > 0 && own.size() - held <= FEW_WORDS;
    return nearlyAll ? 1 : share(own.size() + ownFacts, held + ownFacts);
  }

  private static double share(int parts, long held) {
    return parts == 0 ? 1 : (double) held / parts;
  }
}
