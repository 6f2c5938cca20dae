package dev.zhiku.answering.contradiction;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Denial: whether a statement denies what a text asserts, or asserts what it denies. An even number
 * of words that deny assert.
 */
final class Polarity {
  private static final Set<String> DENYING =
      Set.of(
          "not",
          "no",
          "never",
          "nothing",
          "nobody",
          "none",
          "neither",
          "without",
          "cannot",
          "can't",
          "don't",
          "doesn't",
          "didn't",
          "isn't",
          "aren't",
          "won't",
          "mustn't",
          "needn't",
          "can’t",
          "don’t",
          "doesn’t",
          "didn’t",
          "isn’t",
          "aren’t",
          "won’t",
          "mustn’t",
          "needn’t",
          "forbidden",
          "prohibited",
          "banned",
          "closed",
          "不",
          "未",
          "没",
          "无",
          "勿",
          "禁",
          "免",
          "闭");

  /** Words of two ideographs, one of which denies elsewhere. */
  private static final Set<String> ASSERTING =
      Set.of(
          "不过", "不仅", "不但", "不论", "不管", "无论", "无痛", "无线", "无水", "不锈", "不当", "未来", "免疫", "封闭", "密闭",
          "闭合");

  /** Words of leave and duty: that one is said is clear from the denial. */
  private static final Set<String> MODAL =
      Set.of(
          "may",
          "must",
          "can",
          "need",
          "be",
          "is",
          "are",
          "has",
          "have",
          "to",
          "allowed",
          "permitted",
          "the",
          "a",
          "an",
          "of",
          "and",
          "or",
          "in",
          "on",
          "at",
          "for",
          "with",
          "得",
          "可",
          "以",
          "能",
          "须",
          "必",
          "应",
          "当",
          "会",
          "要",
          "有",
          "止",
          "允",
          "许",
          "准",
          "的",
          "了");

  /** Of the words of a clause, that a statement has to have to speak of the same. */
  private static final double SPOKEN_OF = 0.6;

  private static final int LEAST_WORDS = 2;
  private static final int LEAST_STEM = 3;

  /** Ideographs between a denial and what ties it to a noun. */
  private static final int LONGEST_ATTRIBUTE = 7;

  private static final Set<String> ATTRIBUTE_ENDS = Set.of("的", "之", "者");

  /** Behind a verb of which 没有 says that it has not been done yet. */
  private static final Set<String> DONE = Set.of("完", "过", "到", "好", "及", "够", "清", "成");

  private static final int LEAST_IDEOGRAPHS = 3;

  private Polarity() {}

  /** Whether it is turned as a whole, and one of its clauses by itself. */
  static boolean isTurned(String statement, Clauses clauses) {
    return isTurned(Clauses.words(statement), clauses)
        && new Clauses(statement).all().stream().anyMatch(said -> isTurned(said, clauses));
  }

  private static boolean isTurned(List<String> said, Clauses clauses) {
    Set<String> words = Set.copyOf(said);
    Set<String> stems = words.stream().map(Polarity::stem).collect(Collectors.toSet());
    List<List<String>> spokenOf =
        clauses.all().stream().filter(clause -> isSpokenOf(clause, stems)).toList();
    long own = denials(said);
    if (spokenOf.isEmpty()) {
      boolean strange = clauses.all().stream().allMatch(clause -> share(clause, stems) == 0);
      return !strange && isOdd(own - nearest(clauses.all(), clause -> share(clause, stems)));
    }
    long all = spokenOf.stream().mapToLong(Polarity::denials).sum();
    return isOdd(own - all) && isOdd(own - nearest(spokenOf, clause -> common(clause, stems)));
  }

  private static boolean isOdd(long number) {
    return number % 2 != 0;
  }

  /** Denials of the clause that comes first by a measure. */
  private static long nearest(List<List<String>> clauses, ToDoubleFunction<List<String>> near) {
    return clauses.stream().max(Comparator.comparingDouble(near)).map(Polarity::denials).orElse(0L);
  }

  private static double common(List<String> clause, Set<String> said) {
    return content(clause).stream().filter(said::contains).count();
  }

  /** A word without its commonest endings, the same for its forms; no ideograph changes. */
  private static String stem(String word) {
    String bare = word.replaceAll("['’]s$", "");
    return bare.length() > LEAST_STEM ? bare.replaceAll("(?:ing|ed|es|s|e)$", "") : bare;
  }

  private static long denials(List<String> words) {
    return IntStream.range(0, words.size())
        .filter(i -> DENYING.contains(words.get(i)))
        .filter(i -> !isPart(words, i) && !describes(words, i))
        .count();
  }

  /** Whether it is half of a word that denies nothing. */
  private static boolean isPart(List<String> words, int at) {
    String word = words.get(at);
    return (at > 0 && ASSERTING.contains(words.get(at - 1) + word))
        || (at + 1 < words.size() && ASSERTING.contains(word + words.get(at + 1)));
  }

  /**
   * Whether it belongs to a noun that follows (未休完的年假) or says that something costs nothing (免费),
   * and denies nothing of the rest.
   */
  private static boolean describes(List<String> words, int at) {
    if (words.get(at).equals("免") && words.subList(at, words.size()).indexOf("费") == 1) {
      return true;
    }
    List<String> next = words.subList(at + 1, Math.min(at + 1 + LONGEST_ATTRIBUTE, words.size()));
    int end = (int) next.stream().takeWhile(word -> !ATTRIBUTE_ENDS.contains(word)).count();
    if (end == next.size()) {
      return false;
    }
    boolean lacks =
        words.get(at).equals("没")
            && next.indexOf("有") == 0
            && (end == 0 || !DONE.contains(next.get(end - 1)));
    boolean names = next.get(end).equals("者");
    return !lacks && (names || at + end + 2 < words.size());
  }

  private static boolean isSpokenOf(List<String> clause, Set<String> said) {
    Set<String> content = content(clause);
    boolean chinese = content.stream().anyMatch(word -> word.codePointAt(0) >= 0x2E80);
    boolean counted = content.stream().filter(Polarity::isNumber).allMatch(said::contains);
    double share = share(clause, said);
    boolean whole = share == 1 && content.size() >= LEAST_WORDS;
    return counted
        && (whole
            || (content.size() >= (chinese ? LEAST_IDEOGRAPHS : LEAST_WORDS)
                && share >= SPOKEN_OF));
  }

  private static boolean isNumber(String word) {
    return Character.isDigit(word.codePointAt(0));
  }

  private static double share(List<String> clause, Set<String> said) {
    Set<String> content = content(clause);
    return content.isEmpty()
        ? 0
        : (double) content.stream().filter(said::contains).count() / content.size();
  }

  private static Set<String> content(List<String> clause) {
    return clause.stream()
        .filter(word -> !DENYING.contains(word) && !MODAL.contains(word))
        .map(Polarity::stem)
        .collect(Collectors.toSet());
  }
}
