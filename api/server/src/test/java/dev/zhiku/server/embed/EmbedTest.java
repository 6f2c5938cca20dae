package dev.zhiku.server.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.Role;
import dev.zhiku.server.openai.V1Server;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The frame that pages of the intranet show, and as whom it asks. */
class EmbedTest {
  private static final String PORTAL = "https://portal.intranet";
  private static final String[] FRAME = {"Authorization", "Bearer embedded"};
  private static final String QUESTION = "{\"question\": \"年假有几天？\"}";

  @TempDir private Path folder;

  /** A key file that is written once there is a service that makes keys. */
  private TestServer.Settings settings(Path keyFile) {
    return new TestServer.Settings().embed(new EmbedConfig(List.of(PORTAL), Optional.of(keyFile)));
  }

  @Test
  void pages_of_the_named_origins_alone_may_show_the_frame() throws IOException {
    Path key = Files.writeString(folder.resolve("embed.key"), "kb_none");
    try (TestServer server = TestServer.start(folder, settings(key))) {
      HttpResponse<String> frame = server.get("/embed");
      assertThat(frame.statusCode()).isEqualTo(200);
      assertThat(frame.headers().firstValue("content-security-policy").orElse(""))
          .endsWith("frame-ancestors " + PORTAL)
          .contains("script-src 'self'");
      assertThat(frame.headers().firstValue("x-frame-options")).isEmpty();
      HttpResponse<String> script = server.get("/embed.js");
      assertThat(script.headers().firstValue("cross-origin-resource-policy"))
          .contains("cross-origin");
      assertThat(frame.body() + script.body()).doesNotContain("kb_");
      assertThat(server.get("/").headers().firstValue("x-frame-options")).contains("DENY");
    }
  }

  @Test
  void the_frame_asks_as_its_key_and_not_at_all_with_one_that_is_no_readers() throws IOException {
    AccessKeys keys = AccessKeys.create(folder.resolve("access.key"));
    for (Role role : List.of(Role.READER, Role.ADMIN)) {
      Path home = Files.createDirectory(folder.resolve(role.wireName()));
      Path key = Files.writeString(home.resolve("embed.key"), keys.text(role));
      try (V1Server server = V1Server.start(home, settings(key).host("192.168.1.20").keys(keys))) {
        HttpResponse<String> answer = server.http.postJson("/query", QUESTION, FRAME);
        boolean reader = role == Role.READER;
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(reader ? 200 : 403);
        assertThat(answer.body()).contains(reader ? "15 天带薪年假" : "embed.key-file");
        assertThat(server.http.get("/sources", FRAME).statusCode()).isEqualTo(403);
        assertThat(server.http.postJson("/query", QUESTION).statusCode()).isEqualTo(401);
      }
    }
  }

  @Test
  void on_the_machine_itself_the_frame_is_not_taken_for_a_program_of_it() throws IOException {
    Path key = Files.writeString(folder.resolve("embed.key"), "kb_unknown");
    try (V1Server server = V1Server.start(folder, settings(key))) {
      assertThat(server.http.postJson("/query", QUESTION, FRAME).statusCode()).isEqualTo(403);
      assertThat(server.http.postJson("/query", QUESTION).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void without_a_configured_frame_its_mark_is_no_key() throws IOException {
    AccessKeys keys = AccessKeys.create(folder.resolve("access.key"));
    try (V1Server server =
        V1Server.start(folder, new TestServer.Settings().host("192.168.1.20").keys(keys))) {
      assertThat(server.http.postJson("/query", QUESTION, FRAME).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void a_configuration_that_cannot_be_meant_is_refused_by_its_rule() {
    assertThatThrownBy(() -> new EmbedConfig(List.of("*"), Optional.of(folder)))
        .hasMessageContaining("zhiku.embed.origins");
    assertThatThrownBy(() -> new EmbedConfig(List.of(PORTAL), Optional.empty()))
        .hasMessageContaining("key-file");
  }
}
