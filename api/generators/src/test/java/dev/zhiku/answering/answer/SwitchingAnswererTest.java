package dev.zhiku.answering.answer;

import static dev.zhiku.answering.answer.QuotingService.question;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.AnswerEvent.Answered;
import dev.zhiku.answering.answer.AnswerEvent.Retrieved;
import dev.zhiku.answering.answer.AnswerEvent.Text;
import dev.zhiku.answering.answer.ScriptedChatBackend.Step;
import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.GenerationResult;
import dev.zhiku.answering.chat.ModelDescription;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.search.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class SwitchingAnswererTest {
  private static final String QUESTION = "How often does the cooling pump need oil?";

  private final Library library = new Library();
  private final List<AnswerEvent> events = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void fill_the_library() {
    library.add("manual.txt", "The cooling pump needs oil every month.");
  }

  @Test
  void whoever_is_being_answered_ends_with_the_generator_they_began_with() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    Closing before =
        new Closing(
            new ScriptedChatBackend(
                List.of(
                    new Step.Say(new Piece.Text("The pump needs oil ")),
                    new Step.Wait(goOn),
                    new Step.Say(new Piece.Text("every month [1].")))));
    Closing after = new Closing(ScriptedChatBackend.saying("Oil is needed every month [1]."));
    try (SwitchingAnswerer answers =
        new SwitchingAnswerer(before, backend -> QuotingService.over(library, backend, 5))) {
      BlockingQueue<AnswerEvent> first = new LinkedBlockingQueue<>();
      Thread asker =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      answers.answer(question(QUESTION), Scope.LOCAL, first::add);
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
      assertThat(first.poll(60, TimeUnit.SECONDS)).isInstanceOf(Retrieved.class);
      assertThat(first.poll(60, TimeUnit.SECONDS)).isInstanceOf(Text.class);

      answers.exchange(after);
      answers.answer(question(QUESTION), Scope.LOCAL, events::add);

      assertThat(((Answered) events.getLast()).answer().text())
          .hasValue("Oil is needed every month [1].");
      assertThat(answers.backend()).isSameAs(after);
      assertThat(before.closed.getCount()).isEqualTo(1);
      goOn.countDown();
      asker.join();
      List<AnswerEvent> rest = new ArrayList<>(first);
      assertThat(((Answered) rest.getLast()).answer().text())
          .hasValue("The pump needs oil every month [1].");
      assertThat(before.closed.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(after.closed.getCount()).isEqualTo(1);
    }
    assertThat(after.closed.getCount()).isZero();
  }

  /** Says when it is closed. */
  private static final class Closing implements ChatBackend {
    private final ChatBackend inner;
    private final CountDownLatch closed = new CountDownLatch(1);

    Closing(ChatBackend inner) {
      this.inner = inner;
    }

    @Override
    public ModelDescription model() {
      return inner.model();
    }

    @Override
    public Health health() {
      return inner.health();
    }

    @Override
    public int countTokens(String text) {
      return inner.countTokens(text);
    }

    @Override
    public boolean countsReliably() {
      return inner.countsReliably();
    }

    @Override
    public GenerationResult generate(Prompt prompt, Consumer<? super Piece> sink)
        throws InterruptedException {
      return inner.generate(prompt, sink);
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
