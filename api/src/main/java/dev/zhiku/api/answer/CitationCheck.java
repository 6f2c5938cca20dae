package dev.zhiku.api.answer;

import dev.zhiku.api.search.Found;
import dev.zhiku.index.words.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds an answer to its passages: a number that points at no passage is taken out, and each
 * statement is looked for in the passage it cites. Pure.
 */
final class CitationCheck {
  private static final Pattern MARK = Pattern.compile("\\s?\\[(\\d{1,9})]");

  private CitationCheck() {}

  /**
   * An answer whose marks all point somewhere.
   *
   * @param citations in the order of their marks, equal ones once
   */
  record Checked(String answer, List<Citation> citations) {}

  /**
   * @param passages in the order of their numbers, from 1
   */
  static Checked check(String answer, List<Found> passages) {
    StringBuilder kept = new StringBuilder();
    List<Citation> citations = new ArrayList<>();
    Matcher mark = MARK.matcher(answer);
    int at = 0;
    int statement = 0;
    while (mark.find()) {
      String before = answer.substring(at, mark.start());
      kept.append(before);
      int number = Integer.parseInt(mark.group(1));
      if (number >= 1 && number <= passages.size()) {
        if (!before.isBlank()) {
          statement = at;
        }
        String said = statement(answer.substring(statement, mark.start()));
        citations.add(citation(number, said, passages.get(number - 1)));
        kept.append(mark.group());
      }
      at = mark.end();
    }
    kept.append(answer.substring(at));
    return new Checked(kept.toString(), citations.stream().distinct().toList());
  }

  /** What a mark speaks for: the line before it, without other marks. */
  private static String statement(String text) {
    String bare = MARK.matcher(text).replaceAll("").strip();
    return bare.substring(bare.lastIndexOf('\n') + 1).strip();
  }

  private static Citation citation(int number, String statement, Found found) {
    String text = found.passage().text();
    boolean verified = Quotes.standsIn(statement, text);
    String quote = verified ? statement : nearest(statement, text);
    return Views.citation(number, found, quote, verified);
  }

  /** The sentence of the passage that shares most words with the statement. */
  private static String nearest(String statement, String text) {
    Set<String> said = new HashSet<>(Words.of(statement).terms());
    return Sentences.of(text).stream()
        .map(span -> span.in(text))
        .max(Comparator.comparingLong(sentence -> common(sentence, said)))
        .map(Quotes::onOneLine)
        .orElse("");
  }

  private static long common(String sentence, Set<String> said) {
    return Words.of(sentence).terms().stream().distinct().filter(said::contains).count();
  }
}
