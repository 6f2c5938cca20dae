package dev.zhiku.answering.question;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Phrases of one kind in all languages, told from a normalised text: a section of the lexicon files
 * beside this class, one regular expression a line. Immutable.
 */
final class Phrases {
  private static final String SEPARATORS =
      " \t\r\n\u3000,;:.!?~()\"'-\u3001\u3002\u2026\u2018\u2019\u201c\u201d";

  private final List<Pattern> patterns;

  private Phrases(List<Pattern> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  /**
   * Those of a section.
   *
   * @param files one a language
   * @param section its heading, in square brackets
   */
  static Phrases of(List<String> files, String section) {
    List<Pattern> patterns = new ArrayList<>();
    for (String file : files) {
      String current = "";
      for (String line : lines(file)) {
        if (line.startsWith("[")) {
          current = line;
        } else if (current.equals(section)) {
          patterns.add(Pattern.compile(line));
        }
      }
    }
    return new Phrases(patterns);
  }

  /** Length of the longest phrase that stands here as a word of its own; 0 for none. */
  int longest(String text, int at, int to) {
    int longest = 0;
    for (Pattern phrase : patterns) {
      Matcher here = phrase.matcher(text).region(at, to);
      if (here.lookingAt() && !cutsWord(text, here.end())) {
        longest = Math.max(longest, here.end() - at);
      }
    }
    return longest;
  }

  static boolean isSeparator(char c) {
    return SEPARATORS.indexOf(c) >= 0;
  }

  /** The first place from here on that is no separator. */
  static int afterSeparators(String text, int from, int to) {
    int at = from;
    while (at < to && isSeparator(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean cutsWord(String text, int end) {
    return end > 0
        && end < text.length()
        && isSpacedLetter(text.charAt(end - 1))
        && isSpacedLetter(text.charAt(end));
  }

  private static boolean isSpacedLetter(char c) {
    return Character.isLetterOrDigit(c) && !Character.isIdeographic(c);
  }

  /** The lines of a file beside this class that are neither blank nor remarks. */
  static List<String> lines(String file) {
    try (InputStream stream =
            Objects.requireNonNull(Phrases.class.getResourceAsStream(file), file);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
