package dev.zhiku.answering.grounding;

import dev.zhiku.answering.contradiction.Contradiction;
import dev.zhiku.answering.contradiction.PlainFigures;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.words.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
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

  /** Shorter statements say something only with the question. */
  private static final int LEAST_WORDS = 3;

  private static final int LEAST_CHARACTERS = 5;

  private final List<Ground> passages;
  private final Facts.Ground asked;
  private final Set<String> askedWords = new HashSet<>();

  /** Words of the question that say something; of Chinese, its characters. */
  private final List<String> askedParts;

  /** Its figures and codes. */
  private final List<String> askedCodes;

  /**
   * @param passages in the order of their numbers, from 1
   * @param question what stands in it is not invented
   */
  Carriers(List<ScoredPassage> passages, String question) {
    this.passages = passages.stream().map(found -> new Ground(found.passage().text())).toList();
    this.asked = new Facts.Ground(question);
    askedWords.addAll(words(question));
    this.askedParts = parts(Words.ofQuestion(Facts.withoutNumbers(PlainFigures.of(question))));
    this.askedCodes =
        Facts.of(question).stream()
            .filter(fact -> fact.codePoints().anyMatch(Character::isDigit))
            .toList();
  }

  /** The words that say something, single ideographs in Chinese. */
  private static List<String> parts(Words said) {
    boolean chinese = said.characters().size() >= 2;
    return GrammarWords.without(chinese ? said.characters() : said.terms()).stream()
        .distinct()
        .toList();
  }

  /**
   * A sentence with the next one.
   *
   * @param row whether it is the row of a table, which speaks of one thing
   */
  private record Stretch(Set<String> words, Facts.Ground facts, boolean row) {}

  /** A passage, read when it is first needed. */
  private static final class Ground {
    private final String text;
    private Facts.@org.jspecify.annotations.Nullable Ground facts;
    private final List<Stretch> stretches = new ArrayList<>();
    private Set<String> words = Set.of();
    private @org.jspecify.annotations.Nullable Contradiction against;

    Ground(String text) {
      this.text = text;
    }

    /** Whether it holds the words and says something else. */
    boolean speaksAgainst(String statement) {
      if (against == null) {
        against = new Contradiction(text);
      }
      return against.isOf(statement);
    }

    Facts.Ground facts() {
      if (facts == null) {
        words = words(text);
        List<QuotableSentences.Span> sentences = QuotableSentences.of(text);
        for (int i = 0; i < sentences.size(); i++) {
          String stretch = paragraph(text.substring(sentences.get(i).start(), end(sentences, i)));
          boolean row = stretch.indexOf('|') >= 0;
          stretches.add(new Stretch(words(stretch), new Facts.Ground(stretch), row));
        }
        facts = new Facts.Ground(text);
      }
      return facts;
    }

    /** Those of the facts that stand in a row of a table. */
    Stream<String> inRows(Set<String> said) {
      return said.stream()
          .filter(fact -> stretches.stream().anyMatch(s -> s.row() && s.facts().holds(fact)));
    }

    /** The text behind the last break between paragraphs. */
    private static String paragraph(String stretch) {
      return stretch.substring(stretch.lastIndexOf("\n\n") + 1);
    }

    /** Behind the next sentence; an item or a row stands by itself. */
    private int end(List<QuotableSentences.Span> sentences, int at) {
      int next = Math.min(at + 1, sentences.size() - 1);
      boolean alone =
          QuotableSentences.isMember(sentences.get(at).in(text))
              || QuotableSentences.isMember(sentences.get(next).in(text));
      return sentences.get(alone ? at : next).end();
    }
  }

  /** The number of the passage that says most of it, if one says enough. */
  OptionalInt of(String statement) {
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
      OptionalInt completed = completing(own, facts, statement);
      if (completed.isPresent() || facts.isEmpty()) {
        return completed;
      }
    }
    return saying(statement, parts, own, facts, chinese && !ownFacts);
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

  /**
   * The passage that a few words answer from: they stand in a sentence that speaks of what was
   * asked, with the figures and codes of the question that the passage has.
   */
  private OptionalInt completing(List<String> own, Set<String> facts, String statement) {
    List<String> ownFacts = facts.stream().filter(fact -> !asked.holds(fact)).toList();
    int best = 0;
    double most = ASKED_WORDS;
    for (int i = 0; i < passages.size(); i++) {
      Ground passage = passages.get(i);
      Facts.Ground ground = passage.facts();
      List<String> needed =
          Stream.concat(ownFacts.stream(), askedCodes.stream().filter(ground::holds)).toList();
      double share =
          passage.stretches.stream()
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

  /** Whether it has a figure or a name that the question does not have. */
  boolean isNewFact(String statement) {
    return Facts.of(statement).stream().anyMatch(fact -> !asked.holds(fact));
  }

  /** Below 0 where the passage does not hold a fact that the question does not hold either. */
  private double share(List<String> parts, List<String> own, Set<String> facts, Ground passage) {
    Facts.Ground ground = passage.facts();
    if (!facts.stream().allMatch(fact -> ground.holds(fact) || asked.holds(fact))) {
      return -1;
    }
    List<String> ownFacts = facts.stream().filter(fact -> !asked.holds(fact)).toList();
    double close =
        passage.stretches.stream()
            .filter(held -> ownFacts.stream().allMatch(held.facts()::holds))
            .filter(held -> !held.row() || passage.inRows(facts).allMatch(held.facts()::holds))
            .mapToDouble(held -> close(own, ownFacts.size(), held.words()))
            .max()
            .orElse(0);
    double whole =
        share(
            parts.size() + ownFacts.size(),
            parts.stream().filter(passage.words::contains).count() + ownFacts.size());
    return Math.min(whole, close);
  }

  /** Share of a statement's own words and facts in a stretch that holds these facts. */
  private static double close(List<String> own, int ownFacts, Set<String> words) {
    long held = own.stream().filter(words::contains).count();
    boolean nearlyAll = ownFacts > 0 && own.size() - held <= FEW_WORDS;
    return nearlyAll ? 1 : share(own.size() + ownFacts, held + ownFacts);
  }

  private static Set<String> words(String text) {
    Words words = Words.of(PlainFigures.of(text));
    Set<String> all = new HashSet<>(words.terms());
    all.addAll(words.characters());
    return all;
  }

  private static double share(int parts, long held) {
    return parts == 0 ? 1 : (double) held / parts;
  }
}
