package dev.zhiku.server.http;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.ServerHttpRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Bodies that a route reads itself, byte by byte as they came. However many arrive at once, they
 * take no more memory together than a part of the heap, and those of one client no more than a
 * share of that; the first bytes of each are always taken, so that a short question gets through
 * while others send much. Thread-safe.
 */
@Singleton
public final class RequestBodies {
  /** Bytes of each body that are not counted. */
  static final int FREE_BYTES = 4_096;

  /** The part of the heap that bodies may take: one of so many. */
  private static final int PART_OF_HEAP = 16;

  /** The share of one client in that: one of so many. */
  private static final int SHARE_OF_CLIENT = 4;

  private final long most;
  private final Map<String, Long> heldByClient = new HashMap<>();
  private long held;

  @Inject
  RequestBodies() {
    this(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
  }

  /**
   * @param most bytes of all bodies at once
   */
  RequestBodies(long most) {
    this.most = most;
  }

  /**
   * Reads a whole body, empty where the request has none, and what it says. Blocks until it has
   * arrived; its bytes count until it has been understood.
   *
   * @param client address of the asker
   * @param maxBytes no more than one byte beyond it is kept in memory
   * @throws Problem {@code body-too-large} if there are more, {@code bodies-too-many} or {@code
   *     too-many-requests} if there is no memory for it now, {@code malformed-request} if the
   *     client went away or its body is cut wrongly
   */
  public <T> T read(
      HttpRequest<?> request, String client, int maxBytes, Function<byte[], T> meaning) {
    if (!(request instanceof ServerHttpRequest<?> received)) {
      throw new IllegalArgumentException("not a request that a server received: " + request);
    }
    if (request.getContentLength() > maxBytes) {
      throw new Problem(ProblemCode.BODY_TOO_LARGE, maxBytes);
    }
    try (Holding holding = new Holding(client);
        InputStream stream = received.byteBody().toInputStream()) {
      return meaning.apply(holding.readAll(stream, maxBytes));
    } catch (IOException e) {
      throw new Problem(ProblemCode.MALFORMED_REQUEST);
    }
  }

  /**
   * Reads a whole body as one JSON object.
   *
   * @param type with the fields that are known
   * @throws Problem as {@link #read}, and if the body is no such object
   */
  public JsonFields json(
      HttpRequest<?> request, String client, int maxBytes, Class<? extends Record> type) {
    return read(request, client, maxBytes, body -> JsonFields.of(body).only(type));
  }

  private synchronized void hold(String client, long bytes) {
    long ofClient = heldByClient.getOrDefault(client, 0L) + bytes;
    if (ofClient > most / SHARE_OF_CLIENT) {
      throw new Problem(ProblemCode.TOO_MANY_REQUESTS);
    }
    if (held + bytes > most) {
      throw new Problem(ProblemCode.BODIES_TOO_MANY);
    }
    held += bytes;
    heldByClient.put(client, ofClient);
  }

  private synchronized void release(String client, long bytes) {
    held -= bytes;
    heldByClient.computeIfPresent(client, (c, of) -> of <= bytes ? null : Long.valueOf(of - bytes));
  }

  /** Bytes that count now. */
  synchronized long held() {
    return held;
  }

  /** Memory that one body takes. Used by one thread. */
  private final class Holding implements AutoCloseable {
    private final String client;
    private long bytes;

    Holding(String client) {
      this.client = client;
    }

    byte[] readAll(InputStream stream, int maxBytes) throws IOException {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      byte[] buffer = new byte[Math.min(FREE_BYTES, maxBytes + 1)];
      for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
        int size = body.size() + read;
        if (size > maxBytes) {
          throw new Problem(ProblemCode.BODY_TOO_LARGE, maxBytes);
        }
        growTo(size - FREE_BYTES);
        body.write(buffer, 0, read);
      }
      return body.toByteArray();
    }

    private void growTo(long counted) {
      if (counted > bytes) {
        hold(client, counted - bytes);
        bytes = counted;
      }
    }

    @Override
    public void close() {
      if (bytes > 0) {
        release(client, bytes);
      }
    }
  }
}
