package dev.zhiku.answering.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class SearchTurnsTest {
  @Test
  void a_client_with_many_searches_has_few_on_their_way_and_others_go_ahead() throws Exception {
    SearchTurns turns = new SearchTurns();
    Semaphore begun = new Semaphore(0);
    Semaphore end = new Semaphore(0);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Thread> many = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      many.add(
          Thread.startVirtualThread(
              () -> {
                try {
                  turns.take(
                      "greedy",
                      () -> {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        begun.release();
                        end.acquire();
                        return now.decrementAndGet();
                      });
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              }));
    }
    begun.acquire(SearchTurns.OF_CLIENT);

    assertThat(turns.<String>take("other", () -> "found")).isEqualTo("found");
    end.release(many.size());
    for (Thread one : many) {
      one.join();
    }
    assertThat(most.get()).isEqualTo(SearchTurns.OF_CLIENT);
  }
}
