package dev.zhiku.ingest.child;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One place of the pool: at most one child, replaced whenever it ends or is worn out. A thread of
 * its own speaks over the pipes, so that whoever asks can stop waiting. Used by one caller at a
 * time; {@link #close()} may come from any thread.
 */
final class ChildSlot implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChildSlot.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final ChildSettings settings;
  private final String name;
  private final PrivateDirectory directory;
  private final ExecutorService pipes;
  private volatile @Nullable ChildProcess current;
  private volatile boolean closed;
  private final RestartPause pause = new RestartPause(FIRST_PAUSE, LONGEST_PAUSE);

  ChildSlot(ChildSettings settings, int number, PrivateDirectory directory) {
    this.settings = settings;
    this.name = settings.name() + "-" + number;
    this.directory = directory;
    this.pipes =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("zhiku-" + name).factory());
  }

  /** The process id of the child that runs now, 0 if none does. */
  long pid() {
    ChildProcess child = current;
    return child == null || !child.isAlive() ? 0 : child.pid();
  }

  /** Starts a child ahead of the first request; a failure shows up with that request. */
  void warmUp() throws InterruptedException {
    ensureReady();
  }

  ChildOutcome call(byte[] request, Duration timeout) throws InterruptedException {
    ChildOutcome ready = ensureReady();
    ChildProcess child = current;
    if (child == null) {
      return ready;
    }
    try {
      ChildOutcome outcome = within(child, timeout, () -> child.exchange(request));
      if (!(outcome instanceof ChildOutcome.Answered) || child.isWornOut()) {
        discard(child);
      }
      return outcome;
    } catch (InterruptedException e) {
      discard(child);
      throw e;
    } finally {
      clean();
    }
  }

  private ChildOutcome ensureReady() throws InterruptedException {
    ChildProcess child = current;
    if (child != null && child.isAlive()) {
      return new ChildOutcome.Answered(new byte[0]);
    }
    current = null;
    Thread.sleep(pause.length());
    ChildOutcome outcome = start();
    if (outcome instanceof ChildOutcome.Answered) {
      pause.succeeded();
    } else {
      pause.failed();
    }
    return outcome;
  }

  private ChildOutcome start() throws InterruptedException {
    if (closed) {
      return new ChildOutcome.Crashed("the pool is closed");
    }
    ChildProcess child;
    try {
      child = ChildProcess.start(settings, name, directory.path());
    } catch (IOException e) {
      return new ChildOutcome.NotStarted("could not be started: " + e.getMessage());
    }
    current = child;
    boolean ready = false;
    try {
      ChildOutcome outcome =
          within(
              child,
              settings.startTimeout(),
              () -> {
                child.awaitReady();
                return new byte[0];
              });
      ready = outcome instanceof ChildOutcome.Answered && !closed;
      return switch (outcome) {
        case ChildOutcome.TimedOut late ->
            new ChildOutcome.NotStarted("was not ready within " + late.limit());
        case ChildOutcome.Crashed ended -> new ChildOutcome.NotStarted(ended.detail());
        case ChildOutcome.NotStarted nobody -> nobody;
        case ChildOutcome.OutOfMemory memory -> memory;
        case ChildOutcome.Answered answered -> answered;
      };
    } finally {
      if (!ready) {
        discard(child);
      }
    }
  }

  private interface Talk {
    byte[] run() throws IOException;
  }

  private ChildOutcome within(ChildProcess child, Duration timeout, Talk talk)
      throws InterruptedException {
    Future<byte[]> answer;
    try {
      answer = pipes.submit(talk::run);
    } catch (RejectedExecutionException e) {
      return new ChildOutcome.Crashed("the pool is closed");
    }
    try {
      return new ChildOutcome.Answered(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      child.kill();
      return new ChildOutcome.TimedOut(timeout);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        return child.outcomeOfEnd(failure);
      }
      throw new IllegalStateException("the pipes of " + name + " failed", e.getCause());
    }
  }

  private void discard(ChildProcess child) {
    child.kill();
    current = null;
  }

  private void clean() {
    try {
      directory.empty();
    } catch (IOException e) {
      LOG.warn(
          "The temporary directory {} could not be emptied: {}. It is tried again after the next"
              + " file.",
          directory.path(),
          e.toString());
    }
  }

  @Override
  public void close() {
    closed = true;
    ChildProcess child = current;
    if (child != null) {
      discard(child);
    }
    pipes.shutdownNow();
    clean();
  }
}
