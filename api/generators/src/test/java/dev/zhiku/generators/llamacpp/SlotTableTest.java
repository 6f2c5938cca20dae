package dev.zhiku.generators.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class SlotTableTest {
  private final SlotTable table = new SlotTable(2);

  @Test
  void a_follow_up_gets_the_slot_that_read_its_beginning() throws Exception {
    int first = read(conversation(1, 100));
    int second = read(conversation(2, 100));

    assertThat(second).as("another conversation leaves the first alone").isNotEqualTo(first);
    assertThat(read(conversation(1, 120))).isEqualTo(first);
    assertThat(read(conversation(2, 130))).isEqualTo(second);
    assertThat(read(conversation(1, 140))).isEqualTo(first);
  }

  @Test
  void what_is_remembered_of_a_prompt_need_not_be_read() throws Exception {
    read(conversation(1, 100));

    try (SlotTable.Lease lease = table.take(conversation(1, 120), () -> false).orElseThrow()) {
      assertThat(lease.read()).isEqualTo(100);
    }
  }

  @Test
  void a_prompt_that_was_given_up_is_remembered_as_far_as_it_was_read() throws Exception {
    try (SlotTable.Lease lease = table.take(conversation(1, 100), () -> false).orElseThrow()) {
      lease.hasRead(40);
    }

    try (SlotTable.Lease lease = table.take(conversation(1, 100), () -> false).orElseThrow()) {
      assertThat(lease.read()).isEqualTo(40);
    }
  }

  @Test
  void a_stranger_gets_the_slot_that_was_free_for_longest() throws Exception {
    int first = read(conversation(1, 100));
    int second = read(conversation(2, 100));

    assertThat(read(conversation(3, 100))).isEqualTo(first);
    assertThat(read(conversation(4, 100))).isEqualTo(second);
  }

  @Test
  void whoever_waits_gets_the_next_free_slot_and_whoever_is_unwanted_stops_waiting()
      throws Exception {
    SlotTable.Lease one = table.take(conversation(1, 10), () -> false).orElseThrow();
    SlotTable.Lease two = table.take(conversation(2, 10), () -> false).orElseThrow();
    CountDownLatch got = new CountDownLatch(1);
    Thread.startVirtualThread(
        () -> {
          try {
            table.take(conversation(3, 10), () -> false).ifPresent(lease -> got.countDown());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });

    assertThat(table.take(conversation(4, 10), () -> true)).isEmpty();
    assertThat(got.getCount()).isEqualTo(1);
    one.close();
    assertThat(got.await(60, TimeUnit.SECONDS)).isTrue();
    two.close();
  }

  private int read(int[] prompt) throws InterruptedException {
    try (SlotTable.Lease lease = table.take(prompt, () -> false).orElseThrow()) {
      lease.hasRead(prompt.length);
      return lease.number();
    }
  }

  /** All begin with the same ten tokens. */
  private static int[] conversation(int number, int length) {
    return IntStream.range(0, length).map(i -> i < 10 ? i : number * 10_000 + i).toArray();
  }
}
