package dev.zhiku.server.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.catalog.DocumentCatalog.SourceState;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.Role;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesControllerTest {
  @TempDir Path home;
  private Path share;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    share = Files.createDirectories(home.resolve("share"));
    server = TestServer.start(Files.createDirectories(home.resolve("server")));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> add(String fields) {
    return server.postJson(
        "/sources", "{\"name\": \"share\", \"path\": \"" + share + "\"" + fields + "}");
  }

  @Test
  void a_source_is_added_with_what_was_said_of_it_and_listed() {
    HttpResponse<String> added =
        add(", \"read_only\": true, \"exclude\": [\"old/**\"], \"scan_seconds\": 60");

    assertThat(added.statusCode()).isEqualTo(201);
    assertThat(server.json(added))
        .containsEntry("name", "share")
        .containsEntry("path", share.toString())
        .containsEntry("read_only", true)
        .containsEntry("exclude", List.of("old/**"))
        .containsEntry("origin", "added")
        .containsEntry("state", "watched");
    assertThat(server.json(server.get("/sources")))
        .extractingByKey("items")
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Map.class))
        .hasSize(1);
  }

  @Test
  void a_folder_that_cannot_be_one_is_refused_with_the_rule_and_the_way_out_in_the_language() {
    HttpResponse<String> refused =
        server.postJson(
            "/sources",
            "{\"name\": \"a\", \"path\": \"" + share + "/nowhere\"}",
            "Accept-Language",
            "zh-CN");

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(server.json(refused)).containsEntry("code", "source-refused");
    assertThat(refused.body()).contains("不存在", "挂载");
  }

  @Test
  void the_address_of_a_share_is_refused_with_how_to_mount_it() {
    for (String path : new String[] {"smb://server/share", "//server/share"}) {
      HttpResponse<String> refused =
          server.postJson("/sources", "{\"name\": \"a\", \"path\": \"" + path + "\"}");

      assertThat(refused.statusCode()).isEqualTo(422);
      assertThat(refused.body()).contains("mount -t cifs");
    }
  }

  @Test
  void a_relative_path_and_a_bad_name_are_refused() {
    assertThat(server.postJson("/sources", "{\"name\": \"a\", \"path\": \"docs\"}").body())
        .contains("no absolute path");
    assertThat(server.postJson("/sources", "{\"name\": \"a/b\", \"path\": \"/\"}").statusCode())
        .isEqualTo(400);
    assertThat(add(", \"exclude\": [\"[\"]").statusCode()).isEqualTo(400);
    assertThat(add(", \"scan_seconds\": 0").statusCode()).isEqualTo(400);
  }

  @Test
  void a_removal_is_confirmed_in_a_second_step_or_taken_back() {
    add("");

    HttpResponse<String> asked = server.send("DELETE", "/sources/share");
    assertThat(server.json(asked)).containsEntry("removed", false);
    assertThat(server.get("/sources").body()).contains("\"state\":\"leaving\"");
    assertThat(server.json(server.send("POST", "/sources/share/resume")))
        .containsEntry("state", "watched");
    assertThat(server.send("DELETE", "/sources/share?confirm=yes").statusCode()).isEqualTo(400);
    assertThat(server.json(server.send("DELETE", "/sources/share?confirm=true")))
        .containsEntry("removed", true);
    assertThat(server.send("DELETE", "/sources/share").statusCode()).isEqualTo(404);
  }

  @Test
  void a_source_at_rest_is_not_confirmed() {
    add("");
    server.catalog.put(
        new SourceState("share", share.toString(), true, true, Phrase.NONE, Optional.empty()));
    server.send("POST", "/sources/share/hold");

    HttpResponse<String> refused = server.send("POST", "/sources/share/confirm");

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(server.json(refused)).containsEntry("code", "source-at-rest");
    assertThat(server.ingest.confirmed()).isEmpty();
  }

  @Test
  void only_administrators_see_and_change_sources(@TempDir Path other) {
    AccessKeys keys = AccessKeys.create(other.resolve("access.key"));
    String reader = "Bearer " + keys.text(Role.READER);
    try (TestServer open =
        TestServer.start(other, new TestServer.Settings().host("0.0.0.0").keys(keys))) {
      assertThat(open.get("/sources", "Authorization", reader).statusCode()).isEqualTo(403);
      assertThat(open.send("DELETE", "/sources/a", "Authorization", reader).statusCode())
          .isEqualTo(403);
      assertThat(open.get("/sources").statusCode()).isEqualTo(401);
    }
  }
}
