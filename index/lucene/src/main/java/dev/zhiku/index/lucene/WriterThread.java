package dev.zhiku.index.lucene;

import dev.zhiku.index.IndexException.IndexClosed;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that touches the writer. It is never handed out, so nobody can interrupt it: an
 * interrupt inside a commit would close Lucene's writer for good. Callers wait, and may be
 * interrupted while they do; what they asked for is done all the same.
 */
final class WriterThread {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final Queue<Job> changes = new ArrayDeque<>();
  private final Queue<Job> refreshes = new ArrayDeque<>();
  private final int capacity;
  private final Thread thread;
  private boolean closed;

  /**
   * @param capacity changes that may wait
   */
  WriterThread(int capacity) {
    this.capacity = capacity;
    this.thread = Thread.ofPlatform().name("zhiku-index-writer").daemon().unstarted(this::work);
    thread.start();
  }

  private record Job(Runnable task, CompletableFuture<Void> done) {
    void run() {
      try {
        task.run();
        done.complete(null);
      } catch (Throwable e) {
        // Whatever it is belongs to the caller who waits for it; this thread has to go on.
        done.completeExceptionally(e);
      }
    }
  }

  /** Runs a change after those before it and waits until it is done; waits for room first. */
  void change(Runnable task) throws InterruptedException {
    Job job = new Job(task, new CompletableFuture<>());
    lock.lockInterruptibly();
    try {
      while (changes.size() >= capacity && !closed) {
        room.await();
      }
      add(changes, job);
    } finally {
      lock.unlock();
    }
    await(job);
  }

  /** Runs a refresh ahead of the changes that wait: it needs none of them. */
  void refresh(Runnable task) throws InterruptedException {
    Job job = new Job(task, new CompletableFuture<>());
    lock.lockInterruptibly();
    try {
      add(refreshes, job);
    } finally {
      lock.unlock();
    }
    await(job);
  }

  private void add(Queue<Job> queue, Job job) {
    if (closed) {
      throw closedException();
    }
    queue.add(job);
    work.signal();
  }

  private static void await(Job job) throws InterruptedException {
    try {
      job.done().get();
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    }
  }

  /** The caller's stack is worth more than the writer's, which stays as suppressed. */
  private static RuntimeException rethrown(@Nullable Throwable cause) {
    if (cause instanceof RuntimeException failure) {
      failure.addSuppressed(new Throwable("the caller was here"));
      return failure;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("a change fails with unchecked exceptions only", cause);
  }

  private void work() {
    for (Job job = next(); job != null; job = next()) {
      job.run();
    }
  }

  private @Nullable Job next() {
    lock.lock();
    try {
      while (changes.isEmpty() && refreshes.isEmpty() && !closed) {
        work.awaitUninterruptibly();
      }
      room.signal();
      Job refresh = refreshes.poll();
      return refresh != null ? refresh : changes.poll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Refuses what still waits, lets what runs end, then runs the last task. A second call waits for
   * the first.
   */
  void close(Runnable last) {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        refuse(refreshes);
        refuse(changes);
        changes.add(new Job(last, new CompletableFuture<>()));
        work.signal();
        room.signalAll();
      }
    } finally {
      lock.unlock();
    }
    joinUninterruptibly();
  }

  private static void refuse(Queue<Job> queue) {
    queue.forEach(job -> job.done().completeExceptionally(closedException()));
    queue.clear();
  }

  private void joinUninterruptibly() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static IndexClosed closedException() {
    return new IndexClosed(new IllegalStateException("close() was called"));
  }
}
