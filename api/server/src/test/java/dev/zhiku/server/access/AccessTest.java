package dev.zhiku.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in where the service is not on loopback. */
class AccessTest {
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

  @ParameterizedTest
  @CsvSource({
    "GET, /documents, 401, 200, 200",
    "GET, /status, 401, 200, 200",
    "GET, /metrics, 401, 200, 200",
    "GET, /openapi.yml, 401, 200, 200",
    "GET, /health/ready, 401, 503, 503",
    "GET, /search?q=words, 401, 200, 200",
    "GET, /search/table?q=words, 401, 200, 200",
    "GET, /documents/d_0000000000000000000000, 401, 404, 404",
    "GET, /documents/d_0000000000000000000000/content, 401, 404, 404",
    "GET, /documents/d_0000000000000000000000/passages, 401, 404, 404",
    "GET, /documents/d_0000000000000000000000/view, 401, 404, 404",
    "GET, /nothing, 401, 404, 404",
    "POST, /documents, 401, 403, 415",
    "POST, /documents/d_0000000000000000000000/retry, 401, 403, 404",
    "DELETE, /documents/d_0000000000000000000000, 401, 403, 404",
    "GET, /, 200, 200, 200",
    "GET, /app.js, 200, 200, 200",
    "GET, /health/live, 200, 200, 200",
  })
  void each_route_lets_in_whom_it_should(
      String method, String path, int nobody, int reader, int admin) {
    assertThat(server.send(method, path).statusCode()).isEqualTo(nobody);
    assertThat(withKey(Role.READER, method, path).statusCode()).isEqualTo(reader);
    assertThat(withKey(Role.ADMIN, method, path).statusCode()).isEqualTo(admin);
  }

  private static HttpResponse<String> withKey(Role role, String method, String path) {
    return server.send(method, path, "Authorization", "Bearer " + keys.text(role));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Bearer", "Bearer ", "Bearer kb_", "Basic {key}", "{key}", "Bearer {key}x"})
  void a_key_in_any_other_form_opens_nothing(String header) {
    String value = header.replace("{key}", keys.text(Role.ADMIN));

    assertThat(server.get("/status", "Authorization", value).statusCode()).isEqualTo(401);
  }

  @Test
  void a_key_elsewhere_than_in_its_header_opens_nothing() {
    String key = keys.text(Role.ADMIN);

    assertThat(server.get("/status", "X-API-Key", key).statusCode()).isEqualTo(401);
    assertThat(server.get("/status?key=" + key).statusCode()).isEqualTo(401);
    assertThat(server.get("/status?access_token=" + key).statusCode()).isEqualTo(401);
    assertThat(server.get("/status", "Cookie", "zhiku=" + key).statusCode()).isEqualTo(401);
  }

  @Test
  void a_wrong_key_is_not_made_good_by_a_session() {
    String cookie = signIn(keys.text(Role.READER));

    assertThat(server.get("/status", "Cookie", cookie).statusCode()).isEqualTo(200);
    assertThat(
            server.get("/status", "Cookie", cookie, "Authorization", "Bearer wrong").statusCode())
        .isEqualTo(401);
  }

  @Test
  void a_session_lasts_until_it_is_ended() {
    String cookie = signIn(keys.text(Role.ADMIN));
    assertThat(server.get("/status", "Cookie", cookie).statusCode()).isEqualTo(200);

    HttpResponse<String> out = server.send("DELETE", "/session", "Cookie", cookie);

    assertThat(out.statusCode()).isEqualTo(204);
    assertThat(out.headers().firstValue("set-cookie").orElse("")).contains("Max-Age=0");
    assertThat(server.get("/status", "Cookie", cookie).statusCode()).isEqualTo(401);
  }

  private static String signIn(String key) {
    HttpResponse<String> response = server.postJson("/session", "{\"key\":\"" + key + "\"}");
    assertThat(response.statusCode()).isEqualTo(204);
    String cookie = response.headers().firstValue("set-cookie").orElseThrow();
    assertThat(cookie.toLowerCase(Locale.ROOT))
        .contains("; httponly", "; samesite=strict", "; path=/")
        .doesNotContain("secure");
    return cookie.substring(0, cookie.indexOf(';'));
  }

  @Test
  void whoever_tries_keys_is_held_back(@TempDir Path folder) {
    TestServer.Settings settings = new TestServer.Settings().host("192.168.1.20").keys(keys);
    try (TestServer fresh = TestServer.start(folder, settings)) {
      List<Integer> statuses =
          IntStream.range(0, 8)
              .mapToObj(i -> fresh.postJson("/session", "{\"key\":\"wrong\"}").statusCode())
              .toList();
      HttpResponse<String> held = fresh.postJson("/session", "{\"key\":\"wrong\"}");

      assertThat(statuses).containsExactly(401, 401, 401, 401, 401, 429, 429, 429);
      assertThat(Integer.parseInt(held.headers().firstValue("retry-after").orElseThrow()))
          .isBetween(1, 60);
    }
  }

  @Test
  void a_right_key_opens_however_many_wrong_ones_came_from_the_same_address(@TempDir Path folder) {
    TestServer.Settings settings = new TestServer.Settings().host("192.168.1.20").keys(keys);
    try (TestServer fresh = TestServer.start(folder, settings)) {
      for (int i = 0; i < 20; i++) {
        assertThat(fresh.postJson("/session", "{\"key\":\"wrong\"}").statusCode()).isIn(401, 429);
      }
      String right = "{\"key\":\"" + keys.text(Role.READER) + "\"}";
      for (int i = 0; i < 20; i++) {
        assertThat(fresh.postJson("/session", right).statusCode()).isEqualTo(204);
      }
      assertThat(fresh.postJson("/session", "{\"key\":\"wrong\"}").statusCode()).isEqualTo(429);
    }
  }

  @Test
  void a_trusted_proxy_may_be_named_by_its_range(@TempDir Path folder) {
    TestServer.Settings settings =
        new TestServer.Settings().host("192.168.1.20").keys(keys).trustedProxies("127.0.0.0/8");
    try (TestServer fresh = TestServer.start(folder, settings)) {
      for (int i = 0; i < SignInLimit.ATTEMPTS; i++) {
        assertThat(signInFrom(fresh, "10.0.0.1")).isEqualTo(401);
      }
      assertThat(signInFrom(fresh, "10.0.0.1")).isEqualTo(429);
      assertThat(signInFrom(fresh, "::ffff:10.0.0.2")).isEqualTo(401);
    }
  }

  @Test
  void behind_a_trusted_proxy_each_client_is_counted_by_itself(@TempDir Path folder) {
    TestServer.Settings settings =
        new TestServer.Settings().host("192.168.1.20").keys(keys).trustedProxies("127.0.0.1");
    try (TestServer fresh = TestServer.start(folder, settings)) {
      for (int i = 0; i < SignInLimit.ATTEMPTS; i++) {
        assertThat(signInFrom(fresh, "10.9.9." + i + ", 10.0.0.1")).isEqualTo(401);
      }
      assertThat(signInFrom(fresh, "10.9.9.9, 10.0.0.1")).isEqualTo(429);
      assertThat(signInFrom(fresh, "10.0.0.2")).isEqualTo(401);
    }
  }

  @Test
  void what_a_client_writes_about_its_address_counts_nothing(@TempDir Path folder) {
    TestServer.Settings settings = new TestServer.Settings().host("192.168.1.20").keys(keys);
    try (TestServer fresh = TestServer.start(folder, settings)) {
      List<Integer> statuses =
          IntStream.range(0, 7).mapToObj(i -> signInFrom(fresh, "10.0.0." + i)).toList();

      assertThat(statuses).containsExactly(401, 401, 401, 401, 401, 429, 429);
    }
  }

  private static int signInFrom(TestServer server, String forwardedFor) {
    return server
        .postJson("/session", "{\"key\":\"wrong\"}", "X-Forwarded-For", forwardedFor)
        .statusCode();
  }

  @Test
  void whoever_is_refused_hears_how_keys_are_shown() {
    assertThat(server.get("/status").headers().firstValue("www-authenticate")).hasValue("Bearer");
  }

  @Test
  void without_keys_nobody_is_let_in(@TempDir Path folder) {
    TestServer.Settings settings = new TestServer.Settings().host("192.168.1.20");
    try (TestServer keyless = TestServer.start(folder, settings)) {
      assertThat(
              keyless
                  .get("/status", "Authorization", "Bearer " + keys.text(Role.ADMIN))
                  .statusCode())
          .isEqualTo(401);
    }
  }
}
