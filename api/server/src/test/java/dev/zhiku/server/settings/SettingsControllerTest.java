package dev.zhiku.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.audit.AuditSearch;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.Role;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsControllerTest {
  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = TestServer.start(folder);
    server.lifecycle.serving();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void a_change_is_shown_and_audited_with_the_value_before() {
    HttpResponse<String> changed =
        server.putJson("/settings/masking.reader", "{\"value\":\"phone\"}");
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.body()).contains("\"value\":\"phone\"", "\"needs_restart\":false");
    assertThat(server.get("/settings").body()).contains("masking.reader", "queue.waiting");
    assertThat(server.send("DELETE", "/settings/masking.reader").body()).contains("\"value\":\"\"");
    assertThat(server.audit.search().newest(AuditSearch.Wanted.ALL, Long.MAX_VALUE, 2))
        .extracting(record -> record.event().what() + " " + record.event().subject())
        .containsExactly(
            "setting-changed DELETE /settings/masking.reader \"phone\" -> \"\"",
            "setting-changed PUT /settings/masking.reader \"\" -> \"phone\"");
  }

  @Test
  void one_that_holds_from_the_next_start_on_says_so() {
    assertThat(server.putJson("/settings/queue.waiting", "{\"value\":\"9\"}").body())
        .contains("\"running\":\"64\"", "\"needs_restart\":true");
  }

  @Test
  void what_is_locked_unknown_or_against_the_rule_is_refused() {
    assertThat(server.putJson("/settings/server.port", "{\"value\":\"1\"}").body())
        .contains("setting-locked", "zhiku.yml");
    assertThat(server.putJson("/settings/queue.waiting", "{\"value\":\"x\"}").body())
        .contains("setting-refused", "1..10000");
    assertThat(server.get("/settings/no.such").statusCode()).isEqualTo(404);
    assertThat(server.putJson("/settings/queue.waiting", "{\"walue\":1}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void what_reaches_into_the_machine_is_changed_on_it_alone(@TempDir Path folder)
      throws IOException {
    AccessKeys keys = AccessKeys.create(folder.resolve("access.key"));
    String[] admin = {"Authorization", "Bearer " + keys.text(Role.ADMIN)};
    String path = "/settings/generator.native.server";
    String value = "{\"value\":\"/tmp/uploaded\"}";
    try (TestServer network =
        TestServer.start(folder, new TestServer.Settings().host("192.168.1.20").keys(keys))) {
      network.lifecycle.serving();

      HttpResponse<String> refused = network.putJson(path, value, admin);
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("setting-on-machine", "zhiku.generator.native.server");
      assertThat(network.send("DELETE", path, admin).statusCode()).isEqualTo(403);
      assertThat(network.get(path, admin).body()).contains("\"value\":\"\"", "\"on_machine\":true");
      assertThat(
              network
                  .putJson("/settings/masking.reader", "{\"value\":\"phone\"}", admin)
                  .statusCode())
          .isEqualTo(200);
    }
    assertThat(server.putJson(path, value).body()).contains("/tmp/uploaded");
    assertThat(server.send("DELETE", path).body()).contains("\"value\":\"\"");
  }
}
