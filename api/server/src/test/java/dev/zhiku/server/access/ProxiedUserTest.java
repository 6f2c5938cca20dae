package dev.zhiku.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.catalog.DocumentCatalog.SourceState;
import dev.zhiku.server.http.ServerConfig;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.AccessRule;
import dev.zhiku.server.identity.Role;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Users whom a proxy names. The proxy asks from one loopback address, everybody else from another.
 */
class ProxiedUserTest {
  private static final String HEADER = "X-Forwarded-User";
  private static final String PROXY = "127.0.0.2";

  private static AccessKeys keys;
  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    keys = AccessKeys.create(folder.resolve("access.key"));
    server =
        TestServer.start(
            folder,
            new TestServer.Settings()
                .host("192.168.1.20")
                .keys(keys)
                .trustedProxies(PROXY)
                .userHeader(HEADER));
    server.catalog.put(
        new SourceState("knowledge", "/srv/knowledge", true, false, Phrase.NONE, Optional.empty()));
    server.lifecycle.serving();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> from(
      String address, String method, String path, String... headers) throws Exception {
    return from(address, method, server.uri(path), headers);
  }

  private static HttpResponse<String> from(
      String address, String method, URI uri, String... headers) throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder().localAddress(InetAddress.getByName(address)).build()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody());
      for (int i = 0; i < headers.length; i += 2) {
        request.header(headers[i], headers[i + 1]);
      }
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static HttpResponse<String> byProxy(String path, String... headers) throws Exception {
    return from(PROXY, "GET", path, headers);
  }

  @Test
  void whom_the_proxy_names_reads_and_no_more() throws Exception {
    assertThat(byProxy("/documents", HEADER, "ann").statusCode()).isEqualTo(200);
    assertThat(byProxy("/keys", HEADER, "ann").statusCode()).isEqualTo(403);
    assertThat(byProxy("/documents").statusCode()).isEqualTo(401);
    assertThat(server.json(byProxy("/session", HEADER, "ann")))
        .containsEntry("kind", "person")
        .containsEntry("name", "ann")
        .containsEntry("role", "reader")
        .containsEntry("signed_in", false);
  }

  @Test
  void a_name_that_comes_from_elsewhere_is_refused_by_the_name_of_its_header() throws Exception {
    HttpResponse<String> refused = from("127.0.0.1", "GET", "/documents", HEADER, "ann");

    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).contains(HEADER, "trusted-proxies").doesNotContain("ann");
    assertThat(server.json(from("127.0.0.1", "GET", "/session", HEADER, "ann")))
        .containsEntry("kind", "nobody");
  }

  @Test
  void a_name_beside_a_key_makes_nobody_else_of_its_program() throws Exception {
    String[] reader = {"Authorization", "Bearer " + keys.text(Role.READER), HEADER, "ann"};

    assertThat(server.json(byProxy("/session", reader))).containsEntry("kind", "shared-key");
    assertThat(server.json(from("127.0.0.1", "GET", "/session", reader)))
        .containsEntry("kind", "shared-key");
    assertThat(
            byProxy("/documents", "Authorization", "Bearer kb_wrong", HEADER, "ann").statusCode())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-OpenWebUI-User-Id",
        "Cf-Access-Authenticated-User-Email",
        "Remote-User",
        "X-Forwarded-Email"
      })
  void another_header_than_the_one_that_is_configured_names_nobody(String header) throws Exception {
    assertThat(byProxy("/documents", header, "ann").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"X-OpenWebUI-User-Id", "Cf-Access-Authenticated-User-Email", "Remote-User"})
  void the_header_that_is_configured_names_the_user_whatever_it_is_called(
      String header, @TempDir Path folder) throws Exception {
    try (TestServer other =
        TestServer.start(
            folder,
            new TestServer.Settings()
                .host("192.168.1.20")
                .keys(keys)
                .trustedProxies(PROXY)
                .userHeader(header))) {
      URI session = other.uri("/session");
      assertThat(from(PROXY, "GET", session, header, "ann@example.org").body())
          .contains("\"name\":\"ann@example.org\"");
      assertThat(from("127.0.0.1", "GET", session, header, "ann@example.org").body())
          .contains("nobody");
    }
  }

  @Test
  void a_proxy_that_names_two_or_none_is_refused() throws Exception {
    assertThat(byProxy("/documents", HEADER, "ann", HEADER, "bob").statusCode()).isEqualTo(400);
    assertThat(byProxy("/documents", HEADER, " ").statusCode()).isEqualTo(400);
    assertThat(byProxy("/documents", HEADER, "a".repeat(101)).statusCode()).isEqualTo(400);
  }

  @Test
  void the_address_of_a_forwarded_client_makes_no_proxy_of_whoever_writes_it() throws Exception {
    assertThat(
            from("127.0.0.1", "GET", "/documents", HEADER, "ann", "X-Forwarded-For", PROXY)
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void rules_mean_one_user_of_the_proxy_and_nobody_of_the_same_name() throws Exception {
    var invited = server.persons.invite("ann", Optional.empty(), "machine");
    String cookie = "zhiku-person=" + server.persons.accept(invited.token(), "t").secret();
    HttpResponse<String> put =
        server.putJson(
            "/access/rules",
            "{\"items\":[{\"subject\":\"person:ann by proxy\",\"source\":\"knowledge\"}]}",
            "Authorization",
            "Bearer " + keys.text(Role.ADMIN));
    try {
      assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
      assertThat(sources(byProxy("/status", HEADER, "ann"))).contains("knowledge");
      assertThat(sources(byProxy("/status", HEADER, "bob"))).doesNotContain("knowledge");
      assertThat(sources(byProxy("/status", "Cookie", cookie))).doesNotContain("knowledge");
    } finally {
      server.rules.rules(List.<AccessRule>of(), "machine");
    }
  }

  private static String sources(HttpResponse<String> status) {
    return String.valueOf(server.json(status).get("sources"));
  }

  @Test
  void another_page_changes_nothing_by_the_name_that_the_proxy_adds() throws Exception {
    String path = "/query/q_none";
    assertThat(from(PROXY, "DELETE", path, HEADER, "ann").statusCode()).isEqualTo(403);
    assertThat(
            from(PROXY, "DELETE", path, HEADER, "ann", "Origin", "https://evil.example")
                .statusCode())
        .isEqualTo(403);
    assertThat(
            from(PROXY, "DELETE", path, HEADER, "ann", "Sec-Fetch-Site", "same-origin")
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void a_header_is_configured_for_trusted_proxies_alone_and_means_nothing_else() {
    assertThatThrownBy(() -> config(List.of(), HEADER)).hasMessageContaining("trusted-proxies");
    for (String name : List.of("", "a b", "Cookie", "authorization", "X-Forwarded-For")) {
      assertThatThrownBy(() -> config(List.of(PROXY), name)).hasMessageContaining("user-header");
    }
    assertThat(config(List.of(PROXY), HEADER).userHeader()).hasValue(HEADER);
  }

  private static ServerConfig config(List<String> proxies, String header) {
    return new ServerConfig(
        "127.0.0.1",
        0,
        Optional.empty(),
        List.of(),
        List.of(),
        proxies,
        Optional.of(header),
        Optional.empty(),
        ServerConfig.Tls.NONE);
  }
}
