package dev.zhiku.index.words;

import com.ibm.icu.text.Transliterator;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Traditional characters made simplified, phrases before single characters. The rules are ICU's;
 * its own engine applies them under one lock for the whole process and takes longer than everything
 * else that is done to a text, tokens included. Thread-safe.
 */
final class SimplifiedChinese {
  private static final String RULES = "Traditional-Simplified";
  private static final String BECOMES = " > ";
  private static final Rule[] NONE = {};

  /** By the first character of what is replaced; of several rules the first that fits counts. */
  private static final Rule[][] BY_FIRST = rules();

  private SimplifiedChinese() {}

  private record Rule(String from, String to) {}

  private static Rule[][] rules() {
    Rule[][] rules = new Rule[Character.MAX_VALUE + 1][];
    Arrays.fill(rules, NONE);
    Transliterator.getInstance(RULES)
        .toRules(false)
        .lines()
        .map(SimplifiedChinese::rule)
        .collect(Collectors.groupingBy(rule -> rule.from().charAt(0)))
        .forEach((first, all) -> rules[first] = all.toArray(NONE));
    return rules;
  }

  /** A line is {@code 於飛 > 于飞;}: none of these rules has a context, a class or a variable. */
  private static Rule rule(String line) {
    int becomes = line.indexOf(BECOMES);
    if (becomes < 1 || !line.endsWith(";")) {
      throw new IllegalStateException("a rule of " + RULES + " is not plain: " + line);
    }
    String to = line.substring(becomes + BECOMES.length(), line.length() - 1);
    return new Rule(line.substring(0, becomes), to);
  }

  static String of(String text) {
    StringBuilder simplified = new StringBuilder(text.length());
    int from = 0;
    for (int i = 0; i < text.length(); ) {
      Rule rule = ruleAt(text, i);
      if (rule == null) {
        i++;
      } else {
        simplified.append(text, from, i).append(rule.to());
        i += rule.from().length();
        from = i;
      }
    }
    return from == 0 ? text : simplified.append(text, from, text.length()).toString();
  }

  private static @Nullable Rule ruleAt(String text, int at) {
    for (Rule rule : BY_FIRST[text.charAt(at)]) {
      if (text.startsWith(rule.from(), at)) {
        return rule;
      }
    }
    return null;
  }
}
