package dev.zhiku.answering.question;

import dev.zhiku.index.words.SearchText;
import dev.zhiku.index.words.Words;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a text or a question as they are compared: its numbers are whole ones, so that
 * building 2 is not found in a price of 2.6, nor unit 18 in the time 10:18. Pure.
 */
public final class HeldWords {
  /** A number with what may stand inside one. */
  private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,:]\\d+)*");

  private HeldWords() {}

  /**
   * Terms as {@link Words#terms()} makes them, in order, each once, without those that are only
   * parts of a number.
   */
  public static Set<String> in(String text) {
    Set<String> terms = new LinkedHashSet<>(Words.of(text).terms());
    Set<String> parts = new HashSet<>();
    Set<String> whole = new HashSet<>();
    Matcher number = NUMBER.matcher(SearchText.normalize(text));
    while (number.find()) {
      String[] pieces = number.group().split("[.,:]", -1);
      (pieces.length > 1 ? parts : whole).addAll(List.of(pieces));
    }
    parts.removeAll(whole);
    terms.removeAll(parts);
    return terms;
  }
}
