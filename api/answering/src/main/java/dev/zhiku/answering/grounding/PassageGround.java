package dev.zhiku.answering.grounding;

import dev.zhiku.answering.contradiction.Contradiction;
import dev.zhiku.answering.contradiction.PlainFigures;
import dev.zhiku.index.words.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A passage that statements are held against, read when it is first needed. Used by one thread. */
final class PassageGround {
  /** Places of one passage that are compared by meaning, and characters of the longest. */
  private static final int MOST_PLACES = 8;

  private static final int LONGEST_PLACE = 400;

  /** Between paragraphs. */
  private static final String BREAK = "\n\n";

  /**
   * A sentence with the next one.
   *
   * @param row whether it is the row of a table, which speaks of one thing
   */
  record Stretch(
      String sentence, String text, Set<String> words, Facts.Ground facts, boolean row) {}

  private final String text;
  private Facts.@Nullable Ground facts;
  private final List<Stretch> stretches = new ArrayList<>();
  private Set<String> words = Set.of();
  private @Nullable Contradiction against;

  PassageGround(String text) {
    this.text = text;
  }

  /** Whether it holds the words and says something else. */
  boolean speaksAgainst(String statement) {
    if (against == null) {
      against = new Contradiction(text);
    }
    return against.isOf(statement);
  }

  /** Its figures and names. */
  Facts.Ground facts() {
    if (facts == null) {
      words = words(text);
      List<QuotableSentences.Span> sentences = QuotableSentences.of(text);
      for (int i = 0; i < sentences.size(); i++) {
        String sentence = paragraph(sentences.get(i).in(text));
        String stretch = stretch(sentence, sentences, i);
        boolean row = stretch.indexOf('|') >= 0;
        stretches.add(
            new Stretch(sentence, stretch, words(stretch), new Facts.Ground(stretch), row));
      }
      facts = new Facts.Ground(text);
    }
    return facts;
  }

  /** Places where all facts stand together that are not of the question. */
  List<String> places(Set<String> said, Facts.Ground asked) {
    Facts.Ground ground = facts();
    return said.stream().allMatch(fact -> ground.holds(fact) || asked.holds(fact))
        ? stretches.stream()
            .filter(held -> held.text().length() <= LONGEST_PLACE)
            .filter(held -> said.stream().allMatch(f -> asked.holds(f) || held.facts().holds(f)))
            .filter(held -> !held.row() || inRows(said).allMatch(held.facts()::holds))
            .flatMap(held -> Stream.of(held.sentence(), held.text()))
            .distinct()
            .limit(MOST_PLACES)
            .toList()
        : List.of();
  }

  /** Those of the facts that stand in a row of a table. */
  Stream<String> inRows(Set<String> said) {
    return said.stream()
        .filter(fact -> stretches.stream().anyMatch(s -> s.row() && s.facts().holds(fact)));
  }

  /** With the next sentence of the paragraph; an item or a row stands by itself. */
  private String stretch(String sentence, List<QuotableSentences.Span> sentences, int at) {
    if (at + 1 == sentences.size()) {
      return sentence;
    }
    QuotableSentences.Span next = sentences.get(at + 1);
    String between = text.substring(sentences.get(at).end(), next.start());
    boolean alone =
        between.contains(BREAK)
            || QuotableSentences.isMember(sentences.get(at).in(text))
            || QuotableSentences.isMember(next.in(text));
    return alone ? sentence : paragraph(sentence + between + next.in(text));
  }

  private static String paragraph(String stretch) {
    return stretch.substring(stretch.lastIndexOf(BREAK) + 1);
  }

  String text() {
    return text;
  }

  /** In the order of the text. */
  List<Stretch> stretches() {
    facts();
    return stretches;
  }

  /** All of its words, of Chinese also its characters. */
  Set<String> words() {
    facts();
    return words;
  }

  /** The words of a text with its figures in one writing, of Chinese also its characters. */
  static Set<String> words(String text) {
    Words words = Words.of(PlainFigures.of(text));
    Set<String> all = new HashSet<>(words.terms());
    all.addAll(words.characters());
    return all;
  }
}
