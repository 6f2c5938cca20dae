package dev.zhiku.answering.search;

import dev.zhiku.answering.question.QuestionWords;
import dev.zhiku.index.embedding.Language;
import dev.zhiku.index.words.SearchText;
import dev.zhiku.index.words.Words;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names in an English question that stand in no document that the asker may see, neither in a text
 * nor in a path: whom the documents do not know they tell nothing about. A name is told by its
 * capital letter inside a sentence; of one with several words it is enough that one is known.
 * Abbreviations are no names, for a text may write them out; nor are days, months and languages,
 * which a text tells by ranges and countries. Pure.
 */
final class UnknownNames {
  /** A word, with the sign before it where there is one. */
  private static final Pattern WORD =
      Pattern.compile("([.?!:;\"“‘(]\\s*)?([\\p{L}\\d][\\p{L}\\p{M}\\d'’.&/-]*)");

  private static final Pattern NAME = Pattern.compile("\\p{Lu}\\p{Ll}[\\p{L}\\p{M}'’-]+");
  private static final Pattern POSSESSIVE = Pattern.compile("['’]s?$|\\.$");

  /** Words that only an English sentence has; others begin nouns with capital letters too. */
  private static final Pattern ENGLISH =
      Pattern.compile(
          "\\b(the|what|which|who|whose|when|where|how|why|does|do|did|is|are|was|were|can|of)\\b",
          Pattern.CASE_INSENSITIVE);

  /** Share of capitalised words from which on the question is written like a title. */
  private static final double TITLE_CASE = 0.5;

  /** Letters at the beginning that make two words forms of one: Boston, Bostonian. */
  private static final int KIN = 4;

  private static final Set<String> NO_NAMES = noNames();

  private UnknownNames() {}

  /** A word of the question and whether it is written like a name. */
  private record Token(String text, boolean name) {}

  /**
   * The names as the question writes them, in order.
   *
   * @param nowhere terms of the question that no document holds
   * @param found the best passages: what they write almost alike is taken for the same
   */
  static List<String> in(String question, Set<String> nowhere, List<ScoredPassage> found) {
    if (nowhere.isEmpty()
        || Language.of(question) != Language.ENGLISH
        || !ENGLISH.matcher(question).find()) {
      return List.of();
    }
    List<Token> tokens = tokens(question);
    long capitals = tokens.stream().filter(Token::name).count();
    if (capitals > TITLE_CASE * tokens.size()) {
      return List.of();
    }
    Set<String> written = formsOf(found);
    return runs(tokens).stream()
        .filter(run -> run.stream().allMatch(word -> isUnknown(word, nowhere, written)))
        .map(run -> String.join(" ", run))
        .distinct()
        .toList();
  }

  private static List<Token> tokens(String question) {
    List<Token> tokens = new ArrayList<>();
    for (MatchResult match : WORD.matcher(question).results().toList()) {
      String word = POSSESSIVE.matcher(match.group(2)).replaceFirst("");
      boolean begins = tokens.isEmpty() || match.group(1) != null;
      boolean addressed = tokens.size() <= 1 && question.startsWith(",", match.end());
      boolean name =
          !begins
              && !addressed
              && NAME.matcher(word).matches()
              && !NO_NAMES.contains(word.toLowerCase(Locale.ROOT));
      tokens.add(new Token(word, name));
    }
    return tokens;
  }

  /** Names of one or more words that stand beside each other. */
  private static List<List<String>> runs(List<Token> tokens) {
    List<List<String>> runs = new ArrayList<>();
    List<String> run = new ArrayList<>();
    for (Token token : tokens) {
      if (token.name()) {
        run.add(token.text());
      } else if (!run.isEmpty()) {
        runs.add(run);
        run = new ArrayList<>();
      }
    }
    if (!run.isEmpty()) {
      runs.add(run);
    }
    return runs;
  }

  private static boolean isUnknown(String word, Set<String> nowhere, Set<String> written) {
    List<String> terms = Words.of(SearchText.normalize(word)).terms();
    return !terms.isEmpty()
        && terms.stream().allMatch(term -> nowhere.contains(term) && QuestionWords.isCarrying(term))
        && Words.of(SearchText.normalize(word)).forms().stream()
            .noneMatch(form -> written.stream().anyMatch(other -> isKin(form, other)));
  }

  /** Whether two words are forms or spellings of one: Boston and Bostonian, Micheal and Michael. */
  private static boolean isKin(String form, String other) {
    int shorter = Math.min(form.length(), other.length());
    int begun = 0;
    while (begun < shorter && form.charAt(begun) == other.charAt(begun)) {
      begun++;
    }
    return begun >= Math.max(KIN, shorter - 2)
        || (begun > 0 && shorter >= KIN && SpellingDistance.of(form, other) <= 1);
  }

  private static Set<String> formsOf(List<ScoredPassage> found) {
    Set<String> forms = new HashSet<>();
    for (ScoredPassage one : found) {
      forms.addAll(Words.of(one.passage().text()).forms());
      forms.addAll(
          Words.of(CitationLocation.title(one.document(), one.passage().location())).forms());
    }
    return forms;
  }

  private static Set<String> noNames() {
    Set<String> names = new HashSet<>();
    for (TextStyle style : List.of(TextStyle.FULL, TextStyle.SHORT)) {
      for (DayOfWeek day : DayOfWeek.values()) {
        names.add(day.getDisplayName(style, Locale.ENGLISH));
        names.add(day.getDisplayName(style, Locale.ENGLISH) + "s");
      }
      for (Month month : Month.values()) {
        names.add(month.getDisplayName(style, Locale.ENGLISH));
      }
    }
    Arrays.stream(Locale.getISOLanguages())
        .map(code -> Locale.of(code).getDisplayLanguage(Locale.ENGLISH))
        .forEach(names::add);
    return names.stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }
}
