package dev.zhiku.answering.answer;

import dev.zhiku.answering.chat.Turn;
import dev.zhiku.answering.chat.Turn.Role;
import dev.zhiku.answering.question.QuestionWords;
import dev.zhiku.index.embedding.Language;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes a follow-up self-contained by a rule: a question that points back (那实习生呢？, "and for
 * part-timers?") is searched together with the question before it. The rule knows neither what a
 * pronoun stands for nor that a topic was changed in the same breath; other questions are taken as
 * they are. Pure.
 */
final class FollowUp {
  private static final Pattern POINTS_BACK =
      Pattern.compile(
          "(?i)^\\s*(那么?|那|还有|另外|以及|它|他|她|这个?|其|如果是|换成|(and|but|what about|how about|what if|or|also|then)\\b)"
              + ".*|.*呢\\s*[？?]?\\s*$|.*\\b(it|its|they|them|their|this|that|these|those|he|she|his|her)\\b.*",
          Pattern.DOTALL);

  /** Begins with what is asked and names nothing: 有哪些专业？, "which courses are there?". */
  private static final Pattern NAMES_NOTHING =
      Pattern.compile(
          "(?i)^\\s*(有哪些|有哪几|有几|有多少|多少|几|怎么|怎样|如何|什么|何时|在哪|哪|由?谁|找谁|为什么|为何|需要|要不要|能不能|能否|可否|是否|多久|多长|包括)"
              + ".*|(?!.*\\b(the|a|an|my|our|your)\\b)\\s*(which|what|how|when|where|who|why)\\b.*",
          Pattern.DOTALL);

  /** So short a question may leave out what the one before it said, in characters and in words. */
  private static final int SHORT_CHINESE = 12;

  private static final int SHORT_WORDS = 6;

  private FollowUp() {}

  /** Whether the question may need the conversation to be understood. */
  static boolean mayPointBack(Question question) {
    boolean asked = question.conversation().stream().anyMatch(turn -> turn.role() == Role.USER);
    return asked && (POINTS_BACK.matcher(question.text()).matches() || isShort(question.text()));
  }

  private static boolean leavesOut(String text) {
    return POINTS_BACK.matcher(text).matches()
        || (isShort(text)
            && NAMES_NOTHING.matcher(text).matches()
            && QuestionWords.carrying(text).size() <= 1);
  }

  private static boolean isShort(String text) {
    return Language.of(text) == Language.CHINESE
        ? text.codePointCount(0, text.length()) <= SHORT_CHINESE
        : text.split("\\s+", -1).length <= SHORT_WORDS;
  }

  /** The question to search for. */
  static String standalone(Question question) {
    List<Turn> asked =
        question.conversation().stream().filter(turn -> turn.role() == Role.USER).toList();
    if (asked.isEmpty() || !leavesOut(question.text())) {
      return question.text();
    }
    String before = asked.getLast().content().strip();
    return within(before + " " + question.text());
  }

  /** The end counts: it is what was asked last. */
  private static String within(String text) {
    int length = text.codePointCount(0, text.length());
    return length <= Question.MAX_CHARS
        ? text
        : text.substring(text.offsetByCodePoints(0, length - Question.MAX_CHARS));
  }
}
