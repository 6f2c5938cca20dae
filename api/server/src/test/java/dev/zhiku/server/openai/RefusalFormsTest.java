package dev.zhiku.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is refused before a route reads it, in the form of errors that its clients know. */
class RefusalFormsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static AccessKeys keys;
  private static V1Server server;

  /** A form of errors, and routes that have it. */
  private enum Form {
    OPENAI("/error/message", "/v1/chat/completions /v1/completions /v1/responses /v1/embeddings"),
    OLLAMA("/error", "/api/chat /api/generate /api/embed /api/embeddings /api/show"),
    DIFY("/error_msg", "/retrieval");

    private final String message;
    private final String routes;

    Form(String message, String routes) {
      this.message = message;
      this.routes = routes;
    }

    List<String> routes() {
      return List.of(routes.split(" ", -1));
    }

    /** Whether a client finds the sentence where it looks for it. */
    boolean says(JsonNode body) {
      return body.at(message).isTextual() && !body.at(message).asText().isBlank();
    }
  }

  @BeforeAll
  static void start(@TempDir Path folder) {
    keys = AccessKeys.create(folder.resolve("access.key"));
    server =
        V1Server.start(folder, new TestServer.Settings().host("0.0.0.0").keys(keys).ollamaPort());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void every_refusal_has_the_form_of_the_protocol(Form form) throws Exception {
    String key = "Bearer " + keys.text(Role.READER);
    List<String> surprises = new ArrayList<>();
    for (String route : form.routes()) {
      Map<String, HttpResponse<String>> refused = new LinkedHashMap<>();
      refused.put("no key", server.http.postJson(route, "{}"));
      refused.put("a wrong key", server.http.postJson(route, "{}", "Authorization", "Bearer kb_x"));
      refused.put("no body", server.http.postJson(route, "", "Authorization", key));
      refused.put("no JSON", server.http.postJson(route, "{\"model\":", "Authorization", key));
      refused.put("a list", server.http.postJson(route, "[]", "Authorization", key));
      refused.put("no fields", server.http.postJson(route, "{}", "Authorization", key));
      refused.put("another method", server.http.send("DELETE", route, "Authorization", key));
      for (Map.Entry<String, HttpResponse<String>> one : refused.entrySet()) {
        int status = one.getValue().statusCode();
        if (status < 400 || status >= 500 || !form.says(JSON.readTree(one.getValue().body()))) {
          surprises.add(
              route + " with " + one.getKey() + ": " + status + " " + one.getValue().body());
        }
      }
    }

    assertThat(surprises).isEmpty();
  }

  @Test
  void a_place_that_is_none_is_told_in_the_form_of_the_protocol_around_it() throws Exception {
    String key = "Bearer " + keys.text(Role.READER);
    JsonNode openai =
        JSON.readTree(server.http.get("/v1/audio/speech", "Authorization", key).body());
    JsonNode ollama = JSON.readTree(server.http.get("/api/blobs", "Authorization", key).body());

    assertThat(Form.OPENAI.says(openai)).as(openai.toString()).isTrue();
    assertThat(Form.OLLAMA.says(ollama)).as(ollama.toString()).isTrue();
  }
}
