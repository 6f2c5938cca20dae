package dev.zhiku.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that two readers may understand in two ways. */
@Timeout(300)
class RequestFormsTest {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] \\d{3} ");
  private static final String NEXT = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final String LAST = NEXT.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = TestServer.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** The second request is what a proxy would not have seen. */
  private static String withNext(String first) {
    return RawHttp.exchange(server.port(), first + NEXT);
  }

  private static long responses(String all) {
    return STATUS.matcher(all).results().count();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked, xchunked",
        "Transfer-Encoding: xchunked, chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked, chunked",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: identity",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: x",
        "Transfer-Encoding:",
        "Transfer-Encoding: \"chunked\"",
        "Transfer-Encoding: chunked;a=b",
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Content-Length: 5\r\nContent-Length: 5",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5, 5",
        "Content-Length: +5",
        "Content-Length: -1",
        "Content-Length: 5\r\nContent-Type: application/json",
      })
  void whose_length_is_unclear_ends_the_connection(String headers) {
    String first =
        "POST /session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + headers
            + "\r\n\r\n5\r\n12345\r\n0\r\n\r\n";

    String answer = withNext(first);

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("malformed-request");
    assertThat(responses(answer)).as(answer).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/2.0", "HTTP/1.2", "HTTP/0.9", "HTTP/3.0", "FTP/1.1", "HTTP/11.1"})
  void another_version_ends_the_connection(String version) {
    String answer = withNext("GET /health/live " + version + "\r\nHost: localhost\r\n\r\n");

    assertThat(answer).matches("(?s)HTTP/1\\.[01] 400 .*");
    assertThat(responses(answer)).as(answer).isOne();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example/health/live",
        "http://localhost@evil.example/health/live",
        "http://localhost:81/health/live",
        "https://evil.example/health/live",
        "ftp://evil.example/health/live",
      })
  void an_address_with_another_host_than_the_header_ends_the_connection(String address) {
    String answer = withNext("GET " + address + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 400 ");
    assertThat(responses(answer)).as(answer).isOne();
  }

  @Test
  void an_earlier_request_of_the_connection_is_answered_first() {
    String answer =
        RawHttp.exchange(
            server.port(),
            NEXT + "POST /x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: x\r\n\r\n" + NEXT);

    assertThat(answer).startsWith("HTTP/1.1 200 ");
    assertThat(answer.substring(12)).contains("HTTP/1.1 400 ");
    assertThat(responses(answer)).as(answer).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Transfer-Encoding: chunked", "transfer-encoding: CHUNKED"})
  void a_body_in_chunks_is_read_and_the_connection_goes_on(String header) {
    String first =
        "POST /session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + header
            + "\r\n\r\na\r\n{\"key\":\"a\"\r\n1\r\n}\r\n0\r\n\r\n";

    String answer = RawHttp.exchange(server.port(), first + LAST);

    assertThat(answer).startsWith("HTTP/1.1 204 ").contains("HTTP/1.1 200 ");
  }

  @Test
  void an_address_with_the_host_of_the_header_is_answered() {
    String answer =
        RawHttp.exchange(
            server.port(), LAST.replace("/health/live", "http://localhost/health/live"));

    assertThat(answer).startsWith("HTTP/1.1 200 ");
  }
}
