package dev.zhiku.index.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.index.onnx.EmbeddingWorkers.Urgency;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EmbeddingWorkersTest {
  private final EmbeddingWorkers workers = new EmbeddingWorkers(1, 1);
  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void releaseAndClose() {
    release.countDown();
    workers.close();
  }

  @Test
  void results_come_in_the_order_of_the_tasks() throws InterruptedException {
    List<Callable<Integer>> tasks = List.of(() -> 1, () -> 2, () -> 3);
    assertThat(workers.run(Urgency.PASSAGE, tasks)).containsExactly(1, 2, 3);
  }

  @Test
  void a_question_waits_for_no_passage() throws Exception {
    FutureTask<Object> passages =
        submit(Urgency.PASSAGE, List.of(this::block, () -> "second passage"));
    running.await();
    assertThat(workers.run(Urgency.QUESTION, List.of(() -> "question"))).contains("question");
    assertThat(passages.isDone()).isFalse();
    release.countDown();
    passages.get();
  }

  @Test
  void passages_wait_for_one_another() throws Exception {
    FutureTask<Object> one = submit(Urgency.PASSAGE, List.of(this::block));
    running.await();
    FutureTask<Object> other = submit(Urgency.PASSAGE, List.of(() -> "other"));
    awaitWaiting(1);
    assertThat(other.isDone()).isFalse();
    release.countDown();
    one.get();
    assertThat(other.get()).isEqualTo(List.of("other"));
  }

  @Test
  void an_interrupt_ends_the_wait_and_drops_what_has_not_begun() throws Exception {
    AtomicInteger begun = new AtomicInteger();
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    workers.run(Urgency.PASSAGE, List.of(this::block, begun::incrementAndGet));
                  } catch (InterruptedException e) {
                    interrupted.countDown();
                  }
                });
    running.await();
    caller.interrupt();
    assertThat(interrupted.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(workers.waiting()).isZero();
    release.countDown();
    workers.run(Urgency.PASSAGE, List.of(() -> 0));
    assertThat(begun).hasValue(0);
  }

  @Test
  void a_failure_reaches_the_caller_and_drops_what_has_not_begun() throws InterruptedException {
    AtomicInteger begun = new AtomicInteger();
    Callable<Integer> fails =
        () -> {
          throw new IllegalStateException("broken");
        };
    Callable<Integer> runs =
        () -> {
          block();
          return 0;
        };
    List<Callable<Integer>> tasks = new ArrayList<>(List.of(fails, runs));
    tasks.addAll(Collections.nCopies(1_000, begun::incrementAndGet));
    assertThatThrownBy(() -> workers.run(Urgency.PASSAGE, tasks))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("broken");
    release.countDown();
    workers.run(Urgency.PASSAGE, List.of(() -> 0));
    assertThat(begun).hasValue(0);
  }

  @Test
  void the_last_owner_ends_the_threads() throws InterruptedException {
    EmbeddingWorkers shared = new EmbeddingWorkers(1, 2);
    shared.close();
    assertThat(shared.run(Urgency.PASSAGE, List.of(() -> 1))).containsExactly(1);
    shared.close();
    assertThatThrownBy(() -> shared.run(Urgency.PASSAGE, List.of(() -> 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void a_pool_without_workers_is_refused() {
    assertThatThrownBy(() -> new EmbeddingWorkers(0, 1)).hasMessageContaining("at least 1");
  }

  private Object block() throws InterruptedException {
    running.countDown();
    release.await();
    return "released";
  }

  private FutureTask<Object> submit(Urgency urgency, List<Callable<Object>> tasks) {
    FutureTask<Object> call = new FutureTask<>(() -> workers.run(urgency, tasks));
    Thread.ofVirtual().start(call);
    return call;
  }

  private void awaitWaiting(int tasks) throws InterruptedException {
    while (workers.waiting() < tasks) {
      Thread.sleep(1);
    }
  }
}
