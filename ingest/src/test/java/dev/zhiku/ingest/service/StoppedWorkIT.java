package dev.zhiku.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.HashingEmbedder;
import dev.zhiku.index.testing.InMemoryKnowledgeIndex;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.CatalogEntry.Stage;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.extract.Extractor;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.testing.CatalogFixture;
import dev.zhiku.ingest.testing.PlainTextExtractor;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is on its way when the service stops or pauses is as it was, and goes on later. */
class StoppedWorkIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** After a second it is written down how far a file is. */
  private static final Duration SHOWN = Duration.ofMillis(1_100);

  @TempDir private Path directory;
  private final InMemoryKnowledgeIndex index = new InMemoryKnowledgeIndex();
  private final PlainTextExtractor plain = new PlainTextExtractor();
  private volatile Reading reading = plain::extract;
  private volatile Call afterCall = (name, result) -> {};
  private Path folder;
  private CatalogFixture catalog;
  private RunningIngest ingest;

  /** How files are read. */
  private interface Reading {
    Extracted of(Path file, String name) throws InterruptedException;
  }

  /** Told of what was asked of the catalogue, on the thread that asked. */
  private interface Call {
    void done(String name, Object result);
  }

  @BeforeEach
  void start() throws Exception {
    folder = Files.createDirectories(directory.resolve("knowledge"));
    catalog = CatalogFixture.open(directory.resolve("db"));
    open();
  }

  private void open() throws InterruptedException {
    Extractor reader =
        new Extractor() {
          @Override
          public String version() {
            return plain.version();
          }

          @Override
          public Extracted extract(Path file, String name) throws InterruptedException {
            return reading.of(file, name);
          }

          @Override
          public void close() {}
        };
    ingest =
        RunningIngest.start(
            List.of(SourceConfig.of("knowledge", folder)),
            CrashChild.QUICK,
            directory.resolve("data"),
            watched(catalog.ledger()),
            index,
            reader,
            Embedders.single(new HashingEmbedder()));
  }

  private DocumentLedger watched(DocumentLedger real) {
    return (DocumentLedger)
        Proxy.newProxyInstance(
            DocumentLedger.class.getClassLoader(),
            new Class<?>[] {DocumentLedger.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(real, arguments);
                afterCall.done(method.getName(), result);
                return result;
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            });
  }

  @AfterEach
  void stop() {
    ingest.close();
    index.close();
    catalog.close();
  }

  private CatalogEntry entry() {
    return ingest.entry("knowledge", "a.txt").orElseThrow();
  }

  private void answered(String words) throws Exception {
    RunningIngest.await(
        words,
        PATIENCE,
        () -> ingest.answers("knowledge:a.txt", words) && ingest.counts().indexed() == 1);
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_reading_that_the_stop_breaks_off_is_held_against_no_file() throws Exception {
    Files.writeString(folder.resolve("a.txt"), "As it was.");
    answered("As it was");
    CountDownLatch begun = new CountDownLatch(1);
    reading =
        (file, name) -> {
          begun.countDown();
          throw brokenOff();
        };
    Files.writeString(folder.resolve("a.txt"), "As it is now.");
    await(begun);

    ingest.close();

    assertThat(entry().state()).isEqualTo(State.PENDING);
    assertThat(entry().reason()).isEmpty();
    assertThat(ingest.answers("knowledge:a.txt", "As it was")).isTrue();
    reading = plain::extract;
    open();
    answered("As it is now");
  }

  /** What becomes of a channel that is being read. */
  private static RuntimeException brokenOff() {
    try {
      new CountDownLatch(1).await();
      return new IllegalStateException("nobody counts it down");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new UncheckedIOException(new ClosedByInterruptException());
    }
  }

  @Test
  void the_stop_interrupts_nobody_who_writes_into_the_catalogue() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    reading =
        (file, name) -> {
          Thread.sleep(SHOWN);
          return plain.extract(file, name);
        };
    afterCall =
        (name, result) -> {
          if (name.equals("stage")) {
            writing.countDown();
            interrupted.set(isInterruptedBefore(written));
          }
        };
    Files.writeString(folder.resolve("a.txt"), "It takes its time.");
    await(writing);

    Thread stopping = Thread.ofPlatform().start(ingest::close);
    RunningIngest.await(
        "it waits for the workers",
        PATIENCE,
        () -> stopping.getState() == Thread.State.TIMED_WAITING);
    written.countDown();
    stopping.join();

    assertThat(interrupted).isFalse();
    assertThat(entry().state()).isEqualTo(State.PENDING);
    assertThat(entry().reason()).isEmpty();
  }

  private static boolean isInterruptedBefore(CountDownLatch written) {
    try {
      written.await();
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  @Test
  void a_file_that_was_taken_when_the_pause_came_is_handed_back_unread() throws Exception {
    AtomicBoolean armed = new AtomicBoolean(true);
    afterCall =
        (name, result) -> {
          boolean taken =
              name.equals("claim") && result instanceof List<?> claims && !claims.isEmpty();
          if (taken && armed.getAndSet(false)) {
            ingest.service.pause();
          }
        };
    Files.writeString(folder.resolve("a.txt"), "Wait for it.");
    RunningIngest.await(
        "handed back",
        PATIENCE,
        () ->
            ingest
                .entry("knowledge", "a.txt")
                .filter(entry -> entry.attempts() == 1 && entry.stage() == Stage.WAITING)
                .isPresent());
    assertThat(plain.files()).isZero();
    assertThat(ingest.answered()).isEmpty();

    ingest.service.resume();
    answered("Wait for it");
  }
}
