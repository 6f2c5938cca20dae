package dev.zhiku.server.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.generators.egress.SyslogSender;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EgressControllerTest {
  /** An address of documentation, to which nobody sends anything. */
  private static final String FAR = "203.0.113.140";

  private static void tryFarHost() {
    assertThatThrownBy(() -> new SyslogSender(FAR, 514).send(Instant.EPOCH, "a", "b"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void what_was_tried_and_refused_is_shown_by_host_and_purpose(@TempDir Path folder) {
    tryFarHost();
    try (TestServer server = TestServer.start(folder)) {
      assertThat(server.get("/egress").body())
          .startsWith("{\"since\":\"20")
          .contains(
              "{\"host\":\"" + FAR + "\",\"purpose\":\"audit-head\",\"attempts\":1,\"refused\":1}");
      assertThat(server.get("/metrics").body())
          .containsPattern("zhiku_egress_attempts_total\\{purpose=\"audit-head\"} [1-9]")
          .contains("zhiku_egress_attempts_total{purpose=\"download\"}")
          .doesNotContain(FAR);
    }
  }

  @Test
  void readers_do_not_learn_which_hosts_are_reached(@TempDir Path folder) {
    AccessKeys keys = AccessKeys.create(folder.resolve("access.key"));
    try (TestServer server =
        TestServer.start(folder, new TestServer.Settings().host("192.168.1.7").keys(keys))) {
      assertThat(
              server
                  .get("/egress", "Authorization", "Bearer " + keys.text(Role.READER))
                  .statusCode())
          .isEqualTo(403);
      assertThat(
              server
                  .get("/egress", "Authorization", "Bearer " + keys.text(Role.ADMIN))
                  .statusCode())
          .isEqualTo(200);
    }
  }
}
