package dev.zhiku.generators.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EgressTest {
  private static boolean nothing() {
    return true;
  }

  @Test
  void attempts_are_counted_by_host_and_purpose_and_refusals_apart() throws IOException {
    Egress egress = new Egress();
    egress.attempt("GPU.intranet", Egress.Purpose.MODEL, EgressTest::nothing);
    egress.attempt("gpu.intranet", Egress.Purpose.MODEL, EgressTest::nothing);
    egress.attempt("gpu.intranet", Egress.Purpose.EMBEDDING, EgressTest::nothing);
    assertThatThrownBy(
            () ->
                egress.attempt(
                    "far.example",
                    Egress.Purpose.MODEL,
                    () -> {
                      throw new IOException("too far");
                    }))
        .isInstanceOf(IOException.class);

    assertThat(egress.sent())
        .containsExactly(
            new Egress.Sent("far.example", Egress.Purpose.MODEL, 1, 1),
            new Egress.Sent("gpu.intranet", Egress.Purpose.MODEL, 2, 0),
            new Egress.Sent("gpu.intranet", Egress.Purpose.EMBEDDING, 1, 0));
    assertThat(egress.attempts(Egress.Purpose.MODEL)).isEqualTo(3);
  }

  @Test
  void many_hosts_fill_no_memory() throws IOException {
    Egress egress = new Egress();
    for (int i = 0; i < Egress.MOST_HOSTS + 50; i++) {
      egress.attempt("host" + i, Egress.Purpose.DOWNLOAD, EgressTest::nothing);
    }

    assertThat(egress.sent()).hasSize(Egress.MOST_HOSTS + 1);
    assertThat(egress.sent())
        .contains(new Egress.Sent(Egress.OTHERS, Egress.Purpose.DOWNLOAD, 50, 0));
  }

  @Test
  void every_client_counts_what_it_sends_and_what_its_rule_refuses() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    long before = Egress.ofProcess().attempts(Egress.Purpose.AUDIT_HEAD);
    URI here = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    try (HttpClient client = OutboundClients.near(Egress.Purpose.AUDIT_HEAD)) {
      client.send(HttpRequest.newBuilder(here).build(), BodyHandlers.discarding());
      client.sendAsync(HttpRequest.newBuilder(here).build(), BodyHandlers.discarding()).join();
      assertThatThrownBy(
              () ->
                  client.send(
                      HttpRequest.newBuilder(URI.create("http://203.0.113.77/")).build(),
                      BodyHandlers.discarding()))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> new SyslogSender("203.0.113.77", 514).send(Instant.EPOCH, "a", "b"))
          .isInstanceOf(IOException.class);
    } finally {
      server.stop(0);
    }

    assertThat(Egress.ofProcess().attempts(Egress.Purpose.AUDIT_HEAD)).isEqualTo(before + 4);
    List<Egress.Sent> sent = Egress.ofProcess().sent();
    assertThat(sent).contains(new Egress.Sent("203.0.113.77", Egress.Purpose.AUDIT_HEAD, 2, 2));
    assertThat(sent).anyMatch(one -> one.host().equals("127.0.0.1") && one.attempts() >= 2);
  }
}
