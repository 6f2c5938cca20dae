package dev.zhiku.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.identity.Role;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that go on after the answer. */
@Timeout(300)
class UnreadBodyGuardTest {
  private static final byte[] PIECE = new byte[64 * 1_024];

  /** More than the sockets between the two hold. */
  private static final int FAR_TOO_MANY_PIECES = 2_000;

  private static TestServer server;
  private static AccessKeys keys;

  @BeforeAll
  static void start(@TempDir Path folder) {
    keys = AccessKeys.create(folder.resolve("access.key"));
    server = TestServer.start(folder, new TestServer.Settings().host("192.168.1.20").keys(keys));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static RawHttp begin(String path, String headers) {
    RawHttp connection = new RawHttp(server.port());
    connection.send(
        "POST "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 16000000000\r\n"
            + headers
            + "\r\n");
    return connection;
  }

  @Test
  void an_upload_without_a_key_is_answered_at_once_and_not_read_to_its_end() {
    try (RawHttp connection =
        begin("/documents", "Content-Type: multipart/form-data; boundary=x\r\n")) {
      assertThat(connection.readHead()).startsWith("HTTP/1.1 401 ");
      assertThatThrownBy(() -> sendOn(connection)).isInstanceOf(UncheckedIOException.class);
    }
  }

  @Test
  void a_question_without_a_key_is_not_read_either() {
    try (RawHttp connection = begin("/query", "Content-Type: application/json\r\n")) {
      assertThat(connection.readHead()).startsWith("HTTP/1.1 401 ");
      assertThatThrownBy(() -> sendOn(connection)).isInstanceOf(UncheckedIOException.class);
    }
  }

  @Test
  void who_answers_nothing_after_the_refusal_is_cut_off() {
    try (RawHttp connection = begin("/session", "Content-Type: application/json\r\n")) {
      assertThat(connection.readAll()).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void a_preamble_without_end_is_refused() {
    String admin = "Authorization: Bearer " + keys.text(Role.ADMIN) + "\r\n";
    String chunked =
        "POST /documents HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
            + "Content-Type: multipart/form-data; boundary=x\r\n"
            + admin
            + "\r\n";
    try (RawHttp connection = new RawHttp(server.port())) {
      connection.send(chunked);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < FAR_TOO_MANY_PIECES; i++) {
                  connection.send("10000\r\n");
                  connection.send(PIECE);
                  connection.send("\r\n");
                }
              })
          .isInstanceOf(UncheckedIOException.class);
    }
  }

  private static void sendOn(RawHttp connection) {
    for (int i = 0; i < FAR_TOO_MANY_PIECES; i++) {
      connection.send(PIECE);
    }
  }
}
