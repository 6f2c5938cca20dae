package dev.zhiku.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.Role;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Libraries that ask by OpenAI's protocol, as they come, where they are installed, against one
 * service that asks for a key. A page of the documentation says what each is given.
 */
@Timeout(900)
class ClientLibrariesIT {
  @TempDir private static Path home;
  @TempDir private Path folder;
  private static AccessKeys keys;
  private static V1Server server;

  @BeforeAll
  static void start() {
    keys = AccessKeys.create(home.resolve("access.key"));
    server = V1Server.start(home, new TestServer.Settings().host("0.0.0.0").keys(keys));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void openai_for_node_asks_streams_embeds_and_leaves() throws Exception {
    JsonNode seen = node("node_client.cjs", "openai");

    requireAnswers(seen, 7);
    requireVectors(seen);
    assertThat(seen.at("/models").toString())
        .isEqualTo("[\"zhiku\",\"zhiku/knowledge\",\"zhiku-chat\"]");
    assertThat(seen.at("/cited").asText()).isEqualTo("员工手册.pdf");
    assertThat(seen.at("/aborted").asInt()).isEqualTo(1);
    assertThat(seen.at("/refused/unknown_model").toString())
        .isEqualTo("[404,\"model_not_found\",\"model\"]");
    assertThat(seen.at("/refused/two_answers").toString())
        .isEqualTo("[400,\"value_out_of_range\",\"n\"]");
    assertThat(seen.at("/refused/wrong_key").toString())
        .isEqualTo("[401,\"invalid_api_key\",null]");
  }

  @Test
  void vercels_sdk_asks_by_responses_which_are_its_default() throws Exception {
    JsonNode seen = node("ai_sdk.cjs", "ai", "@ai-sdk/openai");

    requireAnswers(seen, 4);
    requireVectors(seen);
    requireRefusals(seen);
  }

  @Test
  void langchain_asks_streams_and_embeds() throws Exception {
    JsonNode seen = python("langchain_client.py", "langchain_openai");

    requireAnswers(seen, 4);
    requireVectors(seen);
    requireRefusals(seen);
  }

  @Test
  void llama_index_asks_by_prompts_as_it_comes_and_by_a_chat() throws Exception {
    JsonNode seen = python("llamaindex_client.py", "llama_index.llms.openai_like");

    requireAnswers(seen, 5);
    requireRefusals(seen);
  }

  private JsonNode node(String script, String... packages) throws Exception {
    return NodeScript.run(
        folder, List.of(packages), getClass(), script, server.url(), keys.text(Role.READER));
  }

  private JsonNode python(String script, String needed) throws Exception {
    return PythonScript.run(
        folder, needed, getClass(), script, server.url(), keys.text(Role.READER));
  }

  private static void requireAnswers(JsonNode seen, int ways) {
    assertThat(seen.at("/texts")).hasSize(ways);
    seen.at("/texts")
        .properties()
        .forEach(
            way ->
                assertThat(way.getValue().asText())
                    .as(way.getKey())
                    .contains("15 天带薪年假。 [1]", "**来源**"));
  }

  private static void requireVectors(JsonNode seen) {
    int dimension = server.http.embedder.id().dimension();
    assertThat(seen.at("/vectors").toString()).isEqualTo("[" + dimension + "," + dimension + "]");
  }

  private static void requireRefusals(JsonNode seen) {
    assertThat(seen.at("/refused").toString())
        .isEqualTo("{\"unknown_model\":404,\"wrong_key\":401}");
  }
}
