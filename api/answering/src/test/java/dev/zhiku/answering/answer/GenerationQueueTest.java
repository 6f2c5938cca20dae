package dev.zhiku.answering.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class GenerationQueueTest {
  @Test
  void a_free_slot_is_taken_without_being_queued() throws Exception {
    List<Integer> positions = new ArrayList<>();
    GenerationQueue queue = new GenerationQueue(1, 1);

    try (GenerationQueue.Place place = queue.enter("one")) {
      place.awaitTurn(positions::add);
    }

    assertThat(positions).isEmpty();
  }

  @Test
  void one_too_many_is_refused_at_once_and_a_place_given_back_is_free_again() {
    GenerationQueue queue = new GenerationQueue(1, 1);
    GenerationQueue.Place first = queue.enter("one");
    queue.enter("one");

    assertThatThrownBy(() -> queue.enter("one"))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.code()).isEqualTo(ProblemCode.QUEUE_FULL));
    first.close();
    queue.enter("one").close();
  }

  @Test
  void one_who_asks_without_end_leaves_places_for_others() {
    GenerationQueue queue = new GenerationQueue(2, 64);
    int taken = 0;
    for (int i = 0; i < 150; i++) {
      taken += enters(queue, "greedy") ? 1 : 0;
    }

    assertThat(taken).isEqualTo(66);
    for (int i = 0; i < 8; i++) {
      queue.requirePlace("other " + i);
      for (int question = 0; question < 4; question++) {
        assertThat(enters(queue, "other " + i)).isTrue();
      }
    }
    assertThat(enters(queue, "one more")).isFalse();
    assertThatThrownBy(() -> queue.requirePlace("one more")).isInstanceOf(Problem.class);
  }

  private static boolean enters(GenerationQueue queue, String client) {
    try {
      queue.enter(client);
      return true;
    } catch (Problem full) {
      assertThat(full.code()).isEqualTo(ProblemCode.QUEUE_FULL);
      return false;
    }
  }

  @Test
  void those_who_wait_are_told_their_position_and_served_in_order() throws Exception {
    GenerationQueue queue = new GenerationQueue(1, 2);
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    GenerationQueue.Place first = queue.enter("one");
    first.awaitTurn(position -> told.add("first " + position));
    Thread second = waiter(queue, "second", told);
    Thread third = waiter(queue, "third", told);

    first.close();
    second.join();
    third.join();

    assertThat(told).startsWith("second 1", "third 2").endsWith("third is served");
    assertThat(told.indexOf("second is served")).isBetween(2, told.indexOf("third is served"));
  }

  @Test
  void whoever_waits_is_told_again_when_the_line_has_moved() throws Exception {
    GenerationQueue queue = new GenerationQueue(1, 3);
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    GenerationQueue.Place first = queue.enter("one");
    first.awaitTurn(position -> {});
    Thread second = waiter(queue, "second", told);
    Thread third = waiter(queue, "third", told);
    Thread fourth = waiter(queue, "fourth", told);

    second.interrupt();
    second.join();
    awaitTold(told, "third 1");
    awaitTold(told, "fourth 2");
    first.close();
    third.join();
    fourth.join();

    assertThat(told)
        .contains("fourth 3", "fourth 2", "third 1")
        .doesNotHaveDuplicates()
        .endsWith("fourth is served");
  }

  @Test
  void nobody_overtakes_however_many_wait() throws Exception {
    GenerationQueue queue = new GenerationQueue(1, 40);
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    GenerationQueue.Place first = queue.enter("one");
    first.awaitTurn(position -> {});
    List<Thread> threads = new ArrayList<>();
    List<String> served = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      threads.add(waiter(queue, "waiter-" + i, told));
      served.add("waiter-" + i + " is served");
    }

    first.close();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(told.stream().filter(line -> line.endsWith("served"))).isEqualTo(served);
  }

  @Test
  void a_client_that_asks_much_at_once_delays_others_by_one_question_of_its_own() throws Exception {
    GenerationQueue queue = new GenerationQueue(1, 9);
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    GenerationQueue.Place first = queue.enter("script");
    first.awaitTurn(position -> {});
    List<Thread> threads = new ArrayList<>();
    for (String name : List.of("script-2", "script-3", "script-4")) {
      threads.add(waiter(queue, "script", name, told));
    }
    threads.add(waiter(queue, "person", "person-1", told));
    threads.add(waiter(queue, "other", "other-1", told));
    threads.add(waiter(queue, "person", "person-2", told));

    assertThat(told).contains("person-1 1", "other-1 2", "person-2 4");
    awaitTold(told, "script-4 6");
    first.close();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(told.stream().filter(line -> line.endsWith("served")))
        .containsExactly(
            "person-1 is served",
            "other-1 is served",
            "script-2 is served",
            "person-2 is served",
            "script-3 is served",
            "script-4 is served");
  }

  @Test
  void nobody_pays_for_what_was_asked_while_nobody_waited() throws Exception {
    GenerationQueue queue = new GenerationQueue(1, 3);
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 5; i++) {
      try (GenerationQueue.Place alone = queue.enter("script")) {
        alone.awaitTurn(position -> {});
      }
    }
    GenerationQueue.Place first = queue.enter("person");
    assertThat(first.tryTurn()).isTrue();
    Thread script = waiter(queue, "script", "script", told);
    Thread person = waiter(queue, "person", "person", told);

    first.close();
    script.join();
    person.join();

    assertThat(told).containsSubsequence("script is served", "person is served");
  }

  @Test
  void the_refusal_says_when_to_come_again() {
    GenerationQueue queue = new GenerationQueue(1, 1);
    queue.enter("one");
    queue.enter("one");

    assertThatThrownBy(() -> queue.enter("one"))
        .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.values()).containsExactly(5));
  }

  @Test
  void a_waiter_that_is_interrupted_leaves_the_line_to_the_next() throws Exception {
    GenerationQueue queue = new GenerationQueue(1, 2);
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    GenerationQueue.Place first = queue.enter("one");
    first.awaitTurn(position -> {});
    Thread second = waiter(queue, "second", told);
    Thread third = waiter(queue, "third", told);

    second.interrupt();
    second.join();
    first.close();
    third.join();

    assertThat(told).contains("third is served").doesNotContain("second is served");
  }

  @Test
  void never_more_generate_at_once_than_there_are_slots() throws Exception {
    GenerationQueue queue = new GenerationQueue(2, 30);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      threads.add(
          Thread.startVirtualThread(
              () -> {
                try (GenerationQueue.Place place = queue.enter("one")) {
                  place.awaitTurn(position -> {});
                  most.accumulateAndGet(now.incrementAndGet(), Math::max);
                  now.decrementAndGet();
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(most.get()).isBetween(1, 2);
  }

  private static void awaitTold(List<String> told, String line) throws InterruptedException {
    while (!told.contains(line)) {
      Thread.sleep(5);
    }
  }

  /** Returns once the waiter is in line. */
  private static Thread waiter(GenerationQueue queue, String name, List<String> told)
      throws InterruptedException {
    return waiter(queue, "one", name, told);
  }

  private static Thread waiter(GenerationQueue queue, String client, String name, List<String> told)
      throws InterruptedException {
    CountDownLatch inLine = new CountDownLatch(1);
    Thread thread =
        Thread.startVirtualThread(
            () -> {
              try (GenerationQueue.Place place = queue.enter(client)) {
                place.awaitTurn(
                    position -> {
                      told.add(name + " " + position);
                      inLine.countDown();
                    });
                told.add(name + " is served");
              } catch (InterruptedException e) {
                inLine.countDown();
              }
            });
    assertThat(inLine.await(60, TimeUnit.SECONDS)).isTrue();
    return thread;
  }
}
