package dev.zhiku.server.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlarmWatchTest {
  private static final Alarm DISK = new Alarm("disk", "data", "The disk is full.", "Make room.");
  private static final Alarm SHARE = new Alarm("source", "share", "It is not there.", "Mount it.");

  private final List<String> got = new CopyOnWriteArrayList<>();
  private final AtomicInteger status = new AtomicInteger(204);
  private final Clock clock = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
  private List<Alarm> wrong = List.of();
  private HttpServer server;
  private AlarmWatch watch;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          got.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    server.start();
    watch = new AlarmWatch(() -> wrong, List.of(at("127.0.0.1:" + port())), clock);
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private static AlarmOutlet at(String host) {
    return new WebhookOutlet(URI.create("http://" + host + "/"));
  }

  @AfterEach
  void stop() {
    watch.close();
    server.stop(0);
  }

  @Test
  void what_becomes_wrong_and_what_ends_is_told_once() throws Exception {
    watch.attend();
    assertThat(got).isEmpty();
    wrong = List.of(DISK, SHARE);
    watch.attend();
    wrong = List.of(new Alarm("disk", "data", "Now with 3 bytes.", "Make room."), SHARE);
    watch.attend();
    wrong = List.of(SHARE);
    watch.attend();

    assertThat(got).hasSize(2);
    assertThat(got.get(0))
        .contains(
            "\"at\":\"2026-03-01T12:00:00Z\"",
            "\"ended\":[]",
            "\"detail\":\"The disk is full.\"",
            "\"remedy\":\"Make room.\"",
            "\"part\":\"source\"");
    assertThat(got.get(1)).contains("\"raised\":[]", "\"name\":\"data\"").doesNotContain("share");
  }

  @Test
  void what_did_not_go_goes_later() throws Exception {
    wrong = List.of(DISK);
    status.set(500);
    watch.attend();
    status.set(200);
    watch.attend();
    watch.attend();

    assertThat(got).hasSize(2);
    assertThat(got.get(1)).contains("The disk is full.", "Make room.");
  }

  @Test
  void nothing_goes_out_of_the_house() throws Exception {
    wrong = List.of(DISK);
    try (AlarmWatch far = new AlarmWatch(() -> wrong, List.of(at("203.0.113.9")), clock)) {
      far.attend();
    }
    assertThat(got).isEmpty();
  }

  @Test
  void one_that_fails_does_not_keep_the_others_from_being_told() throws Exception {
    List<String> failing = new CopyOnWriteArrayList<>();
    AlarmOutlet broken =
        new AlarmOutlet() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public void tell(Instant at, List<Alarm> raised, List<Alarm> ended) throws IOException {
            failing.add(raised.toString());
            throw new IOException("nobody is there");
          }
        };
    wrong = List.of(DISK);
    try (AlarmWatch both =
        new AlarmWatch(() -> wrong, List.of(broken, at("127.0.0.1:" + port())), clock)) {
      both.attend();
      both.attend();
    }
    assertThat(got).hasSize(1);
    assertThat(failing).hasSize(2);
  }
}
