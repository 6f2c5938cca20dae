package dev.zhiku.server.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.Role;
import dev.zhiku.server.openai.NodeScript;
import dev.zhiku.server.openai.PythonScript;
import dev.zhiku.server.openai.V1Server;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ollama's official clients, where they are installed, against a port that asks for a key. */
@Timeout(900)
class OllamaClientIT {
  @TempDir private Path folder;

  private interface Client {
    JsonNode run(String host, String key) throws Exception;
  }

  @Test
  void every_route_answers_as_the_client_for_python_knows_it() throws Exception {
    everyRouteAnswers(
        (host, key) ->
            PythonScript.run(folder, "ollama", getClass(), "ollama_client.py", host, key));
  }

  @Test
  void every_route_answers_as_the_client_for_javascript_knows_it() throws Exception {
    everyRouteAnswers(
        (host, key) ->
            NodeScript.run(folder, List.of("ollama"), getClass(), "ollama_client.cjs", host, key));
  }

  private void everyRouteAnswers(Client client) throws Exception {
    AccessKeys keys = AccessKeys.create(folder.resolve("access.key"));
    try (V1Server server =
        V1Server.start(folder, new TestServer.Settings().host("0.0.0.0").keys(keys).ollamaPort())) {
      String host = "http://" + server.http.uri("/api/").getAuthority();

      JsonNode seen = client.run(host, keys.text(Role.READER));

      requireAnswers(seen, server.http.embedder.id().dimension());
      for (String write : List.of("pull", "push", "create", "copy", "delete")) {
        assertThat(seen.at("/refused/" + write).asInt()).as(write).isEqualTo(405);
      }
      assertThat(seen.at("/unknown_model").asInt()).isEqualTo(404);
      assertThat(seen.at("/no_key").asInt()).isEqualTo(401);
    }
  }

  private static void requireAnswers(JsonNode seen, int dimension) {
    assertThat(seen.at("/models").toString())
        .isEqualTo("[\"zhiku:latest\",\"zhiku/knowledge:latest\",\"zhiku-chat:latest\"]");
    assertThat(seen.at("/loaded")).isEqualTo(seen.at("/models"));
    assertThat(seen.at("/capabilities").toString()).contains("completion");
    for (String way : List.of("chat", "streamed", "generate", "generate_streamed")) {
      assertThat(seen.at("/" + way).asText()).contains("15 天带薪年假。 [1]", "**来源**");
    }
    assertThat(seen.at("/counted").asBoolean()).isTrue();
    assertThat(seen.at("/vectors").toString())
        .isEqualTo("[" + dimension + "," + dimension + "," + dimension + "]");
  }
}
