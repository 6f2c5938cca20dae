package dev.zhiku.app.evaluation;

import java.text.Normalizer;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Whether a text has the words of a right answer, whatever their case, width and white space. */
public final class WordsOfAnswer {
  /** White space, and what Markdown puts before a character that means itself. */
  private static final Pattern LEFT_OUT = Pattern.compile("[\\s\\\\]+");

  private WordsOfAnswer() {}

  /**
   * @param answers alternatives, of which one is enough
   * @param said the answer and its quotes
   */
  public static boolean standIn(Collection<String> answers, List<String> said) {
    List<String> texts = said.stream().map(WordsOfAnswer::plain).toList();
    return answers.stream()
        .map(WordsOfAnswer::plain)
        .anyMatch(answer -> texts.stream().anyMatch(text -> text.contains(answer)));
  }

  private static String plain(String text) {
    return LEFT_OUT
        .matcher(Normalizer.normalize(text, Normalizer.Form.NFKC))
        .replaceAll("")
        .toLowerCase(Locale.ROOT);
  }
}
