package dev.zhiku.ingest.service;

import java.time.Duration;

/** The threads of the ingest: daemons, of which some yield to the answering of questions. */
final class IngestThreads {
  private IngestThreads() {}

  static Thread upkeep(String name, Runnable work) {
    return Thread.ofPlatform().name(name).daemon(true).unstarted(work);
  }

  /** Its work can wait while questions are answered, and nobody waits for it with a lock held. */
  static Thread background(String name, Runnable work) {
    return Thread.ofPlatform()
        .name(name)
        .daemon(true)
        .priority(Thread.MIN_PRIORITY)
        .unstarted(work);
  }

  static void join(Thread thread, Duration most) {
    try {
      thread.join(most.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
