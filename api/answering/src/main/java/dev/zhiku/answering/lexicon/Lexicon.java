package dev.zhiku.answering.lexicon;

import dev.zhiku.index.words.SearchText;
import dev.zhiku.index.words.Words;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * Words that mean the same, and words that are not to be cut. A question is searched in all words
 * of a group, and judged and quoted for in the one that the documents use. Immutable.
 */
public final class Lexicon {
  /** Nothing means the same as anything. */
  public static final Lexicon EMPTY = of(List.of(), Set.of());

  /** Words that are added to one question at most. */
  private static final int MOST_ADDED = 24;

  private static final List<String> GENERAL = List.of("everyday_zh.txt", "everyday_en.txt");

  private static final class Shipped {
    private static final Lexicon LEXICON = general();
  }

  private record Entry(LexiconWord word, List<LexiconWord> others) {}

  /** A word of the question, and where it stands. */
  private record Place(int start, int end, Entry entry) {}

  private final List<List<LexiconWord>> groups;
  private final List<Entry> entries;
  private final Set<String> dictionary;

  private Lexicon(List<List<LexiconWord>> groups, List<Entry> entries, Set<String> dictionary) {
    this.groups = List.copyOf(groups);
    this.dictionary = Set.copyOf(dictionary);
    List<Entry> longestFirst = new ArrayList<>(entries);
    longestFirst.sort(
        Comparator.comparingInt((Entry entry) -> entry.word().text().length()).reversed());
    this.entries = List.copyOf(longestFirst);
  }

  /** Each word of a group stands for each other. */
  static Lexicon of(List<List<LexiconWord>> groups, Set<String> dictionary) {
    List<Entry> all = new ArrayList<>();
    for (List<LexiconWord> group : groups) {
      for (LexiconWord word : group) {
        all.add(new Entry(word, group.stream().filter(other -> !other.equals(word)).toList()));
      }
    }
    return new Lexicon(groups, all, dictionary);
  }

  /** The first word of a group is an everyday one, and the others may stand for it. */
  private static Lexicon oneWay(List<List<LexiconWord>> groups) {
    return new Lexicon(
        groups,
        groups.stream()
            .map(group -> new Entry(group.getFirst(), group.subList(1, group.size())))
            .toList(),
        Set.of());
  }

  /** Everyday words and those that rules, contracts and manuals have for the same. */
  public static Lexicon ofLanguage() {
    return Shipped.LEXICON;
  }

  /** This one, and another whose words come first. */
  public Lexicon with(Lexicon other) {
    if (other.groups.isEmpty() && other.dictionary.isEmpty()) {
      return this;
    }
    List<List<LexiconWord>> both = new ArrayList<>(other.groups);
    both.addAll(groups);
    List<Entry> all = new ArrayList<>(other.entries);
    all.addAll(entries);
    Set<String> words = new HashSet<>(dictionary);
    words.addAll(other.dictionary);
    return new Lexicon(both, all, words);
  }

  /** Words that are one, in their normalised form. */
  public Set<String> dictionary() {
    return dictionary;
  }

  /** Number of groups. */
  public int groups() {
    return groups.size();
  }

  /** The question with the other words for what it holds, to search for. */
  public String widened(String question) {
    List<String> added =
        places(SearchText.normalize(question)).stream()
            .flatMap(place -> place.entry().others().stream())
            .map(LexiconWord::text)
            .distinct()
            .limit(MOST_ADDED)
            .toList();
    return added.isEmpty() ? question : question + "\n" + String.join("\n", added);
  }

  /**
   * The question in the words of the documents: each word that the first text with any of its group
   * does not hold is replaced by the one that it holds.
   *
   * @param texts best first
   */
  public String inWordsOf(String question, List<String> texts) {
    String normalized = SearchText.normalize(question);
    List<Place> places = places(normalized);
    if (places.isEmpty()) {
      return question;
    }
    List<String> said = texts.stream().map(SearchText::normalize).toList();
    List<Set<String>> terms =
        said.stream().map(text -> Set.copyOf(Words.of(text).terms())).toList();
    StringBuilder reworded = new StringBuilder();
    int at = 0;
    boolean changed = false;
    for (Place place : places) {
      Optional<LexiconWord> other = wordOf(place.entry(), said, terms);
      if (other.isPresent()) {
        String word = other.get().text();
        boolean spaced = !Character.isIdeographic(word.codePointAt(0));
        reworded.append(normalized, at, place.start()).append(spaced ? " " + word + " " : word);
        at = place.end();
        changed = true;
      }
    }
    return changed ? reworded.append(normalized.substring(at)).toString() : question;
  }

  /** The other word of the group that the documents use; empty where they use this one, or none. */
  private static Optional<LexiconWord> wordOf(
      Entry entry, List<String> texts, List<Set<String>> terms) {
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      Set<String> held = terms.get(i);
      if (entry.word().isIn(text, held)) {
        return Optional.empty();
      }
      Optional<LexiconWord> found =
          entry.others().stream().filter(other -> other.isIn(text, held)).findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Longer words first, none within another; in the order of the text. */
  private List<Place> places(String normalized) {
    List<Place> places = new ArrayList<>();
    for (Entry entry : entries) {
      if (!entry.word().mayBeIn(normalized)) {
        continue;
      }
      Matcher found = entry.word().in(normalized);
      while (found.find()) {
        Place place = new Place(found.start(), found.end(), entry);
        if (places.stream().noneMatch(other -> overlap(place, other))) {
          places.add(place);
        }
      }
    }
    places.sort(Comparator.comparingInt(Place::start));
    return places;
  }

  private static boolean overlap(Place one, Place other) {
    return one.start() < other.end() && other.start() < one.end();
  }

  private static Lexicon general() {
    List<List<LexiconWord>> groups = new ArrayList<>();
    for (String file : GENERAL) {
      groups.addAll(LexiconLines.read(lines(file)).lexicon().groups);
    }
    return oneWay(groups);
  }

  private static List<String> lines(String file) {
    try (InputStream stream =
            Objects.requireNonNull(Lexicon.class.getResourceAsStream(file), file);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
