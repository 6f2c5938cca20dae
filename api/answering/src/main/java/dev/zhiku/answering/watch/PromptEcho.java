package dev.zhiku.answering.watch;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model writes that only its prompt may hold: fences of passages, marks of roles, and a
 * question of its own with its answer. Used by one thread.
 */
final class PromptEcho {
  private static final List<String> MARKS =
      List.of(
          "<passage",
          "</passage",
          "‹passage",
          "‹/passage",
          "<|",
          "<｜",
          "‹|",
          "### user:",
          "### assistant:",
          "### system:",
          "[webpage ",
          "</s>",
          "<s>",
          "[inst]",
          "[/inst]",
          "<start_of_turn>",
          "<end_of_turn>");

  private static final int LONGEST = 16;

  /** A question in the answer, and the answer to it. */
  private static final Pattern ASKED =
      Pattern.compile(
          "\\n\\s*(?:\\*\\*)?(?:question|q|user|human|问题|问|提问|用户)\\s*\\d{0,3}(?:\\*\\*)?\\s*[:：][^\\n]*"
              + "\\n+\\s*(?:\\*\\*)?(?:answer|a|assistant|答案|回答|答|助手)\\s*\\d{0,3}(?:\\*\\*)?\\s*[:：]",
          Pattern.CASE_INSENSITIVE);

  private final StringBuilder text = new StringBuilder();

  /** How many characters of the text stand before an echo, once there is one. */
  OptionalInt add(String part) {
    int from = Math.max(0, text.length() - LONGEST);
    text.append(part);
    String lower = text.substring(from).toLowerCase(Locale.ROOT);
    OptionalInt mark = MARKS.stream().mapToInt(lower::indexOf).filter(at -> at >= 0).min();
    if (mark.isPresent()) {
      return OptionalInt.of(from + mark.getAsInt());
    }
    Matcher asked = ASKED.matcher(text);
    boolean found = part.indexOf(':') >= 0 || part.indexOf('：') >= 0;
    if (!found || !asked.find() || isOfQuestions(asked.start())) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(asked.start());
  }

  /** An answer that begins with a question is a list of them. */
  private boolean isOfQuestions(int before) {
    String begun = text.substring(0, before).strip();
    return begun.isEmpty() || begun.endsWith(":") || begun.endsWith("：") || begun.contains("?\n");
  }

  /** How many characters at the end may be the beginning of a mark. */
  int begun() {
    for (int length = Math.min(LONGEST, text.length()); length > 0; length--) {
      String end = text.substring(text.length() - length).toLowerCase(Locale.ROOT);
      if (MARKS.stream().anyMatch(mark -> mark.startsWith(end))) {
        return length;
      }
    }
    return 0;
  }
}
