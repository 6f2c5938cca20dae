package dev.zhiku.answering.question;

import dev.zhiku.index.words.SearchText;
import java.util.List;

/**
 * What stands around a question and is no part of it: a greeting, a request to look something up,
 * an instruction about the form of the answer. The words it is told by are in one file a language.
 * Pure.
 */
public final class QuestionFrame {
  private static final List<String> FILES = List.of("frames_zh.txt", "frames_en.txt");
  private static final String STOPS = "?!.\u3002";
  private static final String JOINS = " ,;:";
  private static final String INTRODUCES = ",:";
  private static final Phrases SAYING = Phrases.of(FILES, "[says]");
  private static final Phrases NAMING_SOURCE = Phrases.of(FILES, "[from]");
  private static final Phrases ACCOMPANYING = Phrases.of(FILES, "[with]");

  private QuestionFrame() {}

  /**
   * The question without its frame; as it is where it has none, or where nothing would be left. Of
   * a text that is normalised in another length, the normalised text.
   */
  public static String without(String question) {
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

  /** Length of the phrase of a frame that stands here; 0 for none. */
  public static int phrase(String normalized, int at) {
    int to = normalized.length();
    int saying = SAYING.longest(normalized, at, to);
    return Math.max(saying, ACCOMPANYING.longest(normalized, at, to));
  }

  /** Where the question itself begins, after the last phrase that asks for an answer. */
  private static int lead(String text, int from, int to) {
    int at = Phrases.afterSeparators(text, from, to);
    int begins = from;
    boolean named = false;
    while (at < to) {
      int saying = SAYING.longest(text, at, to);
      int naming = NAMING_SOURCE.longest(text, at, to);
      int length = Math.max(Math.max(saying, naming), ACCOMPANYING.longest(text, at, to));
      if (length == 0) {
        break;
      }
      named |= naming == length;
      int next = Phrases.afterSeparators(text, at + length, to);
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
      boolean cut = Phrases.isSeparator(text.charAt(at));
      if (cut && at + 1 < end && lead(text, at + 1, end) >= end) {
        end = STOPS.indexOf(text.charAt(at)) >= 0 ? at + 1 : at;
      }
    }
    while (end < text.length() && end > start && JOINS.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end;
  }

  private static boolean hasAny(String signs, String text, int from, int to) {
    return text.substring(from, to).chars().anyMatch(c -> signs.indexOf(c) >= 0);
  }
}
