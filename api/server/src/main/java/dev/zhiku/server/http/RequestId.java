package dev.zhiku.server.http;

import io.micronaut.core.propagation.ThreadPropagatedContextElement;
import io.micronaut.http.HttpRequest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/**
 * The id of a request, by which its response, its record in the audit log and every line that is
 * logged for it name it. Callers may choose it, so two requests can have the same.
 */
public final class RequestId {
  /** Header of requests and responses. */
  public static final String HEADER = "X-Request-Id";

  /** Name of the id in what a thread logs. */
  public static final String LOGGED = "request";

  /** Ids that a caller may choose: none that reads like one of ours, or like more than an id. */
  private static final Pattern CHOSEN = Pattern.compile("(?!r_)[0-9A-Za-z][0-9A-Za-z._-]{7,63}");

  private static final String ATTRIBUTE = "zhiku.request-id";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 12;

  private RequestId() {}

  /** That of this request; chosen by its sender, or made when it is asked for the first time. */
  public static String of(HttpRequest<?> request) {
    return request
        .getAttribute(ATTRIBUTE, String.class)
        .orElseGet(
            () -> {
              String id = chosen(request).orElseGet(RequestId::made);
              request.setAttribute(ATTRIBUTE, id);
              return id;
            });
  }

  /** One of another form, and one that is there twice, is left out as if it were not there. */
  private static Optional<String> chosen(HttpRequest<?> request) {
    return request.getHeaders().getAll(HEADER).size() == 1
        ? Optional.ofNullable(request.getHeaders().get(HEADER))
            .filter(id -> CHOSEN.matcher(id).matches())
        : Optional.empty();
  }

  private static String made() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return "r_" + HexFormat.of().formatHex(bytes);
  }

  /** The id of a request as it goes along with the work on it, from thread to thread. */
  public static ThreadPropagatedContextElement<Optional<String>> logged(HttpRequest<?> request) {
    return new Logged(of(request));
  }

  private record Logged(String id) implements ThreadPropagatedContextElement<Optional<String>> {
    @Override
    public Optional<String> updateThreadContext() {
      Optional<String> before = Optional.ofNullable(MDC.get(LOGGED));
      MDC.put(LOGGED, id);
      return before;
    }

    @Override
    public void restoreThreadContext(Optional<String> before) {
      before.ifPresentOrElse(other -> MDC.put(LOGGED, other), () -> MDC.remove(LOGGED));
    }
  }

  /** Work that logs for the request of the thread that asks, on whatever thread it is done. */
  public static Runnable carried(Runnable work) {
    String id = MDC.get(LOGGED);
    if (id == null) {
      return work;
    }
    return () -> {
      MDC.put(LOGGED, id);
      try {
        work.run();
      } finally {
        MDC.remove(LOGGED);
      }
    };
  }
}
