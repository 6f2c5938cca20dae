package dev.zhiku.api.answer;

import dev.zhiku.api.documents.Places;
import dev.zhiku.api.search.Found;
import dev.zhiku.index.embedding.Language;
import java.util.ArrayList;
import java.util.List;

/** Plans what is put before a generator, within its context. Thread-safe. */
final class PromptWriter {
  /** Tokens around a passage: its number, its title's frame. */
  private static final int FRAME_TOKENS = 16;

  private final ChatBackend backend;
  private final Prompt.Limits limits;

  PromptWriter(ChatBackend backend, Prompt.Limits limits) {
    this.backend = backend;
    this.limits = limits;
  }

  /**
   * A prompt that fits.
   *
   * @param tokens planned for the prompt
   */
  record Plan(Prompt prompt, int tokens) {}

  /** As many of the passages as fit beside question and answer, best first. */
  Plan plan(Question question, String standalone, List<Found> found) {
    String system = AnswerTexts.system(Language.of(question.text()));
    int room = backend.model().contextTokens() - reserved(question);
    int used = backend.countTokens(system) + backend.countTokens(standalone);
    List<Prompt.Source> sources = new ArrayList<>();
    for (Found passage : found) {
      Prompt.Source source = source(sources.size() + 1, passage);
      int tokens =
          FRAME_TOKENS + backend.countTokens(source.title()) + backend.countTokens(source.text());
      if (used + tokens > room) {
        break;
      }
      used += tokens;
      sources.add(source);
    }
    return new Plan(prompt(question, system, standalone, sources), used);
  }

  /** An answer takes at most half of a small context. */
  private int reserved(Question question) {
    int wanted = limits.answerTokens() + (question.reasoning() ? limits.reasoningTokens() : 0);
    return Math.min(wanted, backend.model().contextTokens() / 2);
  }

  private Prompt prompt(
      Question question, String system, String standalone, List<Prompt.Source> sources) {
    return new Prompt(
        system, question.conversation(), standalone, sources, question.reasoning(), limits);
  }

  private static Prompt.Source source(int number, Found found) {
    return new Prompt.Source(
        number,
        Places.title(found.document(), found.passage().location()),
        found.passage().text(),
        found.score());
  }
}
