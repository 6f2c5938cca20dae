package dev.zhiku.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.server.documents.Entries;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every request and every response passes. */
class EdgeTest {
  private static TestServer server;

  /** Answers for one more name. */
  private static TestServer named;

  @BeforeAll
  static void start(@TempDir Path folder, @TempDir Path other) {
    TestServer.Settings pages = new TestServer.Settings().allowedOrigins("https://portal.intranet");
    server = TestServer.start(folder, pages);
    server.lifecycle.serving();
    named = TestServer.start(other, new TestServer.Settings().allowedHosts("kb.intranet"));
  }

  @AfterAll
  static void stop() {
    server.close();
    named.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/app.js",
        "/styles/base.css",
        "/webjars/lit/3.3.2/index.js",
        "/status",
        "/health/live",
        "/health/ready",
        "/metrics",
        "/openapi.yml",
        "/documents",
        "/documents?limit=none",
        "/documents/d_0000000000000000000000",
        "/nothing/here",
        "/webjars/..%2f..%2fapplication.yml",
        "/%ff",
      })
  void every_response_carries_the_security_headers(String path) {
    assertHeaders(RawHttp.exchange(server.port(), request("GET", path, "")), path);
    assertHeaders(RawHttp.exchange(server.port(), request("POST", path, "")), path);
  }

  @Test
  void also_a_response_that_no_route_made_carries_them() {
    String longLine = "GET /" + "a".repeat(9_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    String longHeader =
        "GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "a".repeat(9_000) + "\r\n\r\n";
    String foreignHost = "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";

    for (String bad : List.of(longLine, longHeader, foreignHost)) {
      assertHeaders(RawHttp.exchange(server.port(), bad), bad.substring(0, 30));
    }
  }

  private static void assertHeaders(String response, String what) {
    String head =
        response.substring(0, Math.max(0, response.indexOf("\r\n\r\n"))).toLowerCase(Locale.ROOT);
    assertThat(head)
        .as(what)
        .contains(
            "content-security-policy: default-src 'none'; script-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "object-src 'none'",
            "require-trusted-types-for 'script'",
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
            "cross-origin-opener-policy: same-origin",
            "cross-origin-resource-policy: same-origin",
            "cache-control: ")
        .doesNotContain("access-control-allow-origin", "\r\nserver:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:8650",
        "127.0.0.1:1",
        "127.8.9.1",
        "[::1]",
        "[::1]:8650",
        "localhost.",
        "kb.intranet",
        "KB.intranet:80"
      })
  void a_request_for_one_of_our_names_is_answered(String host) {
    assertThat(statusFor("Host: " + host + "\r\n")).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example\r\n",
        "Host: localhost.evil.example\r\n",
        "Host: 127.0.0.1.evil.example\r\n",
        "Host: evil.example:8650\r\n",
        "Host: [::1].evil.example\r\n",
        "Host: localhost:8650:1\r\n",
        "Host: 127.0.0.999\r\n",
        "Host: 192.168.1.1\r\n",
        "Host: \r\n",
        "",
      })
  void a_request_for_any_other_name_is_refused(String header) {
    assertThat(statusFor(header)).isEqualTo(403);
  }

  private static int statusFor(String hostHeader) {
    return status(
        RawHttp.exchange(
            named.port(),
            "GET /health/live HTTP/1.1\r\n" + hostHeader + "Connection: close\r\n\r\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 202",
    "'Origin: http://localhost\r\n', 202",
    "'Origin: https://portal.intranet\r\n', 202",
    "'Sec-Fetch-Site: same-origin\r\n', 202",
    "'Sec-Fetch-Site: none\r\n', 202",
    "'Origin: http://localhost:1\r\n', 403",
    "'Origin: https://localhost\r\n', 403",
    "'Origin: http://evil.example\r\n', 403",
    "'Origin: null\r\n', 403",
    "'Origin: http://localhost\r\nOrigin: http://evil.example\r\n', 403",
    "'Sec-Fetch-Site: cross-site\r\n', 403",
    "'Sec-Fetch-Site: same-site\r\n', 403",
  })
  void only_pages_of_our_own_and_allowed_origins_may_change_something(String headers, int status) {
    CatalogEntry entry = Entries.failed("a.pdf");
    server.catalog.put(entry);
    int before = server.files.retried().size();

    String response =
        RawHttp.exchange(
            server.port(), request("POST", "/documents/" + entry.id() + "/retry", headers));

    assertThat(status(response)).isEqualTo(status);
    assertThat(server.files.retried()).hasSize(status == 202 ? before + 1 : before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data"})
  void a_body_that_a_foreign_form_can_send_is_no_json(String type) {
    String response =
        RawHttp.exchange(
            server.port(),
            "POST /session HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: "
                + type
                + "\r\nContent-Length: 11\r\n\r\n{\"key\":\"a\"}");

    assertThat(response).startsWith("HTTP/1.1 415").contains("unsupported-media-type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "zstd"})
  void a_compressed_body_is_refused(String encoding) {
    HttpResponse<String> response =
        server.postJson("/session", "{\"key\":\"a\"}", "Content-Encoding", encoding);

    assertThat(response.statusCode()).isEqualTo(415);
  }

  @Test
  void a_foreign_page_may_not_read_and_an_allowed_one_may() {
    for (String foreign : List.of("http://evil.example", "null", "http://localhost:1")) {
      for (String path : List.of("/status", "/health/live", "/metrics", "/")) {
        HttpResponse<String> response = server.get(path, "Origin", foreign);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(server.json(response)).containsEntry("code", "origin-not-allowed");
        assertThat(allowedOrigin(response)).isEmpty();
      }
    }
    assertThat(allowedOrigin(server.get("/status", "Origin", "https://portal.intranet")))
        .contains("https://portal.intranet");
    assertThat(allowedOrigin(server.get("/nothing", "Origin", "https://portal.intranet")))
        .contains("https://portal.intranet");
  }

  @Test
  void a_browser_that_asks_first_hears_whether_its_page_may_call() {
    String[] preflight = {
      "Origin", "https://portal.intranet", "Access-Control-Request-Method", "POST"
    };
    HttpResponse<String> allowed = server.send("OPTIONS", "/query", preflight);
    preflight[1] = "https://evil.example";
    HttpResponse<String> foreign = server.send("OPTIONS", "/query", preflight);

    assertThat(allowed.statusCode()).isEqualTo(204);
    assertThat(allowed.headers().firstValue("access-control-allow-methods")).isPresent();
    assertThat(allowedOrigin(allowed)).contains("https://portal.intranet");
    assertThat(foreign.statusCode()).isEqualTo(403);
    assertThat(allowedOrigin(foreign)).isEmpty();
  }

  @Test
  void an_allowed_page_may_send_what_official_clients_send_and_nothing_that_is_not_named() {
    HttpResponse<String> allowed =
        server.send(
            "OPTIONS",
            "/v1/chat/completions",
            "Origin",
            "https://portal.intranet",
            "Access-Control-Request-Method",
            "POST",
            "Access-Control-Request-Headers",
            "authorization,content-type,x-stainless-lang,x-stainless-retry-count,cookie,x-other");

    assertThat(allowed.statusCode()).isEqualTo(204);
    String headers = allowed.headers().firstValue("access-control-allow-headers").orElse("");
    assertThat(headers)
        .contains("Authorization", "Content-Type", "x-stainless-lang", "x-stainless-retry-count")
        .doesNotContain("cookie", "x-other", "*");
    assertThat(allowedOrigin(allowed)).contains("https://portal.intranet");
    assertThat(allowed.headers().firstValue("access-control-expose-headers").orElse(""))
        .contains("Retry-After");
    assertThat(server.get("/v1/models", "Origin", "https://evil.example").body())
        .contains("\"code\":\"origin_not_allowed\"");
  }

  private static Optional<String> allowedOrigin(HttpResponse<?> response) {
    return response.headers().firstValue("access-control-allow-origin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/env",
        "/beans",
        "/routes",
        "/loggers",
        "/threaddump",
        "/stop",
        "/refresh",
        "/caches",
        "/info",
        "/health",
        "/server",
        "/h2-console",
        "/swagger-ui",
        "/swagger",
        "/actuator",
        "/actuator/env",
        "/heapdump",
        "/jolokia",
        "/console",
        "/admin",
        "/metrics/jvm",
        "/META-INF/swagger/zhiku.yml",
        "/application.yml",
        "/defaults.yml",
        "/index.html",
        "/public/index.html"
      })
  void nothing_of_the_inside_is_served(String path) {
    for (String method : List.of("GET", "POST")) {
      HttpResponse<String> response = server.send(method, path);

      assertThat(response.statusCode()).as(method + path).isEqualTo(404);
      assertThat(server.json(response)).containsEntry("code", "not-found");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/documents/%zz", "/documents?q=手册", "/%"})
  void an_address_that_cannot_be_read_is_called_so(String path) {
    String response = RawHttp.exchange(server.port(), request("GET", path, ""));

    assertThat(status(response)).isEqualTo(400);
    assertThat(response).contains("malformed-request");
  }

  @Test
  void two_lengths_for_one_body_are_refused() {
    String head =
        request("POST", "/session", "Content-Type: application/json\r\nContent-Length: 4\r\n")
            .replace("Content-Length: 0", "Transfer-Encoding: chunked");
    String response = RawHttp.exchange(server.port(), head + "2\r\n{}\r\n0\r\n\r\n");

    assertThat(status(response)).isEqualTo(400);
  }

  private static String request(String method, String path, String headers) {
    return method
        + " "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + headers
        + (method.equals("POST") ? "Content-Length: 0\r\n" : "")
        + "\r\n";
  }

  private static int status(String response) {
    assertThat(response).startsWith("HTTP/1.1 ");
    return Integer.parseInt(response.substring(9, 12));
  }
}
