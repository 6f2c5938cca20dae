package dev.zhiku.generators.library;

import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.generators.GeneratorText;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches one model at a time, on a thread of its own, and remembers how the last one ended.
 * Thread-safe. Closing it stops the one under way; what has come stays for another attempt.
 */
public final class Pulls implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pulls.class);
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private @Nullable Run run;

  /** How a pull stands. */
  public sealed interface Outcome {
    /** It goes on. */
    record Running() implements Outcome {}

    /** The model is there. */
    record Done() implements Outcome {}

    /** Somebody stopped it. */
    record Stopped() implements Outcome {}

    /** It cannot be had. */
    record Failed(Problem problem) implements Outcome {}
  }

  /** A pull at one moment. */
  public record Pull(String name, PullProgress.State progress, Outcome outcome) {}

  /** Fetches one model. */
  interface Task {
    /**
     * @throws Problem if it cannot be had
     * @throws ChatException if its server is away or refuses
     * @throws IOException if the data folder cannot be written
     */
    void run(PullProgress progress) throws IOException, InterruptedException;
  }

  private static final class Run {
    private final String name;
    private final PullProgress progress = new PullProgress();
    private final Thread thread;
    private volatile Outcome outcome = new Outcome.Running();

    Run(String name, Task task) {
      this.name = name;
      this.thread =
          Thread.ofPlatform()
              .name("zhiku-model-pull")
              .daemon(true)
              .unstarted(() -> outcome = outcome(task));
    }

    boolean isRunning() {
      return outcome instanceof Outcome.Running;
    }

    private Outcome outcome(Task task) {
      try {
        task.run(progress);
        LOG.info("The model {} is there.", name);
        return new Outcome.Done();
      } catch (InterruptedException e) {
        LOG.info("Fetching the model {} was stopped.", name);
        return new Outcome.Stopped();
      } catch (Problem e) {
        LOG.warn("The model {} was not fetched: {}", name, e.getMessage());
        return new Outcome.Failed(e);
      } catch (ChatException e) {
        LOG.warn("The model {} was not fetched: {}", name, e.getMessage());
        return new Outcome.Failed(serverAway(e));
      } catch (IOException | RuntimeException e) {
        LOG.error("Fetching the model {} failed", name, e);
        return new Outcome.Failed(new Problem(ProblemCode.INTERNAL_ERROR, name));
      }
    }

    Pull now() {
      Outcome ended = outcome;
      return new Pull(name, progress.state(), ended);
    }
  }

  /** That a model server did not do what it was asked. */
  static Problem serverAway(ChatException failure) {
    return new Problem(
        ProblemCode.MODEL_SOURCE_UNAVAILABLE, GeneratorText.of("model-server"), failure.what());
  }

  /**
   * Begins.
   *
   * @throws Problem {@code pull-running} if another is under way
   */
  synchronized Pull start(String name, Task task) {
    Run last = run;
    if (last != null && last.isRunning()) {
      throw new Problem(ProblemCode.PULL_RUNNING, last.name);
    }
    Run begun = new Run(name, task);
    run = begun;
    begun.thread.start();
    return begun.now();
  }

  /** The one under way, or the last one; empty if there was none. */
  public synchronized Optional<Pull> current() {
    return Optional.ofNullable(run).map(Run::now);
  }

  /** Stops the one under way and waits until it has let go of its file. */
  public Optional<Pull> stop() throws InterruptedException {
    Run stopped;
    synchronized (this) {
      stopped = run;
    }
    if (stopped == null) {
      return Optional.empty();
    }
    stopped.thread.interrupt();
    stopped.thread.join(FAREWELL);
    return Optional.of(stopped.now());
  }

  @Override
  public void close() {
    try {
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
