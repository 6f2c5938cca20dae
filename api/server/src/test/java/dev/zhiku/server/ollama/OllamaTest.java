package dev.zhiku.server.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.answering.answer.ScriptedChatBackend;
import dev.zhiku.answering.answer.ScriptedChatBackend.Step;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.chat.Handover.Format;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Turn;
import dev.zhiku.generators.testing.PromisedTime;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.openai.V1Server;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The port for programs for Ollama, down to its bytes. */
@Timeout(600)
class OllamaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** From the end of a connection to the end of the generation. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private static V1Server server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = V1Server.start(folder, new TestServer.Settings().ollamaPort());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void quote_again() {
    server.quoteAgain();
  }

  private static HttpResponse<String> send(String path, String body) {
    return server.http.postJson(path, body);
  }

  private static JsonNode ask(String path, String body) throws IOException {
    HttpResponse<String> response = send(path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private static List<JsonNode> lines(HttpResponse<String> response) throws IOException {
    assertThat(response.headers().firstValue("content-type").orElse(""))
        .startsWith("application/x-ndjson");
    List<JsonNode> lines = new ArrayList<>();
    for (String line : response.body().lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private static String chat(String model, String question, String more) {
    return "{\"model\":\""
        + model
        + "\",\"messages\":[{\"role\":\"user\",\"content\":\""
        + question
        + "\"}]"
        + more
        + "}";
  }

  @Test
  void the_port_says_what_ollama_says_and_has_no_other_routes_than_its_own() {
    String port = server.http.uri("/api/").toString().replace("/api/", "");
    HttpRequest root = HttpRequest.newBuilder(java.net.URI.create(port + "/")).build();
    HttpRequest status = HttpRequest.newBuilder(java.net.URI.create(port + "/status")).build();

    assertThat(server.http.send(root).body()).isEqualTo("Ollama is running");
    assertThat(server.http.send(status).statusCode()).isEqualTo(404);
    assertThat(server.http.get("/").body()).contains("<html");
    assertThat(
            server
                .http
                .send(
                    HttpRequest.newBuilder(
                            java.net.URI.create(
                                "http://127.0.0.1:" + server.http.port() + "/api/tags"))
                        .build())
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void a_format_holds_the_model_alone_to_json() throws Exception {
    ScriptedChatBackend model = ScriptedChatBackend.saying("{\"days\":15}");
    server.backend.use(model);

    ask("/api/chat", chat("zhiku-chat", "hello", ",\"stream\":false,\"format\":\"json\""));
    ask(
        "/api/chat",
        chat("zhiku-chat:latest", "hello", ",\"stream\":false,\"format\":{\"type\":\"object\"}"));

    assertThat(model.prompts())
        .extracting(prompt -> prompt.handover().format())
        .containsExactly(
            new Format.JsonObject(),
            new Format.JsonSchema("answer", "{\"type\":\"object\"}", true));
    assertThat(send("/api/chat", chat("zhiku-chat", "hello", ",\"format\":7")).statusCode())
        .isEqualTo(400);
  }

  @Test
  void models_are_listed_loaded_and_told_of() throws Exception {
    JsonNode tags = JSON.readTree(server.http.get("/api/tags").body()).at("/models");
    JsonNode loaded = JSON.readTree(server.http.get("/api/ps").body()).at("/models");

    assertThat(tags.findValuesAsText("name"))
        .isEqualTo(loaded.findValuesAsText("name"))
        .containsExactly("zhiku:latest", "zhiku/knowledge:latest", "zhiku-chat:latest");
    assertThat(tags.at("/0/digest").asText()).hasSize(64);
    assertThat(tags.at("/0/details/family").asText()).isEqualTo("zhiku");
    assertThat(loaded.at("/0/expires_at").asText()).isNotEmpty();
    assertThat(server.http.get("/api/version").body()).matches("\\{\"version\":\"[0-9.]+\"}");
    for (String name : List.of("zhiku", "zhiku:latest", "zhiku/knowledge:latest")) {
      assertThat(ask("/api/show", "{\"model\":\"" + name + "\"}").at("/capabilities/0").asText())
          .isEqualTo("completion");
    }
    assertThat(send("/api/show", "{\"model\":\"zhiku/nowhere\"}").statusCode()).isEqualTo(404);
  }

  @Test
  void a_chat_streams_lines_and_the_last_one_counts_and_cites() throws Exception {
    server.backend.use(
        new ScriptedChatBackend(
            List.of(
                new Step.Say(new Piece.Reasoning("Let me look.")),
                new Step.Say(new Piece.Text("每年享有 15 天")),
                new Step.Say(new Piece.Text("带薪年假 [1]。")))));

    List<JsonNode> lines = lines(send("/api/chat", chat("llama3.2", "年假有几天？", "")));

    StringBuilder told = new StringBuilder();
    lines.forEach(line -> told.append(line.at("/message/content").asText()));
    assertThat(told.toString()).startsWith("每年享有 15 天带薪年假 [1]。").contains("**来源**\n- [1]");
    assertThat(lines.getFirst().at("/message/thinking").asText()).isEqualTo("Let me look.");
    JsonNode last = lines.getLast();
    assertThat(last.at("/model").asText()).isEqualTo("zhiku:latest");
    assertThat(last.at("/done").asBoolean()).isTrue();
    assertThat(last.at("/done_reason").asText()).isEqualTo("stop");
    assertThat(last.at("/eval_count").asInt()).isPositive();
    assertThat(last.at("/prompt_eval_count").asInt()).isPositive();
    assertThat(last.at("/prompt_eval_duration").asLong() + last.at("/eval_duration").asLong())
        .isEqualTo(last.at("/total_duration").asLong())
        .isPositive();
    assertThat(last.at("/citations/0/path").asText()).isEqualTo("hr/员工手册.pdf");
    assertThat(last.at("/status").asText()).isEqualTo("answered");
    assertThat(lines.subList(0, lines.size() - 1))
        .allMatch(line -> !line.at("/done").asBoolean() && !line.has("eval_count"));
  }

  @Test
  void a_chat_in_one_piece_has_the_same() throws Exception {
    JsonNode answer = ask("/api/chat", chat("zhiku:latest", "年假有几天？", ",\"stream\":false"));

    assertThat(answer.at("/message/role").asText()).isEqualTo("assistant");
    assertThat(answer.at("/message/content").asText()).contains("15 天带薪年假。 [1]", "**来源**");
    assertThat(answer.at("/done").asBoolean()).isTrue();
    assertThat(answer.at("/citations")).isNotEmpty();
  }

  @Test
  void a_generation_has_its_text_as_response() throws Exception {
    JsonNode whole =
        ask("/api/generate", "{\"model\":\"zhiku\",\"prompt\":\"年假有几天？\",\"stream\":false}");
    List<JsonNode> lines =
        lines(send("/api/generate", "{\"model\":\"zhiku\",\"prompt\":\"年假有几天？\"}"));

    StringBuilder told = new StringBuilder();
    lines.forEach(line -> told.append(line.at("/response").asText()));
    assertThat(whole.at("/response").asText())
        .contains("15 天带薪年假。 [1]", "**来源**")
        .isEqualTo(told.toString());
    assertThat(whole.has("message")).isFalse();
  }

  @Test
  void options_and_the_system_are_handed_to_the_model() throws Exception {
    ScriptedChatBackend scripted = ScriptedChatBackend.saying("Ahoy!");
    server.backend.use(scripted);

    ask(
        "/api/generate",
        """
        {"model": "zhiku-chat:latest", "prompt": "Hello", "system": "Be a pirate.", "stream": false,
         "keep_alive": "5m", "raw": false,
         "options": {"temperature": 0.1, "stop": ["X"], "num_predict": 33, "num_ctx": 4096}}
        """);
    ask(
        "/api/chat",
        """
        {"model": "zhiku-chat", "stream": false, "options": {"num_predict": -1},
         "messages": [{"role": "user", "content": "Hello"},
                      {"role": "assistant", "content": "Ahoy!", "thinking": "x"},
                      {"role": "tool", "content": "y"}, {"role": "user", "content": "And now?"}]}
        """);

    var first = scripted.prompts().getFirst();
    assertThat(first.system()).isEqualTo("Be a pirate.");
    assertThat(first.sampling().temperature()).contains(0.1);
    assertThat(first.sampling().stop()).isEqualTo(List.of("X"));
    assertThat(first.limits().answerTokens()).isEqualTo(33);
    assertThat(scripted.prompts().getLast().history())
        .extracting(Turn::content)
        .containsExactly("Hello", "Ahoy!");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {"/api/chat | {\"model\":\"zhiku\"}", "/api/generate | {\"model\":\"zhiku\"}"})
  void a_request_that_asks_nothing_is_told_that_the_model_is_loaded(String path, String body)
      throws Exception {
    assertThat(ask(path, body).at("/done_reason").asText()).isEqualTo("load");
  }

  @Test
  void texts_become_vectors() throws Exception {
    JsonNode several = ask("/api/embed", "{\"model\":\"bge-m3\",\"input\":[\"a b\",\"c\"]}");
    JsonNode one = ask("/api/embeddings", "{\"model\":\"hashing:latest\",\"prompt\":\"a b\"}");

    assertThat(several.at("/model").asText()).isEqualTo("hashing");
    assertThat(several.at("/embeddings")).hasSize(2);
    assertThat(several.at("/embeddings/0")).isEqualTo(one.at("/embedding"));
    assertThat(several.at("/prompt_eval_count").asInt()).isEqualTo(3);
    assertThat(several.at("/total_duration").asLong()).isPositive();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "/api/chat | {} | model",
        "/api/chat | {\"model\":\"zhiku\",\"messages\":[{\"role\":\"judge\"}]} | messages[0].role",
        "/api/chat | {\"model\":\"zhiku\",\"messages\":[{\"role\":\"user\",\"content\":\"x\",\"images\":[\"AA\"]}]} | images",
        "/api/chat | {\"model\":\"zhiku\",\"format\":\"json\",\"messages\":[]} | format",
        "/api/chat | {\"model\":\"zhiku\",\"think\":7,\"messages\":[]} | think",
        "/api/generate | {\"model\":\"zhiku\",\"prompt\":\"x\",\"suffix\":\"y\"} | suffix",
        "/api/generate | {\"model\":\"zhiku\",\"prompt\":\"x\",\"options\":{\"temperature\":9}} | options.temperature",
        "/api/embed | {\"model\":\"m\",\"input\":[]} | input",
        "/api/embed | {\"model\":\"m\",\"input\":\"a\",\"dimensions\":7} | dimensions",
        "/api/embeddings | {\"model\":\"m\"} | prompt",
      })
  void what_cannot_be_done_is_refused_by_name(String path, String body, String field)
      throws Exception {
    HttpResponse<String> response = send(path, body);

    assertThat(response.statusCode()).isEqualTo(400);
    JsonNode error = JSON.readTree(response.body());
    assertThat(error.fieldNames()).toIterable().containsExactly("error");
    assertThat(error.at("/error").asText()).contains(field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pull", "push", "create", "copy"})
  void models_are_not_changed_here(String change) throws Exception {
    HttpResponse<String> response = send("/api/" + change, "{\"model\":\"zhiku\"}");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(JSON.readTree(response.body()).at("/error").asText()).contains("neither fetched");
    assertThat(server.http.send("DELETE", "/api/delete").statusCode()).isEqualTo(405);
  }

  @Test
  void a_route_that_is_not_there_is_answered_with_those_that_are() throws Exception {
    HttpResponse<String> response = server.http.get("/api/blobs");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(JSON.readTree(response.body()).at("/error").asText()).contains("/api/version, tags");
  }

  @Test
  void an_answer_that_breaks_off_ends_with_a_line_that_says_so() throws Exception {
    server.backend.use(
        new ScriptedChatBackend(
            List.of(
                new Step.Say(new Piece.Text("每年享有")),
                new Step.Fail(
                    new ChatException.Broken(new Phrase("cut off", "断开"), new IOException())))));

    List<JsonNode> lines = lines(send("/api/chat", chat("zhiku", "年假有几天？", "")));

    assertThat(lines.getFirst().at("/message/content").asText()).isEqualTo("每年享有");
    assertThat(lines.getLast().at("/error").asText()).contains("语言模型");
  }

  @Test
  void what_fails_at_once_fails_with_a_status() throws Exception {
    HttpResponse<String> response = send("/api/chat", chat("zhiku-chat", "你好", ""));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(response.body()).at("/error").asText()).isNotEmpty();
  }

  @Test
  @Tag("promise")
  void closing_the_stream_stops_the_generation() throws Exception {
    ScriptedChatBackend slow =
        new ScriptedChatBackend(
            List.of(new Step.Say(new Piece.Text("每年享有")), new Step.Wait(new CountDownLatch(1))));
    server.backend.use(slow);
    HttpRequest request =
        HttpRequest.newBuilder(server.http.uri("/api/chat"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(chat("zhiku", "年假有几天？", "")))
            .build();

    try (InputStream lines = server.http.send(request, BodyHandlers.ofInputStream()).body()) {
      assertThat(lines.read()).isNotNegative();
      assertThat(slow.started().await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    PromisedTime.await("end of the generation", SOON, slow.interrupted());
  }
}
