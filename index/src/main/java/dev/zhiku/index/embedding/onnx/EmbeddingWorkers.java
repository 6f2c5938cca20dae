package dev.zhiku.index.embedding.onnx;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads that run models, shared by all models of a process so that together they never take
 * more than their share of the cores. Platform threads, because a run is computing and not waiting.
 * Questions overtake passages that have not begun: a question asked while a folder is being
 * ingested waits for one passage at most.
 */
final class EmbeddingWorkers implements AutoCloseable {
  /** What a task is for; earlier ones go first. */
  enum Urgency {
    QUESTION,
    PASSAGE
  }

  private final AtomicLong submitted = new AtomicLong();
  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger owners;
  private final ThreadPoolExecutor threads;

  /**
   * @param threads most tasks at once
   * @param owners how many times {@link #close()} will be called
   */
  EmbeddingWorkers(int threads, int owners) {
    if (threads < 1) {
      throw new IllegalArgumentException("embedding needs at least 1 worker, got " + threads);
    }
    this.owners = new AtomicInteger(owners);
    this.threads =
        new ThreadPoolExecutor(
            threads, threads, 0, TimeUnit.SECONDS, new PriorityBlockingQueue<>(), this::thread);
  }

  private Thread thread(Runnable work) {
    return Thread.ofPlatform()
        .name("zhiku-embedding-" + started.incrementAndGet())
        .daemon(true)
        .unstarted(work);
  }

  /**
   * Runs the tasks and waits for them; after a failure or an interrupt those that have not begun
   * are dropped.
   *
   * @return their results, in order
   * @throws InterruptedException if the caller is interrupted while it waits
   */
  <T> List<T> run(Urgency urgency, List<? extends Callable<T>> tasks) throws InterruptedException {
    List<Work<T>> works = new ArrayList<>(tasks.size());
    try {
      for (Callable<T> task : tasks) {
        Work<T> work = new Work<>(task, urgency, submitted.getAndIncrement());
        works.add(work);
        threads.execute(work);
      }
      return results(works);
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("the embedding workers are closed", e);
    } finally {
      for (Work<T> work : works) {
        if (work.cancel(false)) {
          threads.remove(work);
        }
      }
    }
  }

  private static <T> List<T> results(List<Work<T>> works) throws InterruptedException {
    List<T> results = new ArrayList<>(works.size());
    for (Work<T> work : works) {
      try {
        results.add(work.get());
      } catch (ExecutionException e) {
        throw unwrapped(e);
      }
    }
    return List.copyOf(results);
  }

  private static RuntimeException unwrapped(ExecutionException failure) {
    if (failure.getCause() instanceof Error error) {
      throw error;
    }
    return failure.getCause() instanceof RuntimeException known
        ? known
        : new IllegalStateException(failure);
  }

  /** How many tasks have not begun. */
  int waiting() {
    return threads.getQueue().size();
  }

  /** Called once by each owner; the last call ends the threads after the tasks that run. */
  @Override
  public void close() {
    if (owners.decrementAndGet() == 0) {
      threads.shutdown();
    }
  }

  /** A task in its place in the queue. */
  private static final class Work<T> extends FutureTask<T> implements Comparable<Work<?>> {
    private static final Comparator<Work<?>> ORDER =
        Comparator.<Work<?>, Urgency>comparing(work -> work.urgency)
            .thenComparingLong(work -> work.number);

    private final Urgency urgency;
    private final long number;

    Work(Callable<T> task, Urgency urgency, long number) {
      super(task);
      this.urgency = urgency;
      this.number = number;
    }

    @Override
    public int compareTo(Work<?> other) {
      return ORDER.compare(this, other);
    }
  }
}
