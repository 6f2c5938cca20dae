package dev.zhiku.generators.dialogue;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells reasoning from answer in text that marks reasoning with {@code <think>}, however the tags
 * are cut into pieces, nested, or left out at the beginning (the templates of DeepSeek R1 write the
 * first one into the prompt). Used by one thread.
 */
final class ReasoningTags {
  private static final Pattern TAG =
      Pattern.compile("<(/?)think(?:ing)?>", Pattern.CASE_INSENSITIVE);
  private static final Pattern REASONED =
      Pattern.compile("(?is)^\\s*(?:<think(?:ing)?>)?.*</think(?:ing)?>\\s*|<think(?:ing)?>.*$");
  private static final String[] TAGS = {"<think>", "</think>", "<thinking>", "</thinking>"};
  private static final int LONGEST_TAG = "</thinking>".length();

  /** Gets what was told apart, in order. */
  interface Out {
    void text(String part);

    void reasoning(String part);

    /** All text so far was reasoning: its opening tag was left out. */
    void textWasReasoning();

    /** All reasoning so far was the answer: the model did not think although it usually does. */
    void reasoningWasText();

    /** The last characters of the reasoning are the answer: an inner tag was never closed. */
    void endOfReasoningWasText(String end);
  }

  private final Out out;
  private final StringBuilder sinceClosed = new StringBuilder();
  private String held = "";
  private int depth;
  private boolean opensSilently;
  private boolean closed;
  private boolean trimming = true;
  private boolean anyText;

  /**
   * @param opensSilently whether this model begins with reasoning and leaves the tag out
   */
  ReasoningTags(boolean opensSilently, Out out) {
    this.opensSilently = opensSilently;
    this.depth = opensSilently ? 1 : 0;
    this.out = out;
  }

  /** The next characters, cut anywhere. */
  void add(String piece) {
    String text = held + piece;
    Matcher tag = TAG.matcher(text);
    int at = 0;
    while (tag.find()) {
      hand(text.substring(at, tag.start()));
      if (tag.group(1).isEmpty()) {
        opened();
      } else {
        closed();
      }
      at = tag.end();
    }
    int safe = text.length() - cutTag(text.substring(at));
    hand(text.substring(at, safe));
    held = text.substring(safe);
  }

  /**
   * There is no more.
   *
   * @param finished whether the model ended by itself
   */
  void end(boolean finished) {
    hand(held);
    held = "";
    if (depth == 0 || anyText) {
      return;
    }
    if (opensSilently && finished) {
      out.reasoningWasText();
    } else if (closed && !sinceClosed.toString().isBlank()) {
      out.endOfReasoningWasText(sinceClosed.toString());
    }
  }

  /** What of an earlier answer may be said again. */
  static String withoutReasoning(String text) {
    return REASONED.matcher(text).replaceAll("").strip();
  }

  private void opened() {
    if (opensSilently && trimming) {
      opensSilently = false;
    } else {
      depth++;
    }
    trimming = true;
  }

  private void closed() {
    opensSilently = false;
    if (depth == 0) {
      out.textWasReasoning();
      anyText = false;
    } else {
      depth--;
    }
    closed = true;
    sinceClosed.setLength(0);
    trimming = true;
  }

  private void hand(String part) {
    String rest = trimming ? part.stripLeading() : part;
    if (rest.isEmpty()) {
      return;
    }
    trimming = false;
    if (depth > 0) {
      sinceClosed.append(rest);
      out.reasoning(rest);
    } else {
      anyText = true;
      out.text(rest);
    }
  }

  /** How many characters at the end may be the beginning of a tag. */
  private static int cutTag(String text) {
    for (int length = Math.min(LONGEST_TAG, text.length()); length > 0; length--) {
      String end = text.substring(text.length() - length).toLowerCase(Locale.ROOT);
      for (String tag : TAGS) {
        if (tag.startsWith(end)) {
          return length;
        }
      }
    }
    return 0;
  }
}
