package dev.zhiku.ingest.child;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few child processes of one kind, each doing one request at a time. A child that hangs, runs out
 * of memory or ends is replaced; nothing it does reaches this process but the outcome. Thread-safe.
 */
public final class ChildPool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChildPool.class);

  private final List<ChildSlot> slots;
  private final BlockingQueue<ChildSlot> free;

  private ChildPool(List<ChildSlot> slots) {
    this.slots = List.copyOf(slots);
    this.free = new LinkedBlockingQueue<>(slots);
  }

  /**
   * Empties the temporary directory and begins to start the children; does not wait for them.
   *
   * @throws UncheckedIOException if the temporary directory cannot be made or emptied
   */
  public static ChildPool open(ChildSettings settings) {
    try {
      Path root = PrivateDirectory.open(settings.temporaryDirectory()).path();
      List<ChildSlot> slots = new ArrayList<>();
      for (int i = 1; i <= settings.children(); i++) {
        slots.add(
            new ChildSlot(settings, i, PrivateDirectory.open(root.resolve(Integer.toString(i)))));
      }
      ChildPool pool = new ChildPool(slots);
      pool.warmUp(settings.name());
      return pool;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The temporary directory " + settings.temporaryDirectory() + " cannot be used", e);
    }
  }

  /**
   * Sends a request to a free child, waiting until there is one.
   *
   * @param timeout from sending to the answer; the wait for a free child and its start do not count
   * @throws InterruptedException if interrupted; the child that worked on the request is killed
   */
  public ChildOutcome call(byte[] request, Duration timeout) throws InterruptedException {
    ChildSlot slot = free.take();
    try {
      return slot.call(request, timeout);
    } finally {
      free.add(slot);
    }
  }

  /** Process ids of the children that run now. */
  public List<Long> pids() {
    return slots.stream().map(ChildSlot::pid).filter(pid -> pid != 0).toList();
  }

  private void warmUp(String name) {
    for (int i = 0; i < slots.size(); i++) {
      Thread.ofPlatform().daemon().name("zhiku-" + name + "-warm-up").start(this::warmUpOne);
    }
  }

  private void warmUpOne() {
    try {
      ChildSlot slot = free.take();
      try {
        slot.warmUp();
      } finally {
        free.add(slot);
      }
    } catch (InterruptedException e) {
      LOG.debug("warming up was interrupted", e);
    }
  }

  /** Kills the children and empties their directories. May be called twice. */
  @Override
  public void close() {
    slots.forEach(ChildSlot::close);
  }
}
