package dev.zhiku.server.webhooks;

import java.time.Duration;

/**
 * A task that one thread does again and again, with a pause after each time. Closing it interrupts
 * the thread and waits for its end. Thread-safe.
 */
public final class RepeatedTask implements AutoCloseable {
  private final Thread thread;

  /** What is done each time. */
  @FunctionalInterface
  public interface Task {
    /** Does it; ends the thread by throwing. */
    void run() throws InterruptedException;
  }

  /**
   * Not begun.
   *
   * @param name of the thread
   * @param first before it is done for the first time; zero for at once
   * @param pause before each further time
   */
  public RepeatedTask(String name, Duration first, Duration pause, Task task) {
    thread =
        Thread.ofPlatform()
            .name(name)
            .daemon()
            .unstarted(
                () -> {
                  try {
                    Thread.sleep(first);
                    while (!Thread.currentThread().isInterrupted()) {
                      task.run();
                      Thread.sleep(pause);
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
  }

  /** Begins; once. */
  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
