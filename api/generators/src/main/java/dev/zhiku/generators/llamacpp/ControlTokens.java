package dev.zhiku.generators.llamacpp;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes their power from the control tokens of one model's vocabulary, wherever they stand in a
 * text: what begins like one is no longer one, and reads the same. Thread-safe.
 */
final class ControlTokens {
  private static final String ZERO_WIDTH_SPACE = "\u200B";

  private final Pattern tokens;

  ControlTokens(List<String> tokens) {
    this.tokens =
        Pattern.compile(
            tokens.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
  }

  String neutralised(String text) {
    return tokens.pattern().isEmpty()
        ? text
        : tokens.matcher(text).replaceAll(m -> Matcher.quoteReplacement(broken(m.group())));
  }

  private static String broken(String token) {
    String rest = token.substring(1);
    return switch (token.charAt(0)) {
      case '<' -> "‹" + rest;
      case '[' -> "〔" + rest;
      default -> token.charAt(0) + ZERO_WIDTH_SPACE + rest;
    };
  }
}
