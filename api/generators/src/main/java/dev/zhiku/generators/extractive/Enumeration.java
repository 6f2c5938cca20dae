package dev.zhiku.generators.extractive;

import dev.zhiku.index.embedding.Language;
import dev.zhiku.index.words.SearchText;
import java.util.List;
import java.util.regex.Pattern;

/** Questions for all of a list, and what is said when not all of it is shown. Pure. */
final class Enumeration {
  private static final Pattern ASKS =
      Pattern.compile(
          "\\b(all|every|each|list|enumerate|how many)\\b|\\b(what|which)( [\\p{L}-]+){0,3} (are|were|do|does|have)\\b"
              + "|列出|列举|所有|全部|哪些|哪几|各[个家项类种部]?|分别|一共|总共|共有|[多几][少]?[个家名位种项条台人座所间辆份类款门次](?!月|小时)");

  private Enumeration() {}

  /** Whether the question is for all of something. */
  static boolean isAskedBy(String question) {
    return ASKS.matcher(SearchText.normalize(question)).find();
  }

  /** Whether most of what is quoted are members of a list or a table. */
  static boolean isList(List<Quotable> chosen) {
    long members = chosen.stream().filter(unit -> unit.kind() == UnitKind.MEMBER).count();
    return members > 1 && members * 2 > chosen.size();
  }

  /** How many of how many are quoted, in the language of the question. */
  static String shown(int shown, int all, String question) {
    return Language.of(question) == Language.CHINESE
        ? "（检索到的段落中共有 " + all + " 条，以上为其中 " + shown + " 条。）"
        : "(" + shown + " of the " + all + " entries in the passages found are shown.)";
  }
}
