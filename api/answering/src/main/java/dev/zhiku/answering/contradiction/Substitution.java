package dev.zhiku.answering.contradiction;

import dev.zhiku.index.words.Words;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Another word in the same place: between two words that a clause has too, a statement has one that
 * the text has nowhere, and the clause has one that the statement has nowhere.
 */
final class Substitution {
  /** Words that stand before and behind it in both. */
  private static final int AROUND_BEFORE = 2;

  private static final int LONGEST = 2;

  private static final Pattern NUMBER =
      Pattern.compile(
          "[\\d零〇一二两三四五六七八九十百千万亿]|^(?:one|two|three|four|five|six|seven|eight|nine|ten)$");

  /** Ideographs that join others. */
  private static final Set<String> GRAMMAR =
      Set.of(
          "且", "而", "并", "和", "与", "或", "及", "则", "即", "才", "就", "也", "都", "又", "还", "须", "必", "应",
          "要", "得", "可", "能", "以", "于", "在", "由", "被", "把", "将", "向", "对", "从", "的", "之", "者", "了",
          "是", "为", "有", "其", "该", "此", "所", "经", "至", "到", "用", "后", "前", "时", "不", "没", "未", "无",
          "勿", "会");

  private static final Set<String> BEFORE_TIMES = Set.of("at", "from", "until", "for");

  /** A word of no language, for a text of words of grammar alone is kept whole. */
  private static final String CARRYING = "x1";

  private Substitution() {}

  static boolean isIn(String statement, Clauses clauses) {
    List<String> said = Clauses.words(statement);
    return clauses.all().stream().anyMatch(clause -> isIn(said, clause, clauses));
  }

  private static boolean isIn(List<String> said, List<String> clause, Clauses clauses) {
    for (int i = AROUND_BEFORE; i < said.size(); i++) {
      for (int j = AROUND_BEFORE; j < clause.size(); j++) {
        boolean after =
            said.subList(i - AROUND_BEFORE, i).equals(clause.subList(j - AROUND_BEFORE, j));
        if (after && isReplaced(said, i, clause, j, clauses)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isReplaced(
      List<String> said, int i, List<String> clause, int j, Clauses clauses) {
    for (int own = 1; own <= LONGEST && i + own < said.size(); own++) {
      int other = own;
      if (j + other < clause.size()) {
        if (goOnAlike(said, i + own, clause, j + other)) {
          List<String> here = said.subList(i, i + own);
          List<String> there = clause.subList(j, j + other);
          return !isVerbPlace(said.get(i + own))
              && here.stream().noneMatch(clauses::holds)
              && there.stream().noneMatch(said::contains)
              && isOfContent(here)
              && isOfContent(there)
              && !isInflected(here, there);
        }
      }
    }
    return false;
  }

  /**
   * Before a figure or a time stands a verb as often as a thing (lasts 70 minutes, begins at 9:00),
   * and verbs have many words for the same.
   */
  private static boolean isVerbPlace(String next) {
    return BEFORE_TIMES.contains(next) || Character.isDigit(next.codePointAt(0));
  }

  /** The same words in another form. */
  private static boolean isInflected(List<String> here, List<String> there) {
    List<String> stems = Words.of(String.join(" ", here)).terms();
    return Words.of(String.join(" ", there)).terms().stream().anyMatch(stems::contains);
  }

  /** With a word that says something, or with two. */
  private static boolean goOnAlike(List<String> said, int i, List<String> clause, int j) {
    String next = said.get(i);
    boolean further =
        i + 1 < said.size() && j + 1 < clause.size() && said.get(i + 1).equals(clause.get(j + 1));
    return next.equals(clause.get(j)) && (further || isOfContent(List.of(next)));
  }

  /** Words of grammar are changed freely; numbers have more than one spelling. */
  private static boolean isOfContent(List<String> words) {
    if (words.stream().anyMatch(word -> NUMBER.matcher(word).find())
        || words.stream().allMatch(GRAMMAR::contains)) {
      return false;
    }
    List<String> carrying = Words.ofQuestion(String.join(" ", words) + " " + CARRYING).terms();
    return carrying.size() > Words.of(CARRYING).terms().size();
  }
}
