package dev.zhiku.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.NamedKey;
import dev.zhiku.server.identity.NamedKeys;
import dev.zhiku.server.identity.Persons;
import dev.zhiku.server.identity.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * Every described route with every credential in every state, against the column of the page that
 * says which key it needs.
 */
class AccessMatrixTest {
  private static final Pattern OPERATION =
      Pattern.compile("`((?:GET|POST|PUT|PATCH|DELETE) [^`]+)`");

  /** Stands for the origin of the address that is asked: a page of that very port. */
  private static final String OWN_ORIGIN = "own origin";

  private static final Set<Role> SHARED = EnumSet.of(Role.READER, Role.ADMIN);

  /** What each kind of key opens, in the words of the page. */
  private static Set<String> opens(Role role) {
    return switch (role) {
      case READER -> Set.of("any", "reader");
      case UPLOADER -> Set.of("any", "reader", "uploader");
      case AUDITOR -> Set.of("any", "auditor");
      case ADMIN -> Set.of("any", "reader", "uploader", "auditor", "admin");
    };
  }

  private static Map<String, String> needed = Map.of();

  /**
   * A credential in a state.
   *
   * @param opens words of the page; empty if it is no valid credential
   */
  private record Shown(Optional<Set<String>> opens, List<String> headers) {
    Shown(Optional<Set<String>> opens, String... headers) {
      this(opens, List.of(headers));
    }

    String[] sent() {
      return headers.toArray(String[]::new);
    }
  }

  @BeforeAll
  static void readThePage() throws IOException {
    needed = new TreeMap<>();
    for (String line : Files.readAllLines(page())) {
      if (line.startsWith("| `")) {
        String[] cells = line.split("\\|", -1);
        OPERATION
            .matcher(cells[1])
            .results()
            .forEach(found -> needed.put(found.group(1), cells[cells.length - 2].strip()));
      }
    }
  }

  @Test
  void every_route_lets_in_exactly_whom_the_page_says(@TempDir Path folder) {
    AccessKeys shared = AccessKeys.create(folder.resolve("access.key"));
    try (TestServer server =
        TestServer.start(
            folder, new TestServer.Settings().host("192.168.1.20").keys(shared).ollamaPort())) {
      Map<String, Shown> credentials = credentials(server, shared);
      List<String> surprises = new ArrayList<>();
      List<String> operations = operations();
      for (String operation : operations) {
        credentials.forEach(
            (name, shown) -> {
              int expected = expected(operation, shown);
              int status = send(server, operation, shown.sent()).statusCode();
              if (expected == 0 ? status == 401 || status == 403 : status != expected) {
                surprises.add(operation + " with " + name + ": " + status);
              }
              if (shown.opens().isPresent()
                  && expected == 403
                  && send(server, operation + "/", shown.sent()).statusCode() != 403) {
                surprises.add(operation + "/ with " + name);
              }
            });
      }

      assertThat(surprises).isEmpty();
      assertThat(needed.keySet()).containsAll(operations);
      assertThat(operations.size() * credentials.size()).isGreaterThan(500);
    }
  }

  /**
   * The key that an operation needs, as the page says; a route that it leaves out fails the test.
   */
  private static String key(String operation) {
    return needed.getOrDefault(operation, "a key that the page does not name");
  }

  /** In the folder {@code docs} beside the README that is nearest above this module's folder. */
  private static Path page() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("README.md"))) {
      folder = Objects.requireNonNull(folder.getParent());
    }
    return folder.resolve("docs/endpoints.md");
  }

  /** The status of a refusal; 0 if it is let in. */
  private static int expected(String operation, Shown shown) {
    String key = key(operation);
    if (key.equals("none")) {
      return 0;
    }
    return shown
        .opens()
        .map(opens -> opens.contains(key) ? 0 : 403)
        .orElseGet(() -> unknown(operation));
  }

  /** The status for somebody unknown: Dify takes a 401 for a service that works. */
  private static int unknown(String operation) {
    return operation.equals("POST /retrieval") ? 403 : 401;
  }

  private static Map<String, Shown> credentials(TestServer server, AccessKeys shared) {
    Map<String, Shown> all = new LinkedHashMap<>();
    all.put("nothing", new Shown(Optional.empty()));
    all.put("a malformed key", dead("kb_x"));
    all.put("another scheme", new Shown(Optional.empty(), "Authorization", "Basic a2I6a2I="));
    all.put("an empty cookie", new Shown(Optional.empty(), "Cookie", "zhiku="));
    all.put("an unknown cookie", new Shown(Optional.empty(), "Cookie", "zhiku=" + "0".repeat(64)));
    for (Role role : Role.values()) {
      String name = role.wireName();
      String live = make(server, role, Optional.empty(), List.of()).text();
      Optional<Set<String>> opens = Optional.of(opens(role));
      all.put(name, new Shown(opens, "Authorization", "Bearer " + live));
      all.put(name + " by cookie", new Shown(opens, "Cookie", session(server, live)));
      NamedKeys.Made revoked = make(server, role, Optional.empty(), List.of());
      String cookie = session(server, revoked.text());
      server.named.revoke(revoked.key().id(), "machine");
      all.put("revoked " + name, dead(revoked.text()));
      all.put("revoked " + name + " by cookie", new Shown(Optional.empty(), "Cookie", cookie));
      all.put(
          "expired " + name,
          dead(make(server, role, Optional.of(Instant.now()), List.of()).text()));
      all.put(
          name + " of another address",
          dead(make(server, role, Optional.empty(), List.of("172.16.0.0/12")).text()));
    }
    persons(server, all);
    for (Role role : SHARED) {
      all.put(
          "shared " + role.wireName(),
          new Shown(Optional.of(opens(role)), "Authorization", "Bearer " + shared.text(role)));
    }
    return all;
  }

  /** Persons of each role on a device, and those who were signed out or removed. */
  private static void persons(TestServer server, Map<String, Shown> all) {
    for (Role role : Role.values()) {
      String name = role.wireName() + " by invitation";
      all.put(name, device(signedIn(server, name, role), Optional.of(opens(role))));
      Persons.Accepted out = signedIn(server, name + " out", role);
      server.persons.endDevice(
          out.signedIn().person().id(), out.signedIn().device().id(), "machine");
      all.put("signed out " + name, device(out, Optional.empty()));
      Persons.Accepted removed = signedIn(server, name + " removed", role);
      server.persons.remove(removed.signedIn().person().id(), "machine");
      all.put("removed " + name, device(removed, Optional.empty()));
    }
  }

  private static Persons.Accepted signedIn(TestServer server, String name, Role role) {
    return server.persons.accept(
        server.persons.invite(name, Optional.of(role), "machine").token(), "test");
  }

  private static Shown device(Persons.Accepted accepted, Optional<Set<String>> opens) {
    return new Shown(opens, "Cookie", "zhiku-person=" + accepted.secret(), "Origin", OWN_ORIGIN);
  }

  private static Shown dead(String key) {
    return new Shown(Optional.empty(), "Authorization", "Bearer " + key);
  }

  private static NamedKeys.Made make(
      TestServer server, Role role, Optional<Instant> end, List<String> addresses) {
    return server.named.create(
        new NamedKey.Terms(role.wireName(), role, end, addresses, Optional.empty(), false),
        "machine");
  }

  private static String session(TestServer server, String key) {
    HttpResponse<String> response = server.postJson("/session", "{\"key\":\"" + key + "\"}");
    String cookie = response.headers().firstValue("set-cookie").orElseThrow();
    return cookie.substring(0, cookie.indexOf(';'));
  }

  @Test
  void on_loopback_only_a_key_that_has_ended_is_refused_and_a_proxy_needs_one(
      @TempDir Path folder) {
    try (TestServer server = TestServer.start(folder, new TestServer.Settings().ollamaPort())) {
      NamedKeys.Made revoked = make(server, Role.READER, Optional.empty(), List.of());
      server.named.revoke(revoked.key().id(), "machine");
      String[] reader = {
        "Authorization", "Bearer " + make(server, Role.READER, Optional.empty(), List.of()).text()
      };
      for (String operation : operations()) {
        String key = key(operation);
        boolean open = "none".equals(key);
        assertThat(send(server, operation).statusCode()).as(operation).isNotIn(401, 403);
        assertThat(send(server, operation, "Authorization", "Bearer sk-any").statusCode())
            .as(operation)
            .isNotIn(401, 403);
        assertThat(send(server, operation, reader).statusCode() == 403)
            .as(operation)
            .isEqualTo(!open && !opens(Role.READER).contains(key));
        assertThat(
                send(server, operation, dead(revoked.text()).sent()).statusCode()
                    == unknown(operation))
            .as(operation)
            .isEqualTo(!open);
        assertThat(
                send(server, operation, "X-Forwarded-For", "10.0.0.1").statusCode()
                    == unknown(operation))
            .as(operation)
            .isEqualTo(!open);
      }
    }
  }

  @Test
  void behind_a_trusted_proxy_a_user_opens_what_a_reader_does_and_a_key_what_it_names(
      @TempDir Path folder) {
    AccessKeys shared = AccessKeys.create(folder.resolve("access.key"));
    TestServer.Settings settings =
        new TestServer.Settings()
            .host("192.168.1.20")
            .keys(shared)
            .trustedProxies("127.0.0.1")
            .userHeader("Remote-User")
            .ollamaPort();
    try (TestServer server = TestServer.start(folder, settings)) {
      Map<String, Shown> credentials = credentials(server, shared);
      proxied(server, credentials);
      List<String> surprises = new ArrayList<>();
      for (String operation : operations()) {
        credentials.forEach(
            (name, shown) -> {
              List<String> sent = new ArrayList<>(shown.headers());
              sent.addAll(List.of("X-Forwarded-For", "10.1.2.3"));
              int expected = expected(operation, shown);
              int status = send(server, operation, sent.toArray(String[]::new)).statusCode();
              if (expected == 0 ? status == 401 || status == 403 : status != expected) {
                surprises.add(operation + " with " + name + ": " + status);
              }
            });
      }

      assertThat(surprises).isEmpty();
    }
  }

  /** What only stands for anything behind a proxy. */
  private static void proxied(TestServer server, Map<String, Shown> all) {
    String[] page = {"Origin", OWN_ORIGIN};
    Optional<Set<String>> reader = Optional.of(opens(Role.READER));
    all.put("a user", new Shown(reader, "Remote-User", "ann", page[0], page[1]));
    all.put("another header", new Shown(Optional.empty(), "X-Forwarded-User", "ann"));
    for (Role role : Role.values()) {
      String key = make(server, role, Optional.empty(), List.of("10.1.0.0/16")).text();
      all.put(
          role.wireName() + " of the client's address",
          new Shown(Optional.of(opens(role)), "Authorization", "Bearer " + key));
      all.put(
          role.wireName() + " of the proxy's address",
          dead(make(server, role, Optional.empty(), List.of("127.0.0.1")).text()));
    }
    NamedKeys.Made revoked = make(server, Role.ADMIN, Optional.empty(), List.of());
    server.named.revoke(revoked.key().id(), "machine");
    all.put(
        "a user beside a revoked key",
        new Shown(
            Optional.empty(),
            "Authorization",
            "Bearer " + revoked.text(),
            "Remote-User",
            "ann",
            page[0],
            page[1]));
  }

  private static HttpResponse<String> send(TestServer server, String operation, String... headers) {
    String[] parts = operation.split(" ", 2);
    String path = parts[1].replaceAll("\\{[^}]*}", "x0");
    String origin = "http://" + server.uri(path).getAuthority();
    return server.send(
        parts[0],
        path,
        Arrays.stream(headers)
            .map(header -> header.equals(OWN_ORIGIN) ? origin : header)
            .toArray(String[]::new));
  }

  private static List<String> operations() {
    Map<String, Map<String, Map<String, Object>>> api = read();
    List<String> all = new ArrayList<>();
    Objects.requireNonNull(api.get("paths"))
        .forEach(
            (path, methods) ->
                methods
                    .keySet()
                    .forEach(method -> all.add(method.toUpperCase(Locale.ROOT) + " " + path)));
    // Signing out comes last: the cookie opens nothing afterwards.
    all.sort(Comparator.comparing("DELETE /session"::equals));
    return all;
  }

  private static Map<String, Map<String, Map<String, Object>>> read() {
    try (InputStream in =
        Objects.requireNonNull(
            AccessMatrixTest.class.getResourceAsStream("/META-INF/swagger/zhiku.yml"))) {
      return new Yaml().load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
