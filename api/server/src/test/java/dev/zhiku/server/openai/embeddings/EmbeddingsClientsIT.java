package dev.zhiku.server.openai.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.BadRequestException;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.Role;
import dev.zhiku.server.openai.PythonScript;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The official clients for Java and, where it is installed, for Python ask for vectors. */
@Timeout(900)
class EmbeddingsClientsIT {
  @TempDir private Path folder;
  private AccessKeys keys;
  private TestServer server;

  @BeforeEach
  void start() {
    keys = AccessKeys.create(folder.resolve("access.key"));
    server = TestServer.start(folder, new TestServer.Settings().host("0.0.0.0").keys(keys));
    server.lifecycle.serving();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void vectors_pass_the_validation_of_the_client_for_java() throws Exception {
    OpenAIClient client =
        OpenAIOkHttpClient.builder()
            .baseUrl(server.uri("/v1").toString())
            .apiKey(keys.text(Role.READER))
            .maxRetries(0)
            .build();
    EmbeddingCreateParams.Builder asked =
        EmbeddingCreateParams.builder()
            .model("text-embedding-3-small")
            .inputOfArrayOfStrings(List.of("年假", "goggles"));

    CreateEmbeddingResponse response = client.embeddings().create(asked.build()).validate();

    assertThat(response.model()).isEqualTo("hashing");
    assertThat(response.usage().totalTokens()).isPositive();
    float[] vector = server.embedder.embedPassages(List.of("goggles")).getFirst().toArray();
    assertThat(response.data().get(1).embedding())
        .hasSize(vector.length)
        .first()
        .isEqualTo(vector[0]);
    assertThatThrownBy(() -> client.embeddings().create(asked.dimensions(7).build()))
        .isInstanceOfSatisfying(
            BadRequestException.class, e -> assertThat(e.param()).contains("dimensions"));
    client.close();
  }

  @Test
  void vectors_and_refusals_arrive_as_the_client_for_python_knows_them() throws Exception {
    JsonNode seen =
        PythonScript.run(
            folder,
            "openai",
            getClass(),
            "embeddings_client.py",
            server.uri("/v1").toString(),
            keys.text(Role.READER));

    int dimension = server.embedder.id().dimension();
    assertThat(seen.at("/base64/model").asText()).isEqualTo("hashing");
    assertThat(seen.at("/base64/lengths").toString())
        .isEqualTo("[" + dimension + "," + dimension + "]");
    assertThat(seen.at("/base64/tokens").asInt()).isPositive();
    assertThat(seen.at("/same").asBoolean()).isTrue();
    assertThat(seen.at("/tokens_refused").toString())
        .isEqualTo("[\"BadRequestError\",\"value_out_of_range\",\"input\"]");
    assertThat(seen.at("/unknown_model").toString())
        .isEqualTo("[\"NotFoundError\",\"model_not_found\",\"model\"]");
    assertThat(seen.at("/wrong_key").toString())
        .isEqualTo("[\"AuthenticationError\",\"invalid_api_key\",null]");
  }
}
