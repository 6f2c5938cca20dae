package dev.zhiku.server.http;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.ServerHttpRequest;
import java.io.IOException;
import java.io.InputStream;

/** Bodies that a route reads itself, byte by byte as they came. */
public final class RequestBody {
  private RequestBody() {}

  /**
   * The whole body; empty where the request has none. Blocks until it has arrived.
   *
   * @param maxBytes no more than one byte beyond it is kept in memory
   * @throws Problem {@code body-too-large} if there are more, {@code malformed-request} if the
   *     client went away or its body is cut wrongly
   */
  public static byte[] read(HttpRequest<?> request, int maxBytes) {
    if (!(request instanceof ServerHttpRequest<?> received)) {
      throw new IllegalArgumentException("not a request that a server received: " + request);
    }
    try (InputStream stream = received.byteBody().toInputStream()) {
      byte[] body = stream.readNBytes(maxBytes + 1);
      if (body.length > maxBytes) {
        throw new Problem(ProblemCode.BODY_TOO_LARGE, maxBytes);
      }
      return body;
    } catch (IOException e) {
      throw new Problem(ProblemCode.MALFORMED_REQUEST);
    }
  }
}
