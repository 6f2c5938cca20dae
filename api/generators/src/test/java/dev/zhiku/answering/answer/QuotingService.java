package dev.zhiku.answering.answer;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.search.Retriever;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.generators.extractive.ExtractiveBackend;
import dev.zhiku.index.Filter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/** An answer service over a library, which quotes where its generator fails. */
final class QuotingService {
  private QuotingService() {}

  /**
   * A new service.
   *
   * @param waiting questions that may wait for the generator
   */
  static AnswerService over(Library library, ChatBackend backend, int waiting) {
    Retriever retriever =
        new Retriever(library.index, library.embedders, SearchConfig.DEFAULT, new Semaphore(2));
    return new AnswerService(
        retriever,
        backend,
        quoting(),
        new Prompt.Limits(256, 256, Duration.ofSeconds(10)),
        SupportRule.NONE,
        waiting,
        StandingWarnings.NONE,
        AnswerMeter.NONE);
  }

  static ExtractiveBackend quoting() {
    return new ExtractiveBackend(new Semaphore(1));
  }

  /** A question of an English client for an answer from all documents. */
  static Question question(String text) {
    return new Question(
        text, 6, Question.Mode.ANSWER, false, new Filter.All(), List.of(), Locale.ENGLISH);
  }
}
