package dev.zhiku.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.AnswerEvent;
import dev.zhiku.answering.answer.Answerer;
import dev.zhiku.answering.answer.GenerationOptions;
import dev.zhiku.answering.answer.Question;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.index.Filter;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.catalog.DocumentCatalog.QueueState;
import dev.zhiku.ingest.catalog.DocumentCatalog.SourceState;
import dev.zhiku.ingest.testing.InMemoryDocumentCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class AfterFirstReadingTest {
  private static final Duration LONG = Duration.ofMinutes(4);

  private final InMemoryDocumentCatalog catalog = new InMemoryDocumentCatalog();
  private final CountDownLatch answered = new CountDownLatch(1);

  private final Answerer answerer =
      new Answerer() {
        @Override
        public void requirePlace(Scope scope) {}

        @Override
        public void answer(Question question, Scope scope, Consumer<? super AnswerEvent> sink) {
          answered.countDown();
        }
      };

  @Test
  void a_question_waits_until_the_first_files_are_read() throws Exception {
    catalog.put(source(Optional.empty()));
    Thread asking = ask(Question.Mode.ANSWER, LONG, LONG);
    assertThat(isAnsweredWithin(Duration.ofMillis(300))).isFalse();
    catalog.queue(waiting(18, false));
    catalog.sources(List.of(source(Optional.of(Instant.EPOCH))));
    assertThat(isAnsweredWithin(Duration.ofMillis(300))).isFalse();
    catalog.queue(waiting(0, false));
    assertThat(isAnsweredWithin(LONG)).isTrue();
    asking.join();
  }

  @Test
  void an_empty_folder_that_was_looked_through_lets_nobody_wait() throws Exception {
    catalog.put(source(Optional.of(Instant.EPOCH)));
    ask(Question.Mode.ANSWER, LONG, LONG).join();
    assertThat(answered.getCount()).isZero();
  }

  @Test
  void more_than_a_few_files_are_not_waited_for() throws Exception {
    catalog.put(source(Optional.empty()));
    catalog.queue(waiting(AfterFirstReading.FEW + 1, false));
    ask(Question.Mode.ANSWER, LONG, LONG).join();
    assertThat(answered.getCount()).isZero();
  }

  @Test
  void nothing_is_waited_for_while_the_ingest_is_paused() throws Exception {
    catalog.put(source(Optional.empty()));
    catalog.queue(waiting(3, true));
    ask(Question.Mode.ANSWER, LONG, LONG).join();
    assertThat(answered.getCount()).isZero();
  }

  @Test
  void a_question_to_the_model_alone_does_not_wait() throws Exception {
    catalog.put(source(Optional.empty()));
    ask(Question.Mode.CHAT, LONG, LONG).join();
    assertThat(answered.getCount()).isZero();
  }

  @Test
  void a_question_waits_no_longer_than_it_may() throws Exception {
    catalog.put(source(Optional.empty()));
    ask(Question.Mode.ANSWER, Duration.ofMillis(1), LONG).join();
    assertThat(answered.getCount()).isZero();
  }

  @Test
  void when_the_time_for_it_is_over_none_waits() throws Exception {
    catalog.put(source(Optional.empty()));
    ask(Question.Mode.ANSWER, LONG, Duration.ofMillis(1)).join();
    assertThat(answered.getCount()).isZero();
  }

  @Test
  void a_catalogue_that_cannot_be_read_holds_nobody_up() throws Exception {
    catalog.away(true);
    ask(Question.Mode.ANSWER, LONG, LONG).join();
    assertThat(answered.getCount()).isZero();
  }

  private boolean isAnsweredWithin(Duration time) throws InterruptedException {
    return answered.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Thread ask(Question.Mode mode, Duration longest, Duration timeForIt) {
    Answerer waiting = AfterFirstReading.of(answerer, catalog, longest, timeForIt);
    Question question =
        new Question(
            "年假有几天？",
            4,
            mode,
            false,
            new Filter.All(),
            List.of(),
            Locale.CHINESE,
            GenerationOptions.NONE);
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                waiting.answer(question, Scope.LOCAL, event -> {});
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private static SourceState source(Optional<Instant> lastScan) {
    return new SourceState("knowledge", "/knowledge", true, false, Phrase.NONE, lastScan);
  }

  private static QueueState waiting(long files, boolean paused) {
    return new QueueState(files, 0, Optional.empty(), paused);
  }
}
