package dev.zhiku.ingest.child;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The side of a child that works on several requests at once, each answered by any number of
 * messages: see {@link StreamingChild}. Each request has a thread of its own. The process ends as
 * soon as its input is closed, and when a handler throws.
 */
public final class StreamingLoop {
  /** Messages that no request asked for: how the start goes on, that the child is ready. */
  static final int UNASKED = 0;

  private final ChildPipes pipes;
  private final Map<Integer, Open> open = new ConcurrentHashMap<>();
  private final CompletableFuture<Handler> handler = new CompletableFuture<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private StreamingLoop(ChildPipes pipes) {
    this.pipes = pipes;
  }

  /** One request and the way back. Thread-safe. */
  public interface Exchange {
    /** Sends a part of the answer. */
    void send(byte[] part) throws IOException;

    /** Whether nobody waits for more; asked often, so that work nobody wants ends soon. */
    boolean isCancelled();
  }

  /** Answers requests; called by many threads at once. */
  @FunctionalInterface
  public interface Handler {
    void answer(byte[] request, Exchange exchange) throws Exception;
  }

  /** Makes the handler; called once the pipes are safe from anything it prints. */
  @FunctionalInterface
  public interface Setup {
    /**
     * @param unasked what it sends the parent reads with {@link StreamingChild#unasked}
     */
    Handler prepare(Exchange unasked) throws Exception;
  }

  /** Answers requests until standard input closes; does not return. */
  public static void serve(Setup setup) {
    StreamingLoop loop = new StreamingLoop(ChildPipes.take());
    loop.threads.execute(() -> loop.prepare(setup));
    loop.listen();
  }

  private void prepare(Setup setup) {
    try {
      handler.complete(setup.prepare(new Open(UNASKED)));
    } catch (Throwable e) {
      ChildPipes.endWith(e);
    }
  }

  private void listen() {
    try {
      while (true) {
        take(Envelope.opened(pipes.receive()));
      }
    } catch (IOException closed) {
      ChildPipes.endWithInput();
    }
  }

  private void take(Envelope envelope) {
    switch (envelope.kind()) {
      case REQUEST -> {
        Open exchange = new Open(envelope.call());
        open.put(envelope.call(), exchange);
        threads.execute(() -> answer(envelope.body(), exchange));
      }
      case CANCEL -> {
        Open exchange = open.get(envelope.call());
        if (exchange != null) {
          exchange.cancelled = true;
        }
      }
      case PART -> {} // only a child answers
    }
  }

  private void answer(byte[] request, Open exchange) {
    try {
      handler.get().answer(request, exchange);
    } catch (Throwable e) {
      ChildPipes.endWith(e);
    } finally {
      open.remove(exchange.call);
    }
  }

  private final class Open implements Exchange {
    private final int call;
    private volatile boolean cancelled;

    Open(int call) {
      this.call = call;
    }

    @Override
    public void send(byte[] part) throws IOException {
      pipes.send(new Envelope(call, Envelope.Kind.PART, part).sealed());
    }

    @Override
    public boolean isCancelled() {
      return cancelled;
    }
  }
}
