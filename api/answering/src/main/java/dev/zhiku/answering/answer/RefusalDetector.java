package dev.zhiku.answering.answer;

import java.util.regex.Pattern;

/**
 * Whether a model's answer is that it has none: by the word that it was told to say, or, where it
 * cites nothing, by what models say instead. Pure.
 */
final class RefusalDetector {
  /** What a model is told to reply when the passages do not answer. */
  static final String WORD = "NO_ANSWER";

  /** Longer texts say more than that. */
  private static final int LONGEST = 400;

  private static final Pattern SAID =
      Pattern.compile(
          "(?is).*\\b(do|does|did) not (contain|mention|provide|answer|specify|state|include)\\b.*"
              + "|.*\\b(no (relevant )?(information|mention|evidence)|(cannot|can't|unable to) (be )?(answer|determine|find|say))\\b.*"
              + "|.*(没有|未|并未|无)(提到|提及|说明|包含|涉及|给出|提供|相关).*|.*无法(回答|确定|从|根据|判断|得知).*");

  private static final Pattern CITES = Pattern.compile("(?s).*\\[\\d{1,3}].*");

  private RefusalDetector() {}

  /** Of a whole answer. */
  static boolean isSaidIn(String answer) {
    String bare = answer.replaceAll("^[\\s*`\"“'#>-]+", "");
    return bare.startsWith(WORD)
        || (answer.length() <= LONGEST
            && !CITES.matcher(answer).matches()
            && SAID.matcher(answer).matches());
  }

  /** Whether an answer that begins so may still be the word and nothing else. */
  static boolean mayBegin(String begun) {
    String bare = begun.replaceAll("^[\\s*`\"“'#>-]+", "");
    return bare.length() < WORD.length() ? WORD.startsWith(bare) : bare.startsWith(WORD);
  }
}
