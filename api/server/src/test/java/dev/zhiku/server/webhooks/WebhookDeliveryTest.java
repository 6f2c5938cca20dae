package dev.zhiku.server.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookDeliveryTest {
  /** The example of Standard Webhooks. */
  private static final String EXAMPLE = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final Duration SHORT = Duration.ofMillis(20);
  private static final long PATIENCE_SECONDS = 120;

  /**
   * What arrived.
   *
   * @param trusted whether its signature is right
   */
  private record Got(String body, String id, boolean trusted) {}

  private final BlockingQueue<Got> got = new LinkedBlockingQueue<>();
  private final AtomicInteger refuse = new AtomicInteger();
  private final Clock clock = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
  private @TempDir Path folder;
  private HttpServer server;
  private WebhookSecret secret;
  private @Nullable WebhookDelivery delivery;

  @BeforeEach
  void start() throws IOException {
    secret = WebhookSecret.in(Files.writeString(folder.resolve("hook.secret"), EXAMPLE + "\n"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          String id = exchange.getRequestHeaders().getFirst("webhook-id");
          long at = Long.parseLong(exchange.getRequestHeaders().getFirst("webhook-timestamp"));
          String signature = exchange.getRequestHeaders().getFirst("webhook-signature");
          boolean trusted =
              secret.headers(id, at, body).containsValue(signature)
                  && at == clock.instant().getEpochSecond();
          got.add(new Got(new String(body, StandardCharsets.UTF_8), id, trusted));
          exchange.sendResponseHeaders(refuse.getAndDecrement() > 0 ? 500 : 204, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    if (delivery != null) {
      delivery.close();
    }
    server.stop(0);
  }

  private WebhookDelivery delivery(Set<ServiceEvent.Type> wanted, List<Duration> pauses) {
    WebhookDelivery started =
        new WebhookDelivery(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"),
            secret,
            wanted,
            clock,
            pauses);
    delivery = started;
    return started;
  }

  private Got next() throws InterruptedException {
    Got one = got.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(one).isNotNull();
    return one;
  }

  private static ServiceEvent indexed(String path) {
    return ServiceEvent.ofDocument("d_1", "hr", path, Optional.empty());
  }

  @Test
  void a_signature_is_the_one_of_the_standard() {
    assertThat(
            secret.headers(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1_614_265_330L,
                "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
        .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void what_happens_arrives_in_order_and_signed() throws Exception {
    WebhookDelivery started = delivery(EnumSet.allOf(ServiceEvent.Type.class), List.of());
    started.tell(indexed("a.txt"));
    started.tell(ServiceEvent.ofDocument("d_2", "hr", "b.pdf", Optional.of("password-protected")));
    started.tell(ServiceEvent.ofRating("c_1", 3, "down"));
    started.start();

    Got first = next();
    assertThat(first.trusted()).isTrue();
    assertThat(first.body())
        .startsWith("{\"type\":\"document.indexed\",\"timestamp\":\"2026-03-01T12:00:00Z\",")
        .contains("\"path\":\"a.txt\"", "\"source\":\"hr\"")
        .doesNotContain("lost");
    assertThat(next().body()).contains("document.failed", "\"reason\":\"password-protected\"");
    assertThat(next().body()).contains("answer.rated", "\"rating\":\"down\"", "\"turn\":\"3\"");
  }

  @Test
  void what_was_not_taken_comes_again_under_its_id_and_those_behind_it_wait() throws Exception {
    refuse.set(2);
    WebhookDelivery started =
        delivery(EnumSet.allOf(ServiceEvent.Type.class), List.of(SHORT, SHORT));
    started.start();
    started.tell(indexed("a.txt"));
    started.tell(indexed("b.txt"));

    String id = next().id();
    assertThat(next().id()).isEqualTo(id);
    assertThat(next().id()).isEqualTo(id);
    assertThat(next().body()).contains("b.txt").doesNotContain("lost");
  }

  @Test
  void what_is_given_up_is_counted_in_the_next() throws Exception {
    refuse.set(2);
    WebhookDelivery started = delivery(EnumSet.allOf(ServiceEvent.Type.class), List.of(SHORT));
    started.start();
    started.tell(indexed("a.txt"));
    assertThat(next().id()).isEqualTo(next().id());
    started.tell(indexed("b.txt"));

    assertThat(next().body()).contains("b.txt", "\"lost\":1");
  }

  @Test
  void what_has_no_room_is_counted_and_never_stops_who_tells() throws Exception {
    WebhookDelivery started = delivery(EnumSet.allOf(ServiceEvent.Type.class), List.of());
    for (int i = 0; i < WebhookDelivery.MOST_WAITING + 3; i++) {
      started.tell(indexed(i + ".txt"));
    }
    started.start();

    assertThat(next().body()).contains("0.txt", "\"lost\":3");
  }

  @Test
  void only_what_is_wanted_is_told() throws Exception {
    WebhookDelivery started = delivery(EnumSet.of(ServiceEvent.Type.DOCUMENT_REMOVED), List.of());
    started.start();
    started.tell(indexed("a.txt"));
    started.tell(ServiceEvent.ofRemoved("d_9"));

    assertThat(next().body()).contains("document.removed", "d_9");
  }

  @Test
  void a_state_is_told_when_it_begins_and_not_while_it_lasts() {
    List<ServiceEvent> told = new ArrayList<>();
    Set<String> held = new HashSet<>();
    boolean[] full = {false};
    try (StateWatch watch = new StateWatch(() -> held, () -> full[0], told::add)) {
      watch.attend();
      held.add("share");
      full[0] = true;
      watch.attend();
      watch.attend();
      full[0] = false;
      held.clear();
      watch.attend();
      held.add("share");
      watch.attend();
    }

    assertThat(told)
        .isEqualTo(
            List.of(
                new ServiceEvent(ServiceEvent.Type.SOURCE_HELD, Map.of("source", "share")),
                new ServiceEvent(ServiceEvent.Type.DISK_FULL, Map.of()),
                new ServiceEvent(ServiceEvent.Type.SOURCE_HELD, Map.of("source", "share"))));
  }

  @Test
  void a_configuration_that_cannot_be_meant_is_refused_by_its_rule() throws IOException {
    Optional<URI> url = Optional.of(URI.create("http://10.0.0.5/"));
    assertThatThrownBy(() -> new WebhookConfig(url, Optional.empty(), List.of()))
        .hasMessageContaining("secret-file");
    assertThatThrownBy(
            () -> new WebhookConfig(Optional.empty(), Optional.empty(), List.of("document.read")))
        .hasMessageContaining("document.indexed")
        .hasMessageContaining("document.read");
    Path weak = Files.writeString(folder.resolve("weak"), "secret");
    assertThatThrownBy(() -> WebhookSecret.in(weak)).hasMessageContaining("openssl rand");
    assertThatThrownBy(() -> WebhookSecret.in(folder.resolve("nowhere")))
        .hasMessageContaining("openssl rand");
  }
}
