package dev.zhiku.answering.search;

import dev.zhiku.index.words.SearchText;
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
 * What stands around a question and is no part of it: a greeting, a request to look something up,
 * an instruction about the form of the answer. The words it is told by are in one file a language.
 * Pure.
 */
final class QuestionFrame {
  private static final List<String> FILES = List.of("frames_zh.txt", "frames_en.txt");
  private static final String SAYS = "[says]";
  private static final String FROM = "[from]";
  private static final String WITH = "[with]";
  private static final String SEPARATORS = " \t\r\n\u3000,;:.!?~-\u3001\u3002\u2026";
  private static final String STOPS = "?!.\u3002";
  private static final String JOINS = " ,;:";
  private static final String INTRODUCES = ",:";
  private static final List<Pattern> SAYING = patterns(SAYS);
  private static final List<Pattern> NAMING_SOURCE = patterns(FROM);
  private static final List<Pattern> ACCOMPANYING = patterns(WITH);

  private QuestionFrame() {}

  /**
   * The question without its frame; as it is where it has none, or where nothing would be left. Of
   * a text that is normalised in another length, the normalised text.
   */
  static String without(String question) {
    String normalized = SearchText.normalize(question);
    String shown = normalized.length() == question.length() ? question : normalized;
    int start = lead(normalized, 0, normalized.length());
    int end = tail(normalized, start);
    if (start == 0 && end == normalized.length()) {
      return question;
    }
    String rest = shown.substring(start, end);
    return QuestionWords.carrying(rest).isEmpty() ? question : rest;
  }

  /** Where the question itself begins, after the last phrase that asks for an answer. */
  private static int lead(String text, int from, int to) {
    int at = separators(text, from, to);
    int begins = from;
    boolean named = false;
    while (at < to) {
      int saying = longest(SAYING, text, at, to);
      int naming = longest(NAMING_SOURCE, text, at, to);
      int length = Math.max(Math.max(saying, naming), longest(ACCOMPANYING, text, at, to));
      if (length == 0) {
        break;
      }
      named |= naming == length;
      int next = separators(text, at + length, to);
      boolean introduces = named && hasAny(INTRODUCES, text, at + length, next);
      begins = saying == length || introduces ? next : begins;
      at = next;
    }
    return begins;
  }

  /** Where the question itself ends: what follows its last stop or comma may be a frame too. */
  private static int tail(String text, int start) {
    int end = text.length();
    for (int at = end - 1; at > start; at--) {
      boolean cut = SEPARATORS.indexOf(text.charAt(at)) >= 0;
      if (cut && at + 1 < end && lead(text, at + 1, end) >= end) {
        end = STOPS.indexOf(text.charAt(at)) >= 0 ? at + 1 : at;
      }
    }
    while (end < text.length() && end > start && JOINS.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end;
  }

  private static int separators(String text, int from, int to) {
    int at = from;
    while (at < to && SEPARATORS.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  private static boolean hasAny(String signs, String text, int from, int to) {
    return text.substring(from, to).chars().anyMatch(c -> signs.indexOf(c) >= 0);
  }

  /** Length of the longest phrase that stands here as a word of its own; 0 for none. */
  private static int longest(List<Pattern> phrases, String text, int at, int to) {
    int longest = 0;
    for (Pattern phrase : phrases) {
      Matcher here = phrase.matcher(text).region(at, to);
      if (here.lookingAt() && !cutsWord(text, here.end())) {
        longest = Math.max(longest, here.end() - at);
      }
    }
    return longest;
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

  private static List<Pattern> patterns(String section) {
    List<Pattern> patterns = new ArrayList<>();
    for (String file : FILES) {
      String current = "";
      for (String line : lines(file)) {
        if (line.startsWith("[")) {
          current = line;
        } else if (current.equals(section)) {
          patterns.add(Pattern.compile(line));
        }
      }
    }
    return List.copyOf(patterns);
  }

  /** The lines of a file beside this class that are neither blank nor remarks. */
  private static List<String> lines(String file) {
    try (InputStream stream =
            Objects.requireNonNull(QuestionFrame.class.getResourceAsStream(file), file);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
