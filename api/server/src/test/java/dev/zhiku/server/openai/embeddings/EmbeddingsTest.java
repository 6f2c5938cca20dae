package dev.zhiku.server.openai.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.index.embedding.Embedding;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.NamedKey;
import dev.zhiku.server.identity.NamedKeys;
import dev.zhiku.server.identity.Role;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vectors for clients of OpenAI's protocol, with a model whose vectors are known. */
class EmbeddingsTest {
  private final ObjectMapper json = new ObjectMapper();
  private TestServer server;

  @BeforeEach
  void start(@TempDir Path folder) {
    server = TestServer.start(folder);
    server.lifecycle.serving();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> ask(String body, String... headers) {
    return server.postJson("/v1/embeddings", body, headers);
  }

  private JsonNode read(HttpResponse<String> response) throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json.readTree(response.body());
  }

  private static float[] numbers(JsonNode vector) {
    float[] numbers = new float[vector.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = vector.get(i).floatValue();
    }
    return numbers;
  }

  @Test
  void one_text_has_one_vector_of_the_model() throws Exception {
    JsonNode list = read(ask("{\"model\":\"hashing\",\"input\":\"年假有几天？\"}"));

    assertThat(list.at("/object").asText()).isEqualTo("list");
    assertThat(list.at("/model").asText()).isEqualTo("hashing");
    assertThat(list.at("/data/0/object").asText()).isEqualTo("embedding");
    assertThat(Embedding.of(numbers(list.at("/data/0/embedding"))))
        .isEqualTo(server.embedder.embedPassages(List.of("年假有几天？")).getFirst());
    int tokens = server.embedder.countTokens("年假有几天？");
    assertThat(list.at("/usage").toString())
        .isEqualTo("{\"prompt_tokens\":" + tokens + ",\"total_tokens\":" + tokens + "}");
    assertThat(list.has("truncated")).isFalse();
  }

  @Test
  void texts_of_a_list_keep_their_order_beyond_what_a_model_takes_at_once() throws Exception {
    List<String> texts = IntStream.range(0, 150).mapToObj(i -> "text number " + i).toList();

    JsonNode list = read(ask("{\"input\":" + json.writeValueAsString(texts) + "}"));

    assertThat(list.at("/data")).hasSize(150);
    for (int i : new int[] {0, 15, 16, 149}) {
      assertThat(list.at("/data/" + i + "/index").asInt()).isEqualTo(i);
      assertThat(Embedding.of(numbers(list.at("/data/" + i + "/embedding"))))
          .isEqualTo(server.embedder.embedPassages(List.of(texts.get(i))).getFirst());
    }
  }

  @Test
  void base64_holds_the_same_numbers() throws Exception {
    String packed =
        read(ask("{\"input\":[\"goggles\"],\"encoding_format\":\"base64\"}"))
            .at("/data/0/embedding")
            .asText();

    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getDecoder().decode(packed)).order(ByteOrder.LITTLE_ENDIAN);
    float[] unpacked = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(unpacked);
    assertThat(Embedding.of(unpacked))
        .isEqualTo(server.embedder.embedPassages(List.of("goggles")).getFirst());
  }

  @Test
  void a_query_is_computed_as_one_that_is_searched_with() throws Exception {
    JsonNode list = read(ask("{\"input\":\"goggles\",\"input_type\":\"query\"}"));

    assertThat(Embedding.of(numbers(list.at("/data/0/embedding"))))
        .isEqualTo(server.embedder.embedQuery("goggles"));
  }

  @Test
  void a_text_longer_than_the_model_reads_is_named_and_what_was_read_is_counted() throws Exception {
    int most = server.embedder.maxTokens();
    String tooLong =
        IntStream.range(0, most + 50).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));

    JsonNode list = read(ask("{\"input\":[\"short\",\"" + tooLong + "\"]}"));

    assertThat(list.at("/truncated").toString()).isEqualTo("[1]");
    assertThat(list.at("/usage/prompt_tokens").asInt())
        .isEqualTo(server.embedder.countTokens("short") + most);
  }

  @Test
  void the_length_that_vectors_have_can_be_asked_for() throws Exception {
    int length = server.embedder.id().dimension();

    assertThat(read(ask("{\"input\":\"a\",\"dimensions\":" + length + "}")).at("/data/0/embedding"))
        .hasSize(length);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"model\":\"hashing\"} | input | must be given",
        "{\"input\":[]} | input | list of 1 to 2048 texts",
        "{\"input\":[1,2,3]} | input | tokens are not read",
        "{\"input\":[[1,2],[3]]} | input | check_embedding_ctx_length",
        "{\"input\":[\"a\",\" \"]} | input[1] | not blank",
        "{\"input\":\"\"} | input | not blank",
        "{\"input\":\"a\",\"dimensions\":7} | dimensions | or left out",
        "{\"input\":\"a\",\"encoding_format\":\"int8\"} | encoding_format | float or base64",
        "{\"input\":\"a\",\"input_type\":\"passage\"} | input_type | document or query",
      })
  void what_cannot_be_done_is_refused_by_name(String body, String param, String rule)
      throws Exception {
    HttpResponse<String> response = ask(body);

    assertThat(response.statusCode()).isEqualTo(400);
    JsonNode error = json.readTree(response.body()).at("/error");
    assertThat(error.at("/type").asText()).isEqualTo("invalid_request_error");
    assertThat(error.at("/param").asText()).isEqualTo(param);
    assertThat(error.at("/message").asText().replace(",", "")).contains(rule);
  }

  @Test
  void a_text_beyond_the_limit_and_too_many_of_them_are_refused() throws Exception {
    assertThat(ask("{\"input\":\"" + "x".repeat(32_769) + "\"}").body()).contains("32768");
    String many = "\"x\",".repeat(2_048) + "\"x\"";
    assertThat(ask("{\"input\":[" + many + "]}").body()).contains("1 to 2048");
  }

  @Test
  void a_model_that_is_not_there_is_named_with_those_that_are() throws Exception {
    HttpResponse<String> response = ask("{\"model\":\"zhiku\",\"input\":\"a\"}");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("model_not_found", "zhiku-embedding, hashing");
  }

  @Test
  void a_model_that_is_out_of_reach_is_an_error_to_try_again_after() throws Exception {
    server.embedder.leave();

    HttpResponse<String> response = ask("{\"input\":\"a\"}", "Accept-Language", "zh");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).contains("5");
    assertThat(response.body()).contains("embedder_away", "无法连接");
  }

  @Test
  void a_request_counts_as_a_question_of_its_key_with_its_tokens() throws Exception {
    NamedKeys.Made key =
        server.named.create(
            new NamedKey.Terms(
                "indexer", Role.READER, Optional.empty(), List.of(), Optional.of(1), false),
            "machine");
    String[] header = {"Authorization", "Bearer " + key.text()};

    read(ask("{\"input\":[\"goggles\",\"rules\"]}", header));
    HttpResponse<String> second = ask("{\"input\":\"goggles\"}", header);

    assertThat(second.statusCode()).isEqualTo(429);
    assertThat(second.body()).contains("rate_limit_error");
    assertThat(server.get("/keys").body()).contains("\"questions\":1");
  }
}
