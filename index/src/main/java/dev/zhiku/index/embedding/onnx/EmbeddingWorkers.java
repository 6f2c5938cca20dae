package dev.zhiku.index.embedding.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The threads that run models, shared by all models of a process so that passages together never
 * take more than their share of the cores. Platform threads, because a run is computing and not
 * waiting. Questions have threads of their own: one asked while a folder is being ingested begins
 * at once, and the system gives it a core within a slice, where the passage before it would take
 * ten times as long as the question itself.
 */
final class EmbeddingWorkers implements AutoCloseable {
  /** What a task is for. */
  enum Urgency {
    QUESTION,
    PASSAGE
  }

  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger owners;
  private final ThreadPoolExecutor passages;
  private final ThreadPoolExecutor questions;

  /**
   * @param threads most passages at once, and as many questions
   * @param owners how many times {@link #close()} will be called
   */
  EmbeddingWorkers(int threads, int owners) {
    if (threads < 1) {
      throw new IllegalArgumentException("embedding needs at least 1 worker, got " + threads);
    }
    this.owners = new AtomicInteger(owners);
    this.passages = pool(threads, Thread.MIN_PRIORITY);
    this.questions = pool(threads, Thread.NORM_PRIORITY);
  }

  private ThreadPoolExecutor pool(int threads, int priority) {
    return new ThreadPoolExecutor(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        work -> thread(work, priority));
  }

  private ThreadPoolExecutor pool(Urgency urgency) {
    return switch (urgency) {
      case QUESTION -> questions;
      case PASSAGE -> passages;
    };
  }

  private Thread thread(Runnable work, int priority) {
    return Thread.ofPlatform()
        .name("zhiku-embedding-" + started.incrementAndGet())
        .daemon(true)
        .priority(priority)
        .unstarted(work);
  }

  /**
   * A task of a run. Once one of the run has failed, none begins any more: the thread that meets
   * the failure notes it, before it takes another task and before the caller has been woken.
   */
  private static final class Task<T> extends FutureTask<T> {
    private final AtomicReference<@Nullable Throwable> failure;

    /**
     * @param failure first failure of the run
     */
    Task(Callable<T> work, AtomicReference<@Nullable Throwable> failure) {
      super(work);
      this.failure = failure;
    }

    @Override
    public void run() {
      if (failure.get() == null) {
        super.run();
      } else {
        cancel(false);
      }
    }

    @Override
    protected void setException(Throwable thrown) {
      failure.compareAndSet(null, thrown);
      super.setException(thrown);
    }
  }

  /**
   * Runs the tasks and waits for them; after a failure or an interrupt those that have not begun
   * are dropped.
   *
   * @return their results, in order
   * @throws InterruptedException if the caller is interrupted while it waits
   */
  <T> List<T> run(Urgency urgency, List<? extends Callable<T>> tasks) throws InterruptedException {
    ThreadPoolExecutor threads = pool(urgency);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    List<Task<T>> works = new ArrayList<>(tasks.size());
    try {
      for (Callable<T> task : tasks) {
        Task<T> work = new Task<>(task, failure);
        works.add(work);
        threads.execute(work);
      }
      return results(works, failure);
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("the embedding workers are closed", e);
    } finally {
      for (Task<T> work : works) {
        if (work.cancel(false)) {
          threads.remove(work);
        }
      }
    }
  }

  private static <T> List<T> results(
      List<Task<T>> works, AtomicReference<@Nullable Throwable> failure)
      throws InterruptedException {
    List<T> results = new ArrayList<>(works.size());
    for (Task<T> work : works) {
      try {
        results.add(work.get());
      } catch (ExecutionException | CancellationException e) {
        throw unwrapped(Objects.requireNonNullElse(failure.get(), e));
      }
    }
    return List.copyOf(results);
  }

  private static RuntimeException unwrapped(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
  }

  /** How many tasks have not begun. */
  int waiting() {
    return passages.getQueue().size() + questions.getQueue().size();
  }

  /** Called once by each owner; the last call ends the threads after the tasks that run. */
  @Override
  public void close() {
    if (owners.decrementAndGet() == 0) {
      passages.shutdown();
      questions.shutdown();
    }
  }
}
