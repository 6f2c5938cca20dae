package dev.zhiku.server.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * A JSON document that may come late. Proxies cut a connection on which nothing is said for a
 * minute, and a model may be silent for longer: after {@link #PATIENCE} the response begins, and
 * empty lines, which JSON allows before a document, keep it alive until the document is there, as
 * DeepSeek's service does. Its status is 200 by then; what goes wrong later stands in the document
 * alone. Thread-safe.
 */
@Singleton
public final class LateJson {
  /** How long a response is held back, so that what goes wrong meanwhile has its status. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final JsonMapper json;
  private final ProblemResponses problems;

  LateJson(JsonMapper json, ProblemResponses problems) {
    this.json = json;
    this.problems = problems;
  }

  /** Somebody's answer on its way. Used by one thread at a time, but for {@link #leave}. */
  public interface Reply {
    /**
     * Waits for the response.
     *
     * @return nothing if it is not there after this time
     */
    Optional<HttpResponse<?>> await(Duration patience) throws InterruptedException;

    /** Called when nobody waits any more; on any thread, perhaps more than once. */
    void leave();
  }

  /** The response if it is there in time, else one that begins with empty lines. */
  public HttpResponse<?> response(HttpRequest<?> request, Reply reply) throws InterruptedException {
    ClientConnection.Watch watch = new ClientConnection(request).onClose(reply::leave);
    boolean late = false;
    try {
      Optional<HttpResponse<?>> inTime = reply.await(PATIENCE);
      late = inTime.isEmpty();
      return late ? begun(new EmptyLines(request, reply, watch)) : inTime.get();
    } catch (InterruptedException e) {
      reply.leave();
      throw e;
    } finally {
      if (!late) {
        watch.end();
      }
    }
  }

  private static HttpResponse<?> begun(InputStream body) {
    return HttpResponse.ok(body)
        .contentType(MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header("X-Accel-Buffering", "no");
  }

  /** The body: an empty line for each silence, then the document. */
  private final class EmptyLines extends InputStream {
    private final HttpRequest<?> request;
    private final Reply reply;
    private final ClientConnection.Watch watch;

    /** Whether the first line is out, with which the head of the response goes. */
    private boolean begun;

    private @Nullable InputStream document;

    EmptyLines(HttpRequest<?> request, Reply reply, ClientConnection.Watch watch) {
      this.request = request;
      this.reply = reply;
      this.watch = watch;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, buffer.length);
      if (length == 0) {
        return 0;
      }
      if (document == null) {
        Optional<byte[]> written = begun ? awaitDocument() : Optional.empty();
        begun = true;
        if (written.isEmpty()) {
          buffer[offset] = '\n';
          return 1;
        }
        document = new ByteArrayInputStream(written.get());
      }
      return document.read(buffer, offset, length);
    }

    private Optional<byte[]> awaitDocument() throws IOException {
      try {
        Optional<HttpResponse<?>> there = reply.await(EventStreams.HEARTBEAT);
        return there.isEmpty() ? Optional.empty() : Optional.of(bytes(there.get().body()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("nobody waits for the answer any more");
      } catch (RuntimeException e) {
        return Optional.of(problem(e));
      }
    }

    private byte[] problem(RuntimeException failure) throws IOException {
      MDC.put(RequestId.LOGGED, RequestId.of(request));
      try {
        return bytes(problems.handle(request, failure).body());
      } finally {
        MDC.remove(RequestId.LOGGED);
      }
    }

    private byte[] bytes(@Nullable Object body) throws IOException {
      return body instanceof byte[] written
          ? written
          : json.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
      watch.end();
      if (document == null) {
        reply.leave();
      }
    }
  }
}
