package dev.zhiku.answering.grounding;

import dev.zhiku.answering.contradiction.ChineseNumber;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.words.SearchText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A code that a question names and no passage has, although they have others of its kind: building
 * 4 beside buildings 3 and 5, error E4 beside E3 and E5. Pure.
 */
final class AbsentCode {
  /** Letters with a number, or a number with what it numbers (4号楼, 四号楼). */
  private static final Pattern CODE =
      Pattern.compile(
          "(?<![a-z0-9])([a-z]{1,3}-?)(\\d{1,5})(?![a-z0-9])"
              + "|(?<![\\d.])(\\d{1,4}|[一二三四五六七八九十]{1,3})(号\\p{IsHan})");

  /** Others that show that the passages tell such things by their codes. */
  private static final int KIN = 2;

  private AbsentCode() {}

  /** Whether a question names one. */
  static boolean isNamed(String question, List<ScoredPassage> found) {
    return codes(question).anyMatch(code -> isAbsent(code, found));
  }

  private static boolean isAbsent(MatchResult code, List<ScoredPassage> found) {
    String kind = kind(code);
    Set<String> numbers = new HashSet<>();
    for (ScoredPassage passage : found) {
      codes(passage.passage().text())
          .filter(other -> kind(other).equals(kind))
          .forEach(other -> numbers.add(number(other)));
    }
    return numbers.size() >= KIN
        && !numbers.contains(number(code))
        && found.stream().noneMatch(passage -> isIn(code, passage));
  }

  /** However it is spelled: KX25, KX-25, KX 25. */
  private static boolean isIn(MatchResult code, ScoredPassage found) {
    boolean lettersFirst = code.group(2) != null;
    String spelled =
        lettersFirst ? kind(code) + "[- ]?" + number(code) : code.group(3) + "\\s?" + kind(code);
    String text = SearchText.normalize(found.passage().text() + "\n" + found.document().name());
    return Pattern.compile("(?<![a-z0-9.])" + spelled + "(?![0-9])").matcher(text).find();
  }

  private static Stream<MatchResult> codes(String text) {
    return CODE.matcher(SearchText.normalize(text)).results();
  }

  private static String kind(MatchResult code) {
    return code.group(2) == null ? code.group(4) : code.group(1).replace("-", "");
  }

  private static String number(MatchResult code) {
    if (code.group(2) != null) {
      return code.group(2);
    }
    String written = code.group(3);
    return Character.isDigit(written.charAt(0)) ? written : ChineseNumber.digits(written);
  }
}
