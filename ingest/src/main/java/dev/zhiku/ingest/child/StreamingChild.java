package dev.zhiku.ingest.child;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One child process that works on several requests at once over one pair of pipes. Each call is
 * answered by any number of messages and may be given up in the middle; what the messages say, also
 * that one is the last, is the caller's and the child's own. A child is started once and never
 * again: whoever owns it replaces it. Thread-safe; no caller ever waits for a pipe, so each can be
 * interrupted.
 */
public final class StreamingChild implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamingChild.class);

  /** Messages of one call that nobody has read; a child that sends more is killed. */
  private static final int MAX_UNREAD = 1 << 18;

  private final ChildSettings settings;
  private final PrivateDirectory directory;
  private final ChildProcess process;
  private final BlockingQueue<byte[]> outgoing = new LinkedBlockingQueue<>();
  private final Map<Integer, Call> calls = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger(StreamingLoop.UNASKED);
  private final CompletableFuture<ChildOutcome> end = new CompletableFuture<>();
  private final Call unasked;
  private final Thread writer;

  private StreamingChild(ChildSettings settings, PrivateDirectory directory, ChildProcess process) {
    this.settings = settings;
    this.directory = directory;
    this.process = process;
    this.unasked = new Call(StreamingLoop.UNASKED);
    calls.put(StreamingLoop.UNASKED, unasked);
    this.writer = thread("writer").unstarted(this::write);
  }

  /**
   * Empties the temporary directory and starts the process; does not wait for it. Of the settings
   * {@code children}, {@code jobsPerChild} and {@code startTimeout} mean nothing here.
   *
   * @throws IOException if it cannot be started
   */
  public static StreamingChild start(ChildSettings settings) throws IOException {
    Path path = settings.temporaryDirectory();
    PrivateDirectory directory = PrivateDirectory.open(path);
    ChildProcess process = ChildProcess.start(settings, settings.name(), path);
    StreamingChild child = new StreamingChild(settings, directory, process);
    child.writer.start();
    child.thread("reader").start(child::read);
    return child;
  }

  private Thread.Builder.OfPlatform thread(String what) {
    return Thread.ofPlatform().daemon().name("zhiku-" + settings.name() + "-" + what);
  }

  /** The messages that answer no call, from its start on. For one reader. */
  public Call unasked() {
    return unasked;
  }

  /**
   * Begins a call.
   *
   * @throws IllegalArgumentException if the request is longer than messages may be
   */
  public Call call(byte[] request) {
    if (request.length > settings.messageBytes() - Envelope.HEAD_BYTES) {
      throw new IllegalArgumentException(
          "a request may have "
              + (settings.messageBytes() - Envelope.HEAD_BYTES)
              + " bytes, this one has "
              + request.length);
    }
    Call call = new Call(numbers.incrementAndGet());
    calls.put(call.number, call);
    outgoing.add(new Envelope(call.number, Envelope.Kind.REQUEST, request).sealed());
    if (end.isDone()) {
      call.ended();
    }
    return call;
  }

  /** The end of the process, once it has come. */
  public CompletableFuture<ChildOutcome> end() {
    return end.copy();
  }

  /** The process's id. */
  public long pid() {
    return process.pid();
  }

  private void write() {
    try {
      while (true) {
        process.send(outgoing.take());
      }
    } catch (IOException closed) {
      LOG.trace("{}: its input closed", settings.name(), closed);
    } catch (InterruptedException stopped) {
      LOG.trace("{}: nothing more is sent", settings.name(), stopped);
    }
  }

  private void read() {
    try {
      while (true) {
        Envelope envelope = Envelope.opened(process.receive());
        Call call = calls.get(envelope.call());
        if (call != null && !call.arrived.offer(Optional.of(envelope.body()))) {
          throw new IOException("more than " + MAX_UNREAD + " messages wait to be read");
        }
      }
    } catch (IOException e) {
      finish(e);
    }
  }

  private void finish(IOException why) {
    ChildOutcome outcome;
    try {
      outcome = process.outcomeOfEnd(why);
    } catch (InterruptedException e) {
      outcome = new ChildOutcome.Crashed("ended: " + why.getMessage());
    }
    process.kill();
    writer.interrupt();
    end.complete(outcome);
    calls.values().forEach(Call::ended);
  }

  /** Kills the process and empties its directory. May be called twice. */
  @Override
  public void close() {
    process.kill();
    try {
      directory.empty();
    } catch (IOException e) {
      LOG.warn(
          "The temporary directory {} could not be emptied: {}. It is tried again at the next start.",
          directory.path(),
          e.toString());
    }
  }

  /** One request and its answers. Closing it tells the child that nobody waits any more. */
  public final class Call implements AutoCloseable {
    private final int number;

    /** The messages that have come; an empty one says that nothing will come any more. */
    private final BlockingQueue<Optional<byte[]>> arrived = new LinkedBlockingQueue<>(MAX_UNREAD);

    private Call(int number) {
      this.number = number;
    }

    /**
     * Waits for the next message.
     *
     * @return empty if none came in time
     * @throws ChildEnded once the child has ended and everything it said was read
     */
    public Optional<byte[]> next(Duration patience) throws InterruptedException, ChildEnded {
      Optional<byte[]> next = arrived.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (next == null) {
        return Optional.empty();
      }
      if (next.isEmpty()) {
        ended();
        throw new ChildEnded(end.join());
      }
      return next;
    }

    private void ended() {
      if (!arrived.offer(Optional.empty())) {
        LOG.warn("{}: a caller that reads nothing is not told of the end", settings.name());
      }
    }

    @Override
    public void close() {
      if (calls.remove(number) != null && !end.isDone()) {
        outgoing.add(new Envelope(number, Envelope.Kind.CANCEL, new byte[0]).sealed());
      }
    }
  }
}
