package dev.zhiku.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadDeliveryTest {
  @TempDir private Path folder = Path.of("");

  private static AuditConfig.Head webhook(String address) {
    return new AuditConfig.Head(Optional.of(URI.create(address)), Optional.empty());
  }

  private static HttpServer server(List<String> got, AtomicInteger status) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          got.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  @Test
  void the_head_goes_to_a_webhook_once_a_day_and_the_log_says_so() throws IOException {
    SetClock clock = new SetClock("2026-03-01T12:00:00Z");
    List<String> got = new CopyOnWriteArrayList<>();
    HttpServer server = server(got, new AtomicInteger(204));
    try (AuditLog log = AuditLog.open(folder, AuditConfig.DEFAULT, clock);
        HeadDelivery delivery =
            new HeadDelivery(
                log,
                webhook("http://127.0.0.1:" + server.getAddress().getPort() + "/"),
                folder,
                clock)) {
      AuditHead head = log.write(AuditLogTest.event("r_1"));
      delivery.attend();
      delivery.attend();

      assertThat(got).singleElement().asString().contains("\"head\":\"" + head + "\"");
      assertThat(log.search().newest(AuditSearch.Wanted.ALL, Long.MAX_VALUE, 1).getFirst().event())
          .extracting(AuditEvent::what, AuditEvent::subject)
          .containsExactly("head-sent", head.toString());
      clock.set("2026-03-02T00:00:00Z");
      delivery.attend();
      assertThat(got).hasSize(2);
      assertThat(AuditCheck.of(folder, Optional.of(head)).findings()).isEmpty();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void a_head_that_did_not_go_is_said_and_sent_again() throws IOException {
    SetClock clock = new SetClock("2026-03-01T12:00:00Z");
    List<String> got = new CopyOnWriteArrayList<>();
    AtomicInteger status = new AtomicInteger(500);
    HttpServer server = server(got, status);
    try (AuditLog log = AuditLog.open(folder, AuditConfig.DEFAULT, clock);
        HeadDelivery delivery =
            new HeadDelivery(
                log,
                webhook("http://127.0.0.1:" + server.getAddress().getPort() + "/"),
                folder,
                clock)) {
      delivery.attend();
      assertThat(log.headIsUnsent()).isTrue();
      status.set(200);
      delivery.attend();

      assertThat(log.headIsUnsent()).isFalse();
      assertThat(got).hasSize(2);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void the_head_goes_to_syslog() throws IOException {
    SetClock clock = new SetClock("2026-03-01T12:00:00Z");
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        AuditLog log = AuditLog.open(folder, AuditConfig.DEFAULT, clock);
        HeadDelivery delivery =
            new HeadDelivery(
                log,
                new AuditConfig.Head(
                    Optional.empty(), Optional.of("127.0.0.1:" + socket.getLocalPort())),
                folder,
                clock)) {
      AuditHead head = log.write(AuditLogTest.event("r_1"));
      delivery.attend();
      DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
      socket.setSoTimeout(60_000);
      socket.receive(packet);

      assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8))
          .startsWith("<109>1 2026-03-01T12:00:00Z ")
          .endsWith(" audit-head - " + head);
    }
  }

  @Test
  void nothing_is_sent_beyond_the_own_networks() throws IOException {
    SetClock clock = new SetClock("2026-03-01T12:00:00Z");
    for (AuditConfig.Head far :
        List.of(
            webhook("http://203.0.113.9/"),
            new AuditConfig.Head(Optional.empty(), Optional.of("203.0.113.9:514")))) {
      try (AuditLog log =
              AuditLog.open(
                  folder.resolve(String.valueOf(far.webhook().isPresent())),
                  AuditConfig.DEFAULT,
                  clock);
          HeadDelivery delivery = new HeadDelivery(log, far, folder, clock)) {
        delivery.attend();

        assertThat(log.headIsUnsent()).isTrue();
      }
    }
  }

  @Test
  void where_it_goes_is_checked_as_it_is_configured() {
    assertThatThrownBy(() -> new AuditConfig.Head(Optional.empty(), Optional.of("loghost")))
        .hasMessageContaining("zhiku.audit.head.syslog");
    assertThatThrownBy(() -> webhook("http://user:word@127.0.0.1/"))
        .hasMessageContaining("zhiku.audit.head.webhook");
  }
}
