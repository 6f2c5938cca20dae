package dev.zhiku.answering.search;

import dev.zhiku.answering.question.QuestionWords;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.words.SearchText;
import dev.zhiku.index.words.Words;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Editions of one document: files whose names differ in year, version or standing alone. A question
 * that names a year, or asks for what is newest or in force, is answered from that edition. Where a
 * question does neither and two editions say alike things that are not the same, the one in force
 * or newer comes first. Pure.
 */
public final class Editions {
  private static final Pattern NEWEST =
      Pattern.compile(
          "\\b(newest|latest|most recent|current(ly)?|up[- ]to[- ]date|in force|now valid)\\b"
              + "|最新|现行|目前|当前|现在|如今|有效版|新版|最近一版");

  /** Those that mean nothing else: a current may also be electric. */
  private static final Pattern ONLY_NEWEST =
      Pattern.compile("\\b(newest|latest|most recent|up[- ]to[- ]date)\\b|最新版?|现行|有效版|最近一版");

  private static final Pattern YEAR = Pattern.compile("(?<!\\d)(?:19|20)\\d{2}(?!\\d)");

  private static final Pattern VERSION =
      Pattern.compile("(?:\\bv|ver\\.?|version|rev\\.?|第)\\s?(\\d{1,3}(?:\\.\\d{1,3})?)(?!\\d)");

  private static final Pattern OUT_OF_FORCE =
      Pattern.compile(
          "作废|废止|失效|过期|旧版?|草案|草稿|征求意见|\\b(draft|obsolete|superseded|withdrawn|expired|old|archived?)\\b");

  private static final Pattern STANDING =
      Pattern.compile(
          OUT_OF_FORCE.pattern()
              + "|年度?版?|[版本稿]|修订|修正|试行|暂行|现行|最新|新版?|正式|终|\\b(final|new|newest|current|edition|version|ver|rev|v)\\b");

  /** A number that is no year from 1950 on, no date that begins with one, and no month. */
  private static final Pattern SERIAL =
      Pattern.compile("(?<!\\d)(?!(?:19[5-9]|20\\d)\\d(?:[01]\\d(?:[0-3]\\d)?)?(?!\\d))\\d{3,}");

  /** Figures, blanks and marks, which a family name leaves out too. */
  private static final Pattern FIGURES = Pattern.compile("[\\d\\s\\p{Punct}（）【】《》]+");

  /** Share of the words of the shorter of two passages that the other has where they are alike. */
  private static final double ALIKE = 0.6;

  private Editions() {}

  /** Whether what is newest or in force is asked for. */
  private static boolean asksForNewest(String question) {
    return NEWEST.matcher(SearchText.normalize(question)).find();
  }

  /** The question without the words that ask for the newest, which no edition says of itself. */
  static String without(String question) {
    String normalized = SearchText.normalize(question);
    if (!ONLY_NEWEST.matcher(normalized).find()) {
      return question;
    }
    String rest = ONLY_NEWEST.matcher(normalized).replaceAll(" ");
    return QuestionWords.carrying(rest).isEmpty() ? question : rest;
  }

  /** Those of the edition that is asked for; all where none is, or there is but one. */
  static List<ScoredPassage> asked(String question, List<ScoredPassage> ranked) {
    Set<Integer> years = years(SearchText.normalize(question));
    boolean newest = asksForNewest(question);
    if (!newest && years.isEmpty()) {
      return newerFirst(ranked);
    }
    Map<String, Set<DocumentMeta>> families = families(ranked);
    Set<DocumentMeta> others = new HashSet<>();
    families.forEach(
        (name, family) -> {
          if (!name.isEmpty() && family.size() > 1) {
            others.addAll(years.isEmpty() ? older(family) : ofOtherYears(family, years));
          }
        });
    return others.isEmpty()
        ? ranked
        : ranked.stream().filter(found -> !others.contains(found.document())).toList();
  }

  private static Map<String, Set<DocumentMeta>> families(List<ScoredPassage> found) {
    Map<String, Set<DocumentMeta>> families = new HashMap<>();
    found.forEach(
        one ->
            families
                .computeIfAbsent(family(one.document()), name -> new HashSet<>())
                .add(one.document()));
    families.keySet().removeAll(counted(found));
    return families;
  }

  /**
   * Families of which one name at least has a number that is no year: those that look like years
   * then only count on, as in machine1844 and machine1903.
   */
  private static Set<String> counted(List<ScoredPassage> found) {
    return found.stream()
        .map(ScoredPassage::document)
        .filter(document -> SERIAL.matcher(name(document)).find())
        .map(Editions::family)
        .collect(Collectors.toSet());
  }

  /** A passage of an older edition changes places with the best one that replaces it. */
  private static List<ScoredPassage> newerFirst(List<ScoredPassage> ranked) {
    Map<DocumentId, Named> names = namesOf(ranked, List.of());
    List<ScoredPassage> ordered = new ArrayList<>(ranked);
    for (int i = 0; i < ordered.size(); i++) {
      for (int j = i + 1; j < ordered.size(); j++) {
        ScoredPassage ahead = ordered.get(i);
        ScoredPassage behind = ordered.get(j);
        Named older = names.get(ahead.document().id());
        Named newer = names.get(behind.document().id());
        if (older != null
            && newer != null
            && older.isBefore(newer)
            && differ(ahead, behind, names)) {
          ordered.set(i, behind.withScore(ahead.score()));
          ordered.set(j, ahead.withScore(behind.score()));
        }
      }
    }
    return ordered;
  }

  /**
   * The editions that say something else than what is cited, with what is cited; none where all say
   * the same.
   *
   * @param found all that was found
   * @param cited those of it that an answer rests on
   * @return in force and newest first
   */
  public static List<DocumentMeta> conflicting(
      List<ScoredPassage> found, List<ScoredPassage> cited) {
    Map<DocumentId, Named> names = namesOf(found, cited);
    Set<DocumentMeta> documents = new HashSet<>();
    for (ScoredPassage one : cited) {
      for (ScoredPassage other : found) {
        if (differ(one, other, names)) {
          documents.add(one.document());
          documents.add(other.document());
        }
      }
    }
    return documents.stream().sorted(Comparator.comparing(Editions::edition).reversed()).toList();
  }

  /** The family and the edition that the name of a document tells. */
  private record Named(String family, Edition edition) {
    static Named of(DocumentMeta document) {
      return new Named(Editions.family(document), Editions.edition(document));
    }

    boolean isOtherEditionOf(Named other) {
      return family.equals(other.family) && !edition.equals(other.edition);
    }

    boolean isBefore(Named other) {
      return edition.compareTo(other.edition) < 0;
    }
  }

  /**
   * Told once for each document, for every passage is compared with every other; none of those that
   * have no editions.
   */
  private static Map<DocumentId, Named> namesOf(
      List<ScoredPassage> found, List<ScoredPassage> others) {
    List<ScoredPassage> all = Stream.concat(found.stream(), others.stream()).toList();
    Map<DocumentId, Named> names = new HashMap<>();
    all.forEach(one -> names.computeIfAbsent(one.document().id(), id -> Named.of(one.document())));
    Set<String> counted = counted(all);
    names.values().removeIf(named -> named.family().isEmpty() || counted.contains(named.family()));
    return names;
  }

  /** Whether two editions of one document say alike things that are not the same. */
  private static boolean differ(
      ScoredPassage one, ScoredPassage other, Map<DocumentId, Named> names) {
    Named named = names.get(one.document().id());
    Named otherwise = names.get(other.document().id());
    if (named == null || otherwise == null || !named.isOtherEditionOf(otherwise)) {
      return false;
    }
    String first = SearchText.normalize(one.passage().text());
    String second = SearchText.normalize(other.passage().text());
    Set<String> words = new HashSet<>(Words.of(first).terms());
    Set<String> others = new HashSet<>(Words.of(second).terms());
    int shorter = Math.min(words.size(), others.size());
    words.retainAll(others);
    return !first.equals(second) && shorter > 0 && words.size() >= ALIKE * shorter;
  }

  private static Set<DocumentMeta> older(Set<DocumentMeta> family) {
    Edition newest =
        family.stream().map(Editions::edition).max(Comparator.naturalOrder()).orElseThrow();
    return family.stream()
        .filter(document -> edition(document).compareTo(newest) < 0)
        .collect(Collectors.toSet());
  }

  private static Set<DocumentMeta> ofOtherYears(Set<DocumentMeta> family, Set<Integer> asked) {
    boolean known =
        family.stream()
            .anyMatch(document -> years(name(document)).stream().anyMatch(asked::contains));
    return family.stream()
        .filter(document -> known && !years(name(document)).isEmpty())
        .filter(document -> years(name(document)).stream().noneMatch(asked::contains))
        .collect(Collectors.toSet());
  }

  /**
   * Whether a question asks for a year before the oldest of the editions that were found first, and
   * none of them tells of it. A later year may be one in which the newest is still in force.
   *
   * @param found best first
   */
  public static boolean areAllNewer(String question, List<ScoredPassage> found) {
    Set<Integer> asked = years(SearchText.normalize(question));
    if (asked.isEmpty() || found.isEmpty()) {
      return false;
    }
    String family = family(found.getFirst().document());
    List<ScoredPassage> editions =
        found.stream().filter(one -> family(one.document()).equals(family)).toList();
    Set<Integer> known = new HashSet<>();
    editions.forEach(one -> known.addAll(years(name(one.document()))));
    return !family.isEmpty()
        && !counted(editions).contains(family)
        && known.size() > 1
        && Collections.max(asked) < Collections.min(known)
        && editions.stream()
            .map(one -> years(SearchText.normalize(one.passage().text())))
            .noneMatch(told -> told.stream().anyMatch(asked::contains));
  }

  /** In force before not, then by year, then by version. */
  private record Edition(boolean inForce, int year, double version) implements Comparable<Edition> {
    private static final Comparator<Edition> ORDER =
        Comparator.comparing(Edition::inForce)
            .thenComparingInt(Edition::year)
            .thenComparingDouble(Edition::version);

    @Override
    public int compareTo(Edition other) {
      return ORDER.compare(this, other);
    }
  }

  private static Edition edition(DocumentMeta document) {
    String name = name(document);
    return new Edition(
        !OUT_OF_FORCE.matcher(name).find(),
        years(name).stream().mapToInt(Integer::intValue).max().orElse(0),
        VERSION
            .matcher(name)
            .results()
            .mapToDouble(version -> Double.parseDouble(version.group(1)))
            .max()
            .orElse(0));
  }

  /** The name that editions have in common: without figures and words of standing. */
  private static String family(DocumentMeta document) {
    String name = YEAR.matcher(name(document)).replaceAll(" ");
    name = VERSION.matcher(name).replaceAll(" ");
    name = STANDING.matcher(name).replaceAll(" ");
    return FIGURES.matcher(name).replaceAll("");
  }

  private static String name(DocumentMeta document) {
    String name = document.name();
    int ending = name.lastIndexOf('.');
    return SearchText.normalize(ending > 0 ? name.substring(0, ending) : name).replace('_', ' ');
  }

  private static Set<Integer> years(String text) {
    return YEAR.matcher(text)
        .results()
        .map(MatchResult::group)
        .map(Integer::valueOf)
        .collect(Collectors.toSet());
  }
}
