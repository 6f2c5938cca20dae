package dev.zhiku.server.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.sse.Event;
import java.time.Duration;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Where blocking code meets the framework's streams: a reader that is asked for one event after the
 * other becomes a response of {@code text/event-stream}. The client that goes away interrupts the
 * reader.
 */
public final class EventStreams {
  /** Longest silence on a stream; after it a comment is sent, so that proxies keep it open. */
  public static final Duration HEARTBEAT = Duration.ofSeconds(8);

  private EventStreams() {}

  /** Gives the events of one stream, in order. Used by one thread. */
  public interface Reader {
    /**
     * Waits for the next event.
     *
     * @param patience after which {@link Step.Silence} is returned
     */
    Step next(Duration patience) throws InterruptedException;

    /** Called once, when the stream has ended or the client has gone. */
    void close();
  }

  /** What a reader has. */
  public sealed interface Step {
    /**
     * An event.
     *
     * @param id by which a client that lost the connection asks for what came after
     * @param data on one line
     */
    record Next(String id, String name, String data) implements Step {}

    /**
     * An event without a name, for clients of other protocols.
     *
     * @param data on one line
     */
    record Data(String data) implements Step {}

    /**
     * Something that clients skip.
     *
     * @param text on one line
     */
    record Comment(String text) implements Step {}

    /** Nothing yet. */
    record Silence() implements Step {}

    /** Nothing more. */
    record End() implements Step {}
  }

  /** A response that streams; nothing is read before the client takes it. */
  public static MutableHttpResponse<?> response(Reader reader) {
    Publisher<Event<String>> events = subscriber -> new Stream(reader, subscriber).start();
    return HttpResponse.ok(events)
        .contentType(MediaType.TEXT_EVENT_STREAM_TYPE)
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .header("X-Accel-Buffering", "no");
  }

  /** One subscription: a virtual thread that reads while there is demand. */
  private static final class Stream implements Subscription {
    private final Reader reader;
    private final Subscriber<? super Event<String>> subscriber;
    private final Thread thread;
    private long demand;
    private boolean cancelled;

    Stream(Reader reader, Subscriber<? super Event<String>> subscriber) {
      this.reader = reader;
      this.subscriber = subscriber;
      this.thread =
          Thread.ofVirtual().name("zhiku-event-stream").unstarted(RequestId.carried(this::run));
    }

    void start() {
      subscriber.onSubscribe(this);
      thread.start();
    }

    @Override
    public synchronized void request(long n) {
      demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
      notifyAll();
    }

    @Override
    public synchronized void cancel() {
      cancelled = true;
      thread.interrupt();
    }

    private void run() {
      try {
        forward();
      } catch (InterruptedException e) {
        // The client has gone: there is nobody to tell.
        return;
      } catch (RuntimeException e) {
        subscriber.onError(e);
      } finally {
        reader.close();
      }
    }

    private void forward() throws InterruptedException {
      while (awaitDemand()) {
        switch (reader.next(HEARTBEAT)) {
          case Step.Next next ->
              subscriber.onNext(Event.of(next.data()).id(next.id()).name(next.name()));
          case Step.Data only -> subscriber.onNext(Event.of(only.data()));
          case Step.Comment comment -> subscriber.onNext(Event.of("").comment(comment.text()));
          case Step.Silence silence -> subscriber.onNext(Event.of("").comment("still here"));
          case Step.End end -> {
            subscriber.onComplete();
            return;
          }
        }
      }
    }

    private synchronized boolean awaitDemand() throws InterruptedException {
      while (demand == 0 && !cancelled) {
        wait();
      }
      demand--;
      return !cancelled;
    }
  }
}
