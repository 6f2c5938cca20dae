package dev.zhiku.server.audit;

import dev.zhiku.index.file.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of who did what, which is only ever appended to. One thread writes; records that wait
 * together are made durable together. While nothing can be written, records are lost rather than
 * work refused: {@link #trouble} says so meanwhile, and the first record afterwards says how many.
 * Thread-safe.
 */
public final class AuditLog implements AutoCloseable {
  /** Name of its folder in the data folder. */
  public static final String FOLDER = "audit";

  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
  private static final int MOST_TOGETHER = 1_000;

  private final BlockingQueue<Entry> waiting = new LinkedBlockingQueue<>();
  private final Path folder;
  private final AuditWriter writer;
  private final AtomicLong lost = new AtomicLong();
  private final Thread thread;
  private volatile AuditHead head;
  private volatile boolean headIsUnsent;
  private volatile boolean closed;

  /** An event on its way; {@link #END} after the last one. */
  private record Entry(Optional<AuditEvent> event, CompletableFuture<AuditHead> done) {
    static final Entry END = new Entry(Optional.empty(), new CompletableFuture<>());
  }

  private AuditLog(Path folder, AuditWriter writer) {
    this.folder = folder;
    this.writer = writer;
    head = writer.head();
    thread = Thread.ofPlatform().name("zhiku-audit").daemon().unstarted(this::run);
  }

  /**
   * Opens the log in a folder, made if need be, at its end. What a kill or a loss of power left of
   * a last line is set apart, and a record says so.
   *
   * @throws IOException if it cannot be read
   */
  public static AuditLog open(Path folder, AuditConfig config, Clock clock) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      DurableFile.force(folder);
    }
    AuditWriter writer = AuditWriter.open(folder, config, clock);
    AuditLog log = new AuditLog(folder, writer);
    log.thread.start();
    return log;
  }

  /**
   * Takes an event.
   *
   * @return done when the record is durable, or lost because nothing can be written; then with the
   *     head as it stays
   */
  public CompletableFuture<AuditHead> submit(AuditEvent event) {
    Entry entry = new Entry(Optional.of(event), new CompletableFuture<>());
    synchronized (waiting) {
      if (closed) {
        LOG.warn("An event came when the audit log was closed: {}", event.what());
        entry.done().complete(head);
        return entry.done();
      }
      waiting.add(entry);
    }
    return entry.done();
  }

  /** Writes an event and waits until it is durable, interrupted or not. */
  public AuditHead write(AuditEvent event) {
    return submit(event).join();
  }

  /** The last record that is durable. */
  public AuditHead head() {
    return head;
  }

  /** Records that could not be written since the last one that was; 0 if all is well. */
  public long trouble() {
    return lost.get();
  }

  /** Whether the head should have gone elsewhere and did not. */
  public boolean headIsUnsent() {
    return headIsUnsent;
  }

  void headIsUnsent(boolean unsent) {
    headIsUnsent = unsent;
  }

  /** Looks through what is written so far. */
  public AuditSearch search() {
    return new AuditSearch(folder);
  }

  private void run() {
    List<Entry> together = new ArrayList<>();
    boolean ended = false;
    while (!ended) {
      together.clear();
      try {
        together.add(waiting.take());
      } catch (InterruptedException e) {
        continue; // Only close() ends this thread, and what waits is written before.
      }
      waiting.drainTo(together, MOST_TOGETHER);
      ended = together.removeIf(entry -> entry.event().isEmpty());
      append(together.stream().map(Entry::event).flatMap(Optional::stream).toList());
      together.forEach(entry -> entry.done().complete(head));
    }
  }

  private void append(List<AuditEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    List<AuditEvent> all = new ArrayList<>();
    if (lost.get() > 0) {
      String count = lost.get() + " records";
      all.add(AuditEvent.ofService("records-lost", count, "nothing could be written"));
    }
    all.addAll(events);
    try {
      head = writer.append(all);
      lost.set(0);
    } catch (IOException | RuntimeException e) {
      if (lost.getAndAdd(events.size()) == 0) {
        LOG.error("The audit log cannot be written; records are lost until it can", e);
      }
    }
  }

  /** Writes what waits, and ends. */
  @Override
  public void close() {
    synchronized (waiting) {
      if (closed) {
        return;
      }
      closed = true;
      waiting.add(Entry.END);
    }
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    writer.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
