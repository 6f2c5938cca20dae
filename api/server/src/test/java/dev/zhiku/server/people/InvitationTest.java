package dev.zhiku.server.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.Role;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InvitationTest {
  @TempDir private Path folder;
  private AccessKeys keys;
  private TestServer server;

  @BeforeEach
  void start() {
    keys = AccessKeys.create(folder.resolve("access.key"));
    server = TestServer.start(folder, new TestServer.Settings().host("192.168.1.20").keys(keys));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String[] admin() {
    return new String[] {"Authorization", "Bearer " + keys.text(Role.ADMIN)};
  }

  private Map<String, Object> invite(String body) {
    HttpResponse<String> response = server.postJson("/invitations", body, admin());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return server.json(response);
  }

  private static List<?> list(Map<String, Object> object, String field) {
    return (List<?>) Objects.requireNonNull(object.get(field));
  }

  private static String token(Map<String, Object> invited) {
    String link = list(invited, "links").getFirst().toString();
    return link.substring(link.indexOf("/invite#") + "/invite#".length());
  }

  private HttpResponse<String> accept(String token) {
    return server.postJson("/invitations/accept", "{\"token\":\"" + token + "\"}");
  }

  private String signIn(String name) {
    return cookie(accept(token(invite("{\"name\":\"" + name + "\"}"))));
  }

  private static String cookie(HttpResponse<String> response) {
    String set = response.headers().firstValue("set-cookie").orElseThrow();
    return set.substring(0, set.indexOf(';'));
  }

  private String own() {
    return "http://127.0.0.1:" + server.port();
  }

  @Test
  void an_invitation_becomes_a_cookie_that_no_script_reads_and_lasts_ninety_days() {
    HttpResponse<String> accepted = accept(token(invite("{\"name\":\"Anna\"}")));

    assertThat(accepted.statusCode()).isEqualTo(200);
    assertThat(server.json(accepted))
        .containsEntry("kind", "person")
        .containsEntry("name", "Anna")
        .containsEntry("role", "reader")
        .containsEntry("signed_in", true);
    assertThat(accepted.headers().firstValue("set-cookie").orElseThrow())
        .contains("HTTPOnly", "SameSite=Strict", "Path=/", "Max-Age=7776000")
        .doesNotContain("Secure");
    assertThat(server.get("/documents", "Cookie", cookie(accepted)).statusCode()).isEqualTo(200);
  }

  @Test
  void an_invitation_opens_once_and_a_wrong_one_never() {
    String token = token(invite("{\"name\":\"Anna\"}"));
    accept(token);

    assertThat(accept(token).statusCode()).isEqualTo(410);
    assertThat(accept("x").body()).contains("invitation-ended");
    for (int i = 0; i < 5; i++) {
      accept("x" + i);
    }
    HttpResponse<String> held = accept("y");
    assertThat(held.statusCode()).isEqualTo(429);
    assertThat(accept(token(invite("{\"name\":\"Bert\"}"))).statusCode()).isEqualTo(200);
  }

  @Test
  void the_page_opens_at_the_address_of_an_invitation_without_a_key() {
    assertThat(server.get("/invite").statusCode()).isEqualTo(200);
    assertThat(server.get("/invite").body()).contains("<");
  }

  @Test
  void who_asks_is_told_and_stays_signed_in_for_as_long_again() {
    String cookie = signIn("Anna");
    HttpResponse<String> who = server.get("/session", "Cookie", cookie);

    assertThat(server.json(who)).containsEntry("name", "Anna");
    assertThat(who.headers().firstValue("set-cookie").orElseThrow()).startsWith(cookie);
    assertThat(server.json(server.get("/session"))).containsEntry("kind", "nobody");
    assertThat(server.json(server.get("/session", admin())))
        .containsEntry("kind", "shared-key")
        .containsEntry("signed_in", false);
  }

  @Test
  void signing_out_ends_the_device_and_no_other() {
    String one = signIn("Anna");
    String other = signIn("Anna");
    HttpResponse<String> out = server.send("DELETE", "/session", "Cookie", one, "Origin", own());

    assertThat(out.headers().allValues("set-cookie")).anyMatch(c -> c.startsWith("zhiku-person=;"));
    assertThat(server.get("/documents", "Cookie", one).statusCode()).isEqualTo(401);
    assertThat(server.get("/documents", "Cookie", other).statusCode()).isEqualTo(200);
  }

  @Test
  @SuppressWarnings("unchecked")
  void a_device_is_signed_out_and_a_person_removed_by_an_administrator() {
    String one = signIn("Anna");
    String other = signIn("Anna");
    Map<String, Object> person =
        (Map<String, Object>)
            list(server.json(server.get("/persons", admin())), "items").getFirst();
    Map<String, Object> device = (Map<String, Object>) list(person, "devices").getFirst();
    String path = "/persons/" + person.get("id");

    assertThat(server.send("DELETE", path + "/devices/" + device.get("id"), admin()).statusCode())
        .isEqualTo(204);
    assertThat(server.get("/documents", "Cookie", one).statusCode()).isEqualTo(401);
    assertThat(server.get("/documents", "Cookie", other).statusCode()).isEqualTo(200);
    assertThat(server.send("DELETE", path, admin()).statusCode()).isEqualTo(204);
    assertThat(server.get("/documents", "Cookie", other).statusCode()).isEqualTo(401);
    assertThat(server.send("DELETE", path, admin()).statusCode()).isEqualTo(404);
  }

  @Test
  void what_a_cookie_changes_has_to_come_from_our_own_page() {
    Map<String, Object> invited = invite("{\"name\":\"Root\",\"role\":\"admin\"}");
    String cookie = cookie(accept(token(invited)));

    for (String[] headers :
        List.of(
            new String[] {"Cookie", cookie},
            new String[] {"Cookie", cookie, "Origin", "http://evil.example"},
            new String[] {"Cookie", cookie, "Sec-Fetch-Site", "same-site"})) {
      assertThat(server.send("POST", "/ingest/pause", headers).statusCode()).isEqualTo(403);
    }
    assertThat(server.send("POST", "/ingest/pause", "Cookie", cookie, "Origin", own()).statusCode())
        .isLessThan(300);
  }

  @Test
  void an_invitation_names_the_public_address_alone_where_there_is_one() throws IOException {
    server.close();
    server =
        TestServer.start(
            Files.createDirectories(folder.resolve("b")),
            new TestServer.Settings().publicUrl("https://docs.example/").keys(keys));

    assertThat(list(invite("{\"name\":\"Anna\"}"), "links").toString())
        .startsWith("[https://docs.example/invite#");
  }

  @Test
  void a_name_that_is_none_and_a_role_that_is_none_are_refused() {
    for (String body : List.of("{}", "{\"name\":\" \"}", "{\"name\":\"A\",\"role\":\"king\"}")) {
      assertThat(server.postJson("/invitations", body, admin()).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void on_loopback_the_browser_of_a_person_is_his_and_any_other_program_the_machines()
      throws IOException {
    try (TestServer local = TestServer.start(Files.createDirectories(folder.resolve("local")))) {
      String cookie =
          "zhiku-person="
              + local
                  .persons
                  .accept(
                      local.persons.invite("Anna", java.util.Optional.empty(), "machine").token(),
                      "x")
                  .secret();

      assertThat(local.json(local.get("/session", "Cookie", cookie))).containsEntry("name", "Anna");
      assertThat(local.get("/keys", "Cookie", cookie).statusCode()).isEqualTo(403);
      assertThat(local.json(local.get("/session", "Cookie", "zhiku-person=x")))
          .containsEntry("kind", "machine");
      assertThat(local.get("/keys").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_browser_on_this_machine_that_nobody_signed_in_has_nothing_to_sign_out_of()
      throws IOException {
    try (TestServer local = TestServer.start(Files.createDirectories(folder.resolve("device")))) {
      String device = "zhiku-device=" + "0a".repeat(16);

      assertThat(local.json(local.get("/session", "Cookie", device)))
          .containsEntry("kind", "browser")
          .containsEntry("signed_in", false);
    }
  }
}
