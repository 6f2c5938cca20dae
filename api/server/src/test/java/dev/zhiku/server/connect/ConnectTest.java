package dev.zhiku.server.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.server.documents.Entries;
import dev.zhiku.server.http.TestServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients are given, and what they would see. */
class ConnectTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode get(TestServer server, String path, String... headers)
      throws IOException {
    HttpResponse<String> response = server.get(path, headers);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  @Test
  void every_client_has_settings_and_steps_in_three_languages(@TempDir Path folder)
      throws IOException {
    try (TestServer server = TestServer.start(folder)) {
      List<String> ids = get(server, "/connect").at("/items").findValuesAsText("id");
      assertThat(ids).hasSizeGreaterThanOrEqualTo(20).doesNotHaveDuplicates();
      for (String id : ids) {
        JsonNode english = get(server, "/connect/" + id);
        assertThat(english.at("/settings")).as(id).isNotEmpty();
        assertThat(english.at("/checks")).as(id).isNotEmpty();
        assertThat(english.toString()).as(id).doesNotContain("{host}", "{ollama}", "{key}");
        for (String language : List.of("zh-CN", "zh-TW")) {
          JsonNode other = get(server, "/connect/" + id, "Accept-Language", language);
          assertThat(other.at("/steps")).as(id).hasSameSizeAs(english.at("/steps"));
          assertThat(other.at("/steps")).as(id).isNotEqualTo(english.at("/steps"));
        }
      }
    }
  }

  @Test
  void the_address_is_the_one_by_which_the_asker_reaches_the_service(@TempDir Path folder)
      throws IOException {
    try (TestServer server = TestServer.start(folder)) {
      JsonNode client = get(server, "/connect/chatbox");

      String base = server.uri("").toString();
      assertThat(client.at("/settings/0/value").asText()).isEqualTo(base + "/v1");
      assertThat(client.at("/settings/1/value").asText())
          .isEqualTo(client.at("/key_placeholder").asText());
      assertThat(client.at("/checks/0/url").asText()).isEqualTo(base + "/v1/models");
      assertThat(client.at("/available").asBoolean()).isTrue();
      assertThat(get(server, "/connect/ollama-js").at("/available").asBoolean()).isFalse();
    }
  }

  @Test
  void the_question_is_about_what_the_asker_may_see_and_in_its_language(@TempDir Path folder)
      throws IOException {
    try (TestServer server = TestServer.start(folder)) {
      assertThat(get(server, "/connect/dify").has("question")).isFalse();
      server.catalog.put(Entries.indexed("hr/员工手册.pdf", "application/pdf", 10));

      assertThat(get(server, "/connect/dify").at("/question").asText())
          .isEqualTo("文档中关于员工手册是怎么说的？");
      server.catalog.away(true);
      assertThat(get(server, "/connect/dify").has("question")).isFalse();
    }
  }

  @Test
  void an_unknown_client_is_told_which_there_are(@TempDir Path folder) {
    try (TestServer server = TestServer.start(folder)) {
      HttpResponse<String> response = server.get("/connect/winamp");

      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(response.body())
          .contains("client-not-found", "winamp", "open-webui, chatbox", "mcp, dify");
    }
  }
}
