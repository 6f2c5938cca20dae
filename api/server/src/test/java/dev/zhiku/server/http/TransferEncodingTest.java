package dev.zhiku.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body whose end a proxy in front and this service would see in different places. */
class TransferEncodingTest {
  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = TestServer.start(folder, new TestServer.Settings());
    server.lifecycle.serving();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked, xchunked\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: identity\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
      })
  void a_body_in_another_form_than_chunked_is_refused_and_ends_the_connection(String encoding) {
    String hidden = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    String answers =
        RawHttp.exchange(
            server.port(),
            "POST /query HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + encoding
                + "\r\n0\r\n\r\n"
                + hidden);

    assertThat(answers).startsWith("HTTP/1.1 400").doesNotContain("HTTP/1.1 200");
    assertThat(answers.split("HTTP/1\\.1 ", -1)).as("one answer:\n" + answers).hasSize(2);
  }
}
