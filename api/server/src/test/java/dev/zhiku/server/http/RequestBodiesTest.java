package dev.zhiku.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that come in at once, and never end. */
@Timeout(300)
class RequestBodiesTest {
  private static final int BODY_BYTES = 2 << 20;
  private static final int MISSING_BYTES = 100;
  private static final long HELD_OF_HALF = BODY_BYTES - MISSING_BYTES - RequestBodies.FREE_BYTES;
  private static TestServer server;
  private final List<RawHttp> connections = new ArrayList<>();

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = TestServer.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void disconnect() throws InterruptedException {
    connections.forEach(RawHttp::close);
    for (int i = 0; i < 600 && bodies().held() > 0; i++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertThat(bodies().held()).isZero();
  }

  private static RequestBodies bodies() {
    return server.context().getBean(RequestBodies.class);
  }

  /** Sends all of a body but its last bytes. */
  private RawHttp sendHalf(String path, int bytes) {
    RawHttp connection = new RawHttp(server.port());
    connections.add(connection);
    connection.send(
        "POST "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
            + bytes
            + "\r\n\r\n");
    connection.send(new byte[bytes - MISSING_BYTES]);
    return connection;
  }

  @Test
  void bodies_of_one_client_take_their_share_of_memory_and_no_more() throws InterruptedException {
    long share = Runtime.getRuntime().maxMemory() / 64;
    int all = (int) (share / BODY_BYTES) + 4;
    List<RawHttp> halves = new ArrayList<>();
    for (int i = 0; i < all; i++) {
      halves.add(sendHalfQuietly());
      awaitHeld(Math.min(halves.size() * HELD_OF_HALF, share - BODY_BYTES));
    }

    assertThat(bodies().held()).isBetween(share - BODY_BYTES, share);
    assertThat(server.postJson("/failing/bodies", "{\"question\":\"short\"}").body())
        .isEqualTo("20");
    assertThat(halves).hasSize(all);
  }

  /** One after another, for of those that grow at once all may be refused at the limit. */
  private static void awaitHeld(long bytes) throws InterruptedException {
    for (int i = 0; i < 6_000 && bodies().held() < bytes; i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  /** One that is refused may be reset while it still sends. */
  private RawHttp sendHalfQuietly() {
    try {
      return sendHalf("/failing/bodies", BODY_BYTES);
    } catch (java.io.UncheckedIOException reset) {
      return connections.getLast();
    }
  }

  @Test
  void a_sign_in_with_a_long_body_is_refused_before_the_body_comes() {
    RawHttp connection = sendHalf("/session", 100_000);

    assertThat(connection.readHead()).startsWith("HTTP/1.1 413");
  }

  @Test
  void a_sign_in_that_never_says_how_long_it_is_ends_with_its_limit() {
    RawHttp connection = new RawHttp(server.port());
    connections.add(connection);
    connection.send(
        "POST /session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n1000\r\n"
            + " ".repeat(0x1000)
            + "\r\n");

    assertThat(connection.readHead()).startsWith("HTTP/1.1 413");
  }

  /** Reads what it gets. */
  @Controller("/failing/bodies")
  static final class Reader {
    private final RequestBodies bodies;

    Reader(RequestBodies bodies) {
      this.bodies = bodies;
    }

    @Post
    @ExecuteOn(TaskExecutors.BLOCKING)
    int read(HttpRequest<?> request) {
      return bodies.read(request, "client", BODY_BYTES, body -> body.length);
    }
  }
}
