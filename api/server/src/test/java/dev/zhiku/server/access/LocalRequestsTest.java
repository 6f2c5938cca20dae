package dev.zhiku.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.server.http.RawHttp;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** Who needs no key on loopback: this machine, and nobody for whom a proxy on it asks. */
class LocalRequestsTest {
  /**
   * Open to everybody; an invitation is taken from whoever has its token, and NextChat's page has
   * to know whether it needs a code.
   */
  private static final Set<String> PUBLIC =
      Set.of(
          "/health/instance",
          "/health/live",
          "/session",
          "/invitations/accept",
          "/nextchat/api/config");

  /** Of a host that is not ours or of an unknown asker, where errors are Dify's. */
  private static final String DIFY_REFUSAL = "\"error-code\":";

  private static final String DIFY_UNKNOWN = "\"error_code\":100";

  /** The same where they are Ollama's, which has no codes. */
  private static final List<String> OLLAMA_REFUSALS =
      List.of("{\"error\":\"The request needs a key", "{\"error\":\"The request names a host that");

  private static AccessKeys keys;
  private static List<Operation> operations;

  @TempDir private Path folder;

  private record Operation(String method, String path) {}

  @BeforeAll
  static void readDescription(@TempDir Path home) {
    keys = AccessKeys.create(home.resolve("access.key"));
    try (TestServer server = TestServer.start(home)) {
      operations = described(server.get("/openapi.yml").body());
    }
    assertThat(operations).hasSizeGreaterThan(25);
  }

  @SuppressWarnings("unchecked")
  private static List<Operation> described(String yaml) {
    Map<String, Object> api = new Yaml().load(yaml);
    Map<String, Map<String, Object>> paths =
        Objects.requireNonNull((Map<String, Map<String, Object>>) api.get("paths"));
    List<Operation> operations = new ArrayList<>();
    paths.forEach(
        (path, methods) ->
            methods
                .keySet()
                .forEach(
                    method ->
                        operations.add(
                            new Operation(
                                method.toUpperCase(Locale.ROOT),
                                path.replaceAll("\\{[^}]*}", "d_0000000000000000000000")))));
    operations.removeIf(operation -> PUBLIC.contains(operation.path()));
    return operations;
  }

  /** How the usual proxies and tunnels write a request, the Host rewritten and not. */
  private enum Shape {
    CLOUDFLARED(
        "HTTP/1.1", "kb.example.com", "Cf-Connecting-Ip", "Cf-Ray", "Cdn-Loop", "X-Forwarded-For"),
    CLOUDFLARED_AS_LOCALHOST("HTTP/1.1", "localhost:8650", "Cf-Connecting-Ip", "X-Forwarded-Proto"),
    NGINX("HTTP/1.0", "127.0.0.1:8650"),
    NGINX_WITH_HOST("HTTP/1.1", "kb.example.com", "X-Real-IP", "X-Forwarded-For"),
    NGINX_WITH_HEADERS("HTTP/1.1", "127.0.0.1:8650", "X-Real-IP"),
    CADDY("HTTP/1.1", "localhost", "Via", "X-Forwarded-For", "X-Forwarded-Host"),
    APACHE("HTTP/1.1", "localhost", "X-Forwarded-Server"),
    TAILSCALE_FUNNEL("HTTP/1.1", "localhost", "Tailscale-Funnel-Request"),
    TAILSCALE_SERVE("HTTP/1.1", "localhost", "Tailscale-User-Login"),
    NGROK("HTTP/1.1", "localhost", "X-Forwarded-Host"),
    IIS("HTTP/1.1", "localhost", "X-ARR-LOG-ID", "X-Original-URL"),
    RFC_7239("HTTP/1.1", "localhost", "forwarded");

    private final String version;
    private final String host;
    private final String headers;

    Shape(String version, String host, String... headers) {
      this.version = version;
      this.host = host;
      this.headers =
          Stream.of(headers).map(name -> name + ": 203.0.113.9\r\n").collect(Collectors.joining());
    }

    String request(Operation operation) {
      return operation.method()
          + " "
          + operation.path()
          + " "
          + version
          + "\r\nHost: "
          + host
          + "\r\nConnection: close\r\nContent-Length: 0\r\n"
          + headers
          + "\r\n";
    }
  }

  /** What an administrator has configured, with a proxy in mind or not. */
  private enum Configured {
    NOTHING {
      @Override
      TestServer.Settings settings() {
        return new TestServer.Settings();
      }
    },
    PUBLIC_URL {
      @Override
      TestServer.Settings settings() {
        return new TestServer.Settings().publicUrl("https://kb.example.com");
      }
    },
    ALLOWED_HOSTS {
      @Override
      TestServer.Settings settings() {
        return new TestServer.Settings().allowedHosts("kb.example.com");
      }
    },
    TRUSTED_PROXIES {
      @Override
      TestServer.Settings settings() {
        return new TestServer.Settings().trustedProxies("127.0.0.0/8");
      }
    };

    abstract TestServer.Settings settings();
  }

  @ParameterizedTest
  @EnumSource(Configured.class)
  void no_route_opens_without_a_key_to_what_came_through_a_proxy(Configured configured) {
    try (TestServer server = TestServer.start(folder, configured.settings().keys(keys))) {
      for (Shape shape : Shape.values()) {
        for (Operation operation : operations) {
          String response = RawHttp.exchange(server.port(), shape.request(operation));

          assertThat(status(response)).as("%s %s", shape, operation).isIn(401, 403);
          assertThat(response.replace('_', '-'))
              .containsAnyOf(
                  "not-authenticated",
                  "invalid-api-key",
                  "host-not-allowed",
                  operation.path().startsWith("/api/") ? OLLAMA_REFUSALS.getFirst() : DIFY_REFUSAL,
                  operation.path().startsWith("/api/") ? OLLAMA_REFUSALS.getLast() : DIFY_REFUSAL);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = Configured.class, mode = EnumSource.Mode.EXCLUDE, names = "NOTHING")
  void what_is_configured_for_a_proxy_closes_loopback_and_its_key_opens_it(Configured configured) {
    try (TestServer server = TestServer.start(folder, configured.settings().keys(keys))) {
      for (Operation operation : operations) {
        String direct = server.send(operation.method(), operation.path()).body();
        assertThat(direct)
            .as("%s", operation)
            .containsAnyOf(
                "not-authenticated",
                "invalid_api_key",
                operation.path().startsWith("/api/") ? OLLAMA_REFUSALS.getFirst() : DIFY_UNKNOWN);
      }
      String why = server.get("/status").body();
      String key = keys.text(Role.READER);

      assertThat(why).contains("zhiku.server." + name(configured) + " is set");
      assertThat(server.get("/status", "Authorization", "Bearer " + key).body())
          .contains("\"access\":{\"key_needed\":true,\"reason\":\"zhiku.server.");
    }
  }

  private static String name(Configured configured) {
    return configured.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Test
  void programs_of_this_machine_need_no_key_where_nothing_is_configured() {
    try (TestServer server = TestServer.start(folder)) {
      assertThat(server.get("/documents").statusCode()).isEqualTo(200);
      assertThat(server.get("/status").body())
          .contains("\"access\":{\"key_needed\":false,\"reason\":null}");
      assertThat(server.postJson("/session", "{\"key\":\"any\"}").statusCode()).isEqualTo(204);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-For",
        "X-Forwarded",
        "Forwarded-For",
        "Forwarded",
        "Via",
        "X-Real-IP",
        "True-Client-IP",
        "X-Client-IP",
        "Client-IP",
        "X-Cluster-Client-IP",
        "X-Remote-Addr",
        "X-Originating-IP",
        "X-Original-Host",
        "X-Original-URL",
        "X-Rewrite-URL",
        "CF-Connecting-IP",
        "CDN-Loop",
        "Fly-Client-IP",
        "Fastly-Client-IP",
        "X-ARR-SSL",
        "X-Azure-ClientIP",
        "X-Envoy-External-Address",
        "X-Amzn-Trace-Id",
        "X-ProxyUser-Ip",
        "Proxy-Connection",
        "WL-Proxy-Client-IP",
        "X-Scheme",
        "X-SSL-Client-Cert",
        "Ngrok-Agent-Ips",
        "Tailscale-Funnel-Request",
        "Front-End-Https",
        "Early-Data",
        "Surrogate-Capability",
        "X-Request-Start",
        "Disguised-Host",
        "Remote-User",
        "X-Auth-Request-Email",
        "X-Goog-IAP-JWT-Assertion",
        "X-MS-CLIENT-PRINCIPAL-NAME",
      })
  void one_header_of_a_proxy_is_enough_and_is_named(String header) {
    try (TestServer server = TestServer.start(folder)) {
      String response =
          RawHttp.exchange(
              server.port(),
              "GET /documents HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                  + header
                  + ": 203.0.113.9\r\n\r\n");

      assertThat(response.toLowerCase(Locale.ROOT))
          .contains("not-authenticated", header.toLowerCase(Locale.ROOT), "zhiku key new");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "User-Agent",
        "Referer",
        "Accept-Language",
        "Sec-Fetch-Mode",
        "X-Request-Id",
        "X-Stainless-Lang",
        "X-Title",
        "HTTP-Referer",
        "Priority",
        "DNT",
      })
  void headers_of_programs_and_browsers_are_none_of_a_proxy(String header) {
    try (TestServer server = TestServer.start(folder)) {
      assertThat(server.get("/documents", header, "1").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void the_reason_is_given_in_the_language_of_the_asker() {
    try (TestServer server = TestServer.start(folder)) {
      String response = server.get("/status", "Via", "1.1 x", "Accept-Language", "zh").body();

      assertThat(response).contains("请求经由代理或隧道到达", "access.key");
    }
  }

  private static int status(String response) {
    assertThat(response).startsWith("HTTP/1.");
    return Integer.parseInt(response.substring(9, 12));
  }
}
