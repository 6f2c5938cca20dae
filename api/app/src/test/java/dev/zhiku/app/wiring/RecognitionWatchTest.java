package dev.zhiku.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.extract.ocr.Tesseract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class RecognitionWatchTest {
  private static final Tesseract TESSERACT = new Tesseract(Path.of("tesseract"), "eng", false);

  @Test
  void what_is_installed_after_some_looks_is_told_once() throws InterruptedException {
    AtomicInteger looks = new AtomicInteger();
    LinkedBlockingQueue<Tesseract> told = new LinkedBlockingQueue<>();
    RecognitionWatch started =
        RecognitionWatch.start(
            () -> looks.incrementAndGet() < 3 ? Optional.empty() : Optional.of(TESSERACT),
            told::add,
            Duration.ofMillis(1));
    try (started) {
      assertThat(told.poll(4, TimeUnit.MINUTES)).isEqualTo(TESSERACT);
    }
    assertThat(looks).hasValue(3);
    assertThat(told).isEmpty();
  }

  @Test
  void it_ends_at_once_when_it_is_closed() {
    RecognitionWatch.start(Optional::empty, found -> {}, Duration.ofDays(1)).close();
  }
}
