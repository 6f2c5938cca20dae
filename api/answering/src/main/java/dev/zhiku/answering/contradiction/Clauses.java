package dev.zhiku.answering.contradiction;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A normalised text as clauses, each with its words: ideographs one by one, others whole. */
final class Clauses {
  private static final Pattern END =
      Pattern.compile("[。！？!?；;，,、|\\n\\t]|\\.(?=\\s|$)|[:：](?=\\s|\\p{IsHan})");

  private static final Pattern WORD =
      Pattern.compile("\\p{IsHan}|[\\p{L}\\d]+(?:['’.:/-][\\p{L}\\d]+)*");

  private final List<List<String>> clauses = new ArrayList<>();
  private final Set<String> words = new HashSet<>();

  Clauses(String text) {
    for (String clause : END.split(text, -1)) {
      List<String> said = words(clause);
      if (!said.isEmpty()) {
        clauses.add(said);
        words.addAll(said);
      }
    }
  }

  static List<String> words(String text) {
    return WORD.matcher(text).results().map(MatchResult::group).toList();
  }

  List<List<String>> all() {
    return clauses;
  }

  /** Whether the text holds a word anywhere. */
  boolean holds(String word) {
    return words.contains(word);
  }
}
