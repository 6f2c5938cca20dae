package dev.zhiku.server.audit.web;

import io.micronaut.http.HttpRequest;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The id of a request, by which its response and its record in the audit log name it. */
final class RequestId {
  static final String HEADER = "X-Request-Id";

  private static final String ATTRIBUTE = "zhiku.request-id";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 12;

  private RequestId() {}

  /** That of this request; made when it is asked for the first time. */
  static String of(HttpRequest<?> request) {
    return request
        .getAttribute(ATTRIBUTE, String.class)
        .orElseGet(
            () -> {
              byte[] bytes = new byte[BYTES];
              RANDOM.nextBytes(bytes);
              String id = "r_" + HexFormat.of().formatHex(bytes);
              request.setAttribute(ATTRIBUTE, id);
              return id;
            });
  }
}
