package dev.zhiku.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bodies in chunks whose end two readers may understand in two ways. */
@Tag("long")
@Timeout(300)
class ChunkEndsIT {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] \\d{3} ");
  private static final String NEXT = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final String CHUNKED =
      String.join(
          "\r\n",
          "POST /session HTTP/1.1",
          "Host: localhost",
          "Content-Type: application/json",
          "Transfer-Encoding: chunked",
          "",
          "");

  /** A reader who skips two bytes after a chunk, or takes LF for an end, sees another request. */
  private static final List<String> UNCLEAR_ENDS =
      List.of(
          "AA5\r\n0\r\n\r\n",
          "\n0\r\n\r\n",
          "\r\r\n0\r\n\r\n",
          "\r\n0\n\n",
          "\r\n0;a\nb\r\n\r\n",
          "\r\n 0\r\n\r\n",
          "\r\n0 x\r\n\r\n",
          "\r\n-0\r\n\r\n",
          "\r\n0x0\r\n\r\n");

  /** All at once: where the server waits for more, each takes as long as its limit for a body. */
  @Test
  void what_follows_chunks_that_do_not_end_clearly_is_no_request(@TempDir Path folder)
      throws Exception {
    try (TestServer server = TestServer.start(folder);
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> exchanges =
          UNCLEAR_ENDS.stream().<Callable<String>>map(end -> () -> exchange(server, end)).toList();
      for (Future<String> exchange : clients.invokeAll(exchanges)) {
        assertThat(responses(exchange.get())).as(exchange.get()).isLessThan(2);
      }
    }
  }

  private static String exchange(TestServer server, String end) {
    return RawHttp.exchange(server.port(), CHUNKED + "b\r\n{\"key\":\"a\"}" + end + NEXT);
  }

  private static long responses(String all) {
    return STATUS.matcher(all).results().count();
  }
}
