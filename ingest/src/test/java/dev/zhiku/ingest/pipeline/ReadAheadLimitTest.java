package dev.zhiku.ingest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReadAheadLimitTest {
  private static final int LONGEST = 10;
  private final ReadAheadLimit ahead = new ReadAheadLimit(2 * LONGEST, LONGEST);

  private CompletableFuture<Boolean> another() {
    return CompletableFuture.supplyAsync(
        () -> {
          try (ReadAheadLimit.Share share = ahead.enter()) {
            share.shrinkTo(1);
            return true;
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
          }
        });
  }

  @Test
  void texts_whose_length_is_not_known_count_as_the_longest() throws Exception {
    CompletableFuture<Boolean> third;
    try (ReadAheadLimit.Share first = ahead.enter();
        ReadAheadLimit.Share second = ahead.enter()) {
      third = another();
      assertThat(new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS)).isFalse();
      assertThat(third).isNotDone();
      first.shrinkTo(1);
      second.shrinkTo(LONGEST - 1);
      assertThat(third.get(2, TimeUnit.MINUTES)).isTrue();
    }
    assertThat(another().get(2, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void a_text_that_became_longer_when_it_was_cut_counts_as_the_longest() throws Exception {
    try (ReadAheadLimit.Share first = ahead.enter()) {
      first.shrinkTo(5L * LONGEST);
      try (ReadAheadLimit.Share second = ahead.enter()) {
        second.shrinkTo(0);
        assertThat(another().get(2, TimeUnit.MINUTES)).isTrue();
      }
    }
  }
}
