package dev.zhiku.generators.extractive;

import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.chat.Turn;
import dev.zhiku.answering.question.QuestionWords;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a follow-up asks for that the question before it did not: where it was put together from
 * both ("what is the main course on Monday? And on Wednesday?"), its own words choose. Pure.
 */
final class FollowedUp {
  /** Share of the words of the question before that is in one put together from both. */
  private static final double JOINED = 0.6;

  private FollowedUp() {}

  /** None where the question stands by itself. */
  static Set<String> news(Prompt prompt) {
    Optional<String> before =
        prompt.history().reversed().stream()
            .filter(turn -> turn.role() == Turn.Role.USER)
            .map(Turn::content)
            .findFirst();
    if (before.isEmpty()) {
      return Set.of();
    }
    Set<String> asked = new LinkedHashSet<>(QuestionWords.of(prompt.question()));
    Set<String> said = QuestionWords.of(before.get());
    long kept = said.stream().filter(asked::contains).count();
    asked.removeAll(said);
    return kept >= JOINED * said.size() ? asked : Set.of();
  }
}
