package dev.zhiku.generators.egress;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a server sends, read with patience: one batch of bytes is asked for at a time, so that a
 * fast server fills no memory; a silence has an end; whoever waits can be interrupted. Read by one
 * thread; closing it closes the connection.
 */
public class BoundedBody extends InputStream implements Flow.Subscriber<List<ByteBuffer>> {
  private final LongSupplier left;
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final Deque<ByteBuffer> buffers = new ArrayDeque<>();
  private volatile Flow.@Nullable Subscription subscription;
  private volatile boolean closed;
  private boolean ended;

  /**
   * @param left nanoseconds until whoever reads gives up, 0 or less for at once
   */
  public BoundedBody(LongSupplier left) {
    this.left = left;
  }

  /** Nanoseconds until whoever reads gives up. */
  long left() {
    return left.getAsLong();
  }

  private sealed interface Arrival {
    record Bytes(List<ByteBuffer> buffers) implements Arrival {}

    record End() implements Arrival {}

    record Broken(Throwable cause) implements Arrival {}
  }

  /** Nothing came for too long. */
  public static final class Silence extends IOException {
    private static final long serialVersionUID = 1L;

    public Silence() {
      super("nothing came for too long");
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription begun) {
    subscription = begun;
    if (closed) {
      begun.cancel();
    } else {
      begun.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> item) {
    arrivals.add(new Arrival.Bytes(item));
  }

  @Override
  public void onError(Throwable failure) {
    arrivals.add(new Arrival.Broken(failure));
  }

  @Override
  public void onComplete() {
    arrivals.add(new Arrival.End());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    while (buffers.isEmpty() && !ended) {
      await();
    }
    ByteBuffer buffer = buffers.peek();
    if (buffer == null) {
      return -1;
    }
    int count = Math.min(length, buffer.remaining());
    buffer.get(target, offset, count);
    if (!buffer.hasRemaining()) {
      buffers.remove();
    }
    return count;
  }

  private void await() throws IOException {
    if (closed) {
      throw new IOException("the stream is closed");
    }
    Arrival arrival;
    try {
      arrival = arrivals.poll(Math.max(0, left()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted while reading").initCause(e);
    }
    switch (arrival) {
      case null -> throw new Silence();
      case Arrival.Bytes bytes -> {
        bytes.buffers().stream().filter(ByteBuffer::hasRemaining).forEach(buffers::add);
        Flow.Subscription source = subscription;
        if (source != null) {
          source.request(1);
        }
      }
      case Arrival.End end -> ended = true;
      case Arrival.Broken broken ->
          throw new IOException("the connection broke: " + broken.cause(), broken.cause());
    }
  }

  @Override
  public void close() {
    closed = true;
    Flow.Subscription source = subscription;
    if (source != null) {
      source.cancel();
    }
  }
}
