package dev.zhiku.server.people;

import dev.zhiku.answering.answer.AnswerEvent;
import dev.zhiku.answering.answer.AnswerMeter;
import dev.zhiku.answering.answer.AnswerService;
import dev.zhiku.answering.answer.Answerer;
import dev.zhiku.answering.answer.Question;
import dev.zhiku.answering.answer.StandingWarnings;
import dev.zhiku.answering.answer.SupportRule;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.search.Retriever;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.generators.extractive.ExtractiveBackend;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.server.http.TestServer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Answers from the index of a server, once there is one. */
final class LibraryAnswers implements Answerer {
  private volatile @Nullable Answerer service;

  /** Answers from this server's index from now on. */
  void from(TestServer server) {
    Semaphore cores = new Semaphore(2);
    service =
        new AnswerService(
            new Retriever(
                server.index, Embedders.single(server.embedder), SearchConfig.DEFAULT, cores),
            new ExtractiveBackend(cores),
            new ExtractiveBackend(cores),
            new Prompt.Limits(1_024, 4_096, Duration.ofMinutes(1)),
            SupportRule.NONE,
            4,
            StandingWarnings.NONE,
            AnswerMeter.NONE);
  }

  @Override
  public void requirePlace(Scope scope) {}

  @Override
  public void answer(Question question, Scope scope, Consumer<? super AnswerEvent> sink)
      throws InterruptedException {
    Answerer now = service;
    if (now != null) {
      now.answer(question, scope, sink);
    }
  }
}
