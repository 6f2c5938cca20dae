package dev.zhiku.server.http;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The file descriptors that clients use: one for each connection, and one more for each file that
 * is open for one of them. They leave those alone that index and catalogue need. Thread-safe.
 */
@Singleton
public final class ClientDescriptors {
  private final int most;
  private final AtomicInteger used = new AtomicInteger();

  @Inject
  ClientDescriptors() {
    this(ConnectionLimit.of(ConnectionLimit.descriptors()));
  }

  /**
   * @param most at once
   */
  ClientDescriptors(int most) {
    this.most = most;
  }

  /** One descriptor; given back by closing it, once. */
  public interface Lease extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Counts a file that is opened for a client.
   *
   * @throws Problem {@code too-many-connections} if there is none to spare
   */
  public Lease take() {
    if (!count()) {
      release();
      throw new Problem(ProblemCode.TOO_MANY_CONNECTIONS, most);
    }
    AtomicBoolean open = new AtomicBoolean(true);
    return () -> {
      if (open.getAndSet(false)) {
        release();
      }
    };
  }

  /** Counts one, to be given back by {@link #release} in any case; false if it is one too many. */
  boolean count() {
    return used.incrementAndGet() <= most;
  }

  void release() {
    used.decrementAndGet();
  }

  int most() {
    return most;
  }

  /** How many are in use. */
  public int used() {
    return used.get();
  }
}
