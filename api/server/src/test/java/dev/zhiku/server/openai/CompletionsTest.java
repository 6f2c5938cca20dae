package dev.zhiku.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.answering.answer.ScriptedChatBackend;
import dev.zhiku.answering.answer.ScriptedChatBackend.Step;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.generators.testing.PromisedTime;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.server.http.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /v1} down to its bytes. */
@Timeout(600)
class CompletionsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** From the end of a connection to the end of the generation. */
  private static final Duration SOON = Duration.ofSeconds(2);

  private static V1Server server;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = V1Server.start(folder, new TestServer.Settings());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void quote_again() {
    server.quoteAgain();
  }

  @Test
  void an_answer_cites_in_its_text_and_in_a_field_of_its_own() throws Exception {
    HttpResponse<String> response = ask("zhiku", "年假有几天？", "");
    JsonNode body = JSON.readTree(response.body());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(body.at("/object").asText()).isEqualTo("chat.completion");
    assertThat(body.at("/id").asText()).startsWith("chatcmpl-q_");
    assertThat(response.headers().allValues("x-request-id"))
        .singleElement()
        .asString()
        .startsWith("r_");
    assertThat(body.at("/model").asText()).isEqualTo("zhiku");
    assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    assertThat(body.at("/choices/0/message/role").asText()).isEqualTo("assistant");
    String content = body.at("/choices/0/message/content").asText();
    assertThat(content)
        .startsWith("正式员工每年享有 15 天带薪年假。 [1]")
        .contains("**来源**\n- [1] [hr/员工手册.pdf, p. 12](" + server.http.uri("/documents/d_"));
    assertThat(body.at("/citations/0/quote").asText()).isEqualTo("正式员工每年享有 15 天带薪年假。");
    assertThat(body.at("/citations/0/verified").asBoolean()).isTrue();
    assertThat(body.at("/status").asText()).isEqualTo("answered");
    assertThat(body.at("/usage/total_tokens").asInt())
        .isEqualTo(
            body.at("/usage/prompt_tokens").asInt() + body.at("/usage/completion_tokens").asInt())
        .isPositive();
  }

  @Test
  void nothing_found_is_said_and_nothing_cited() throws Exception {
    JsonNode body = JSON.readTree(ask("zhiku", "Who painted the Mona Lisa portrait?", "").body());

    assertThat(body.at("/choices/0/message/content").asText()).startsWith("The documents");
    assertThat(body.at("/status").asText()).isEqualTo("no_evidence");
    assertThat(body.at("/citations").isEmpty()).isTrue();
  }

  @Test
  void a_source_can_be_chosen_as_the_model() throws Exception {
    assertThat(JSON.readTree(ask("zhiku/knowledge", "年假有几天？", "").body()).at("/citations"))
        .isNotEmpty();

    HttpResponse<String> unknown = ask("zhiku/hr", "年假有几天？", "");

    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(error(unknown)).isEqualTo("invalid_request_error model_not_found model");
    assertThat(unknown.body()).contains("zhiku, zhiku/knowledge, zhiku-chat");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-4o-mini", "deepseek-r1:8b", "Zhiku"})
  void a_name_of_another_service_is_answered_from_all_sources_and_the_answer_says_so(String name)
      throws Exception {
    JsonNode answer = JSON.readTree(ask(name, "年假有几天？", "").body());

    assertThat(answer.at("/choices/0/message/content").asText()).contains("15 天带薪年假。 [1]");
    assertThat(answer.at("/model").asText()).isEqualTo("zhiku");
  }

  @Test
  void models_are_listed_and_told_of_one_by_one() throws Exception {
    JsonNode list = JSON.readTree(server.http.get("/v1/models").body());

    assertThat(list.at("/object").asText()).isEqualTo("list");
    assertThat(list.at("/data").findValuesAsText("id"))
        .containsExactly("zhiku", "zhiku/knowledge", "zhiku-chat");
    for (String path : List.of("zhiku", "zhiku/knowledge", "zhiku%2Fknowledge", "zhiku-chat")) {
      JsonNode model = JSON.readTree(server.http.get("/v1/models/" + path).body());
      assertThat(model.at("/id").asText()).isEqualTo(path.replace("%2F", "/"));
      assertThat(model.at("/object").asText()).isEqualTo("model");
      assertThat(model.at("/created").asLong()).isPositive();
    }
    assertThat(error(server.http.get("/v1/models/gpt-4o")))
        .isEqualTo("invalid_request_error model_not_found model");
  }

  @Test
  void while_the_catalogue_is_away_the_documents_go_on_answering() throws Exception {
    server.http.catalog.away(true);
    try {
      assertThat(
              JSON.readTree(server.http.get("/v1/models").body())
                  .at("/data")
                  .findValuesAsText("id"))
          .containsExactly("zhiku", "zhiku-chat");
      assertThat(ask("zhiku/knowledge", "年假有几天？", "").statusCode()).isEqualTo(200);
    } finally {
      server.http.catalog.away(false);
    }
  }

  @Test
  void a_stream_is_data_lines_alone_and_ends_with_citations_usage_and_done() throws Exception {
    server.backend.use(
        new ScriptedChatBackend(
            List.of(
                new Step.Say(new Piece.Reasoning("Let me look.")),
                new Step.Say(new Piece.Text("每年享有 15 天")),
                new Step.Say(new Piece.Text("带薪年假 [1]。")))));
    HttpResponse<String> response =
        ask("zhiku", "年假有几天？", ", \"stream\": true, \"stream_options\": {\"include_usage\": true}");

    assertThat(response.headers().firstValue("content-type").orElse(""))
        .startsWith("text/event-stream");
    assertThat(response.headers().firstValue("cache-control")).contains("no-cache");
    assertThat(response.body().lines().filter(line -> !line.isEmpty()))
        .allMatch(line -> line.startsWith("data: "));
    List<String> data = data(response.body());
    assertThat(data.getLast()).isEqualTo("[DONE]");
    List<JsonNode> chunks = chunks(data);
    assertThat(chunks.getFirst().at("/choices/0/delta/role").asText()).isEqualTo("assistant");
    assertThat(chunks.get(1).at("/choices/0/delta/reasoning_content").asText())
        .isEqualTo("Let me look.");
    assertThat(chunks.get(1).at("/choices/0/delta/reasoning").asText()).isEqualTo("Let me look.");
    assertThat(content(chunks)).startsWith("每年享有 15 天带薪年假 [1]。").contains("**来源**\n- [1]");
    JsonNode last = chunks.get(chunks.size() - 2);
    assertThat(last.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    assertThat(last.at("/citations/0/path").asText()).isEqualTo("hr/员工手册.pdf");
    assertThat(chunks.getLast().at("/choices").isEmpty()).isTrue();
    assertThat(chunks.getLast().at("/usage/completion_tokens").asInt()).isPositive();
    assertThat(chunks.subList(0, chunks.size() - 2))
        .allSatisfy(
            chunk -> {
              assertThat(chunk.at("/object").asText()).isEqualTo("chat.completion.chunk");
              assertThat(chunk.at("/choices/0/finish_reason").isNull()).isTrue();
              assertThat(chunk.has("citations")).isFalse();
            });
  }

  @Test
  void usage_comes_only_where_it_was_asked_for() throws Exception {
    assertThat(ask("zhiku", "年假有几天？", ", \"stream\": true").body()).doesNotContain("\"usage\"");
  }

  @Test
  void a_stream_without_evidence_says_so() throws Exception {
    List<JsonNode> chunks = chunks(data(ask("zhiku", "珠穆朗玛峰海拔是多少米？", ", \"stream\": true").body()));

    assertThat(content(chunks)).startsWith("资料中没有");
    assertThat(chunks.getLast().at("/status").asText()).isEqualTo("no_evidence");
  }

  @Test
  void a_follow_up_is_searched_with_the_question_before_it() throws Exception {
    String body =
        """
        {"messages": [{"role": "user", "content": "正式员工的年假有几天？"},
          {"role": "assistant", "content": "15 天 [1]"}, {"role": "user", "content": "那提前多久申请呢？"}]}
        """;

    JsonNode answer = JSON.readTree(server.http.postJson("/v1/chat/completions", body).body());

    assertThat(answer.at("/choices/0/message/content").asText()).contains("提前一周申请");
    assertThat(answer.at("/warnings").findValuesAsText("code")).contains("follow-up-by-rule");
  }

  @Test
  void the_model_alone_is_asked_with_the_clients_instructions_and_sampling() throws Exception {
    ScriptedChatBackend scripted = ScriptedChatBackend.saying("Ahoy [1]!");
    server.backend.use(scripted);
    String body =
        """
        {"model": "zhiku-chat", "temperature": 0.1, "stop": "X", "seed": 3, "max_tokens": 33,
         "messages": [{"role": "system", "content": "Be a pirate."}, {"role": "user", "content": "Hello"}]}
        """;

    JsonNode answer = JSON.readTree(server.http.postJson("/v1/chat/completions", body).body());

    assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo("Ahoy [1]!");
    assertThat(answer.at("/warnings").findValuesAsText("code"))
        .containsExactly("not-from-documents");
    var prompt = scripted.prompts().getFirst();
    assertThat(prompt.system()).isEqualTo("Be a pirate.");
    assertThat(prompt.passages()).isEmpty();
    assertThat(prompt.sampling().temperature()).contains(0.1);
    assertThat(prompt.sampling().stop()).isEqualTo(List.of("X"));
    assertThat(prompt.limits().answerTokens()).isEqualTo(33);
  }

  @Test
  void without_a_model_the_model_alone_is_refused_with_a_status_also_where_a_stream_was_asked_for()
      throws Exception {
    for (String stream : List.of("", ", \"stream\": true")) {
      HttpResponse<String> response = ask("zhiku-chat", "你好，今天怎么样？", stream);

      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(error(response)).isEqualTo("invalid_request_error no_model null");
      assertThat(response.body()).contains("zhiku.generator.backend").contains("重新启动");
    }
  }

  @Test
  void a_model_that_breaks_off_ends_the_stream_with_an_error_and_no_done() throws Exception {
    server.backend.use(
        new ScriptedChatBackend(
            List.of(
                new Step.Say(new Piece.Text("每年享有")),
                new Step.Fail(
                    new ChatException.Broken(new Phrase("cut off", "断开"), new IOException())))));

    HttpResponse<String> response = ask("zhiku", "年假有几天？", ", \"stream\": true");

    List<String> data = data(response.body());
    assertThat(content(chunks(data))).isEqualTo("每年享有");
    assertThat(JSON.readTree(data.getLast()).at("/error/type").asText()).isEqualTo("server_error");
    assertThat(JSON.readTree(data.getLast()).at("/error/code").asText()).isEqualTo("model_failed");
    assertThat(JSON.readTree(data.getLast()).at("/error/message").asText()).contains("语言模型");
    server.backend.use(
        new ScriptedChatBackend(
            List.of(
                new Step.Say(new Piece.Text("每年享有")),
                new Step.Fail(
                    new ChatException.Broken(new Phrase("cut off", "断开"), new IOException())))));
    assertThat(ask("zhiku", "年假有几天？", "").statusCode()).isEqualTo(502);
  }

  @Test
  @Tag("promise")
  void a_client_that_leaves_stops_the_generation() throws Exception {
    ScriptedChatBackend slow = slow(new CountDownLatch(1));
    server.backend.use(slow);
    HttpResponse<InputStream> response =
        CLIENT.send(request("zhiku", "年假有几天？", ", \"stream\": true"), BodyHandlers.ofInputStream());
    assertThat(slow.started().await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

    response.body().close();

    PromisedTime.await("end of the generation", SOON, slow.interrupted());
  }

  @Test
  void one_too_many_is_told_when_to_come_again() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    server.backend.use(slow(open));
    List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
    for (int i = 0; i < 2 + V1Server.WAITING + 1; i++) {
      asked.add(CLIENT.sendAsync(request("zhiku", "年假有几天？", ""), BodyHandlers.ofString()));
    }

    // All others wait for the latch, in whatever order they came.
    CompletableFuture.anyOf(asked.toArray(CompletableFuture<?>[]::new)).get();
    HttpResponse<String> refused =
        asked.stream().filter(CompletableFuture::isDone).findFirst().orElseThrow().get();
    open.countDown();

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("retry-after")).contains("5");
    assertThat(error(refused)).isEqualTo("server_error queue_full null");
    int answered = 0;
    for (CompletableFuture<HttpResponse<String>> one : asked) {
      answered += one.get().statusCode() == 200 ? 1 : 0;
    }
    assertThat(answered).isEqualTo(2 + V1Server.WAITING);
  }

  @Test
  void who_waits_hears_its_place_as_a_comment() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    ScriptedChatBackend slow = slow(open);
    server.backend.use(slow);
    List<CompletableFuture<HttpResponse<String>>> before = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      before.add(CLIENT.sendAsync(request("zhiku", "年假有几天？", ""), BodyHandlers.ofString()));
    }
    long limit = System.nanoTime() + PATIENCE.toNanos();
    while (slow.prompts().size() < 2) {
      assertThat(System.nanoTime()).isLessThan(limit);
      Thread.sleep(10);
    }
    HttpResponse<Stream<String>> waiting =
        CLIENT.send(request("zhiku", "年假有几天？", ", \"stream\": true"), BodyHandlers.ofLines());
    List<String> lines = new ArrayList<>();
    waiting
        .body()
        .peek(
            line -> {
              if (line.startsWith(": queued")) {
                open.countDown();
              }
            })
        .forEach(lines::add);

    assertThat(lines).contains(": queued, position 1").contains("data: [DONE]");
    for (CompletableFuture<HttpResponse<String>> one : before) {
      assertThat(one.get().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void what_clients_ask_for_themselves_looks_into_no_document() throws Exception {
    ScriptedChatBackend scripted = ScriptedChatBackend.saying("{\"title\": \"年假\"}");
    server.backend.use(scripted);
    String task =
        "### Task:\\n"
            + "Generate a concise, 3-5 word title\\n"
            + "{ \\\"title\\\": \\\"x\\\" }\\n"
            + "<chat_history>\\n"
            + "USER: 年假有几天？\\n"
            + "</chat_history>";

    JsonNode written = JSON.readTree(ask("zhiku", task, "").body());
    server.quoteAgain();
    JsonNode plain = JSON.readTree(ask("zhiku", task, "").body());
    List<JsonNode> streamed = chunks(data(ask("zhiku", task, ", \"stream\": true").body()));

    assertThat(scripted.prompts().getFirst().passages()).isEmpty();
    assertThat(written.at("/choices/0/message/content").asText()).isEqualTo("{\"title\": \"年假\"}");
    assertThat(plain.at("/choices/0/message/content").asText()).isEqualTo("{\"title\":\"年假有几天\"}");
    assertThat(content(streamed)).isEqualTo("{\"title\":\"年假有几天\"}");
  }

  @Test
  void every_refusal_has_the_form_of_the_protocol() throws Exception {
    assertThat(error(server.http.postJson("/v1/chat/completions", "{")))
        .isEqualTo("invalid_request_error malformed_json null");
    assertThat(error(server.http.postJson("/v1/chat/completions", "[1]")))
        .isEqualTo("invalid_request_error malformed_json null");
    assertThat(error(server.http.postJson("/v1/chat/completions", "{}")))
        .isEqualTo("invalid_request_error value_out_of_range messages");
    assertThat(error(ask("zhiku", "x", ", \"n\": 2")))
        .isEqualTo("invalid_request_error value_out_of_range n");
    assertThat(error(ask("zhiku", "x".repeat(5_000), "")))
        .isEqualTo("invalid_request_error question_too_long null");
    HttpResponse<String> large =
        server.http.postJson(
            "/v1/chat/completions", " ".repeat(CompletionReader.MAX_BODY_BYTES + 1));
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(error(large)).isEqualTo("invalid_request_error body_too_large null");
    HttpResponse<String> nowhere = server.http.get("/v1/files");
    assertThat(error(nowhere)).isEqualTo("invalid_request_error not_found null");
    assertThat(nowhere.body()).contains("/v1/chat/completions", "/v1/models");
    assertThat(error(server.http.get("/v1/chat/completions")))
        .isEqualTo("invalid_request_error method_not_allowed null");
    assertThat(
            error(
                server.http.send(
                    HttpRequest.newBuilder(server.http.uri("/v1/chat/completions"))
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString("x"))
                        .build())))
        .isEqualTo("invalid_request_error unsupported_media_type null");
  }

  @Test
  void a_refusal_speaks_the_language_of_the_client_and_hides_no_markup() {
    HttpResponse<String> response =
        server.http.get("/v1/models/%3Cb%3E", "Accept-Language", "zh-CN");

    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    assertThat(response.body()).contains("没有名为").doesNotContain("<b>");
  }

  private static ScriptedChatBackend slow(CountDownLatch latch) {
    return new ScriptedChatBackend(
        List.of(
            new Step.Say(new Piece.Text("每年享有 15 天")),
            new Step.Wait(latch),
            new Step.Say(new Piece.Text("带薪年假 [1]。"))),
        8_192,
        2);
  }

  private static HttpRequest request(String model, String question, String more) {
    return HttpRequest.newBuilder(server.http.uri("/v1/chat/completions"))
        .header("Content-Type", "application/json")
        .timeout(PATIENCE)
        .POST(
            HttpRequest.BodyPublishers.ofString(
                "{\"model\": \""
                    + model
                    + "\", \"messages\": [{\"role\": \"user\", \"content\": \""
                    + question
                    + "\"}]"
                    + more
                    + "}",
                StandardCharsets.UTF_8))
        .build();
  }

  private static HttpResponse<String> ask(String model, String question, String more) {
    return server.http.send(request(model, question, more));
  }

  private static List<String> data(String body) {
    return body.lines()
        .filter(line -> line.startsWith("data: "))
        .map(line -> line.substring(6))
        .toList();
  }

  private static List<JsonNode> chunks(List<String> data) throws IOException {
    List<JsonNode> chunks = new ArrayList<>();
    for (String one : data) {
      if (!one.equals("[DONE]")) {
        chunks.add(JSON.readTree(one));
      }
    }
    return chunks;
  }

  private static String content(List<JsonNode> chunks) {
    StringBuilder content = new StringBuilder();
    chunks.forEach(chunk -> content.append(chunk.at("/choices/0/delta/content").asText("")));
    return content.toString();
  }

  private static String error(HttpResponse<String> response) throws IOException {
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    JsonNode body = JSON.readTree(response.body());
    JsonNode error = body.path("error");
    assertThat(error.path("message").asText()).isNotBlank();
    return error.path("type").asText()
        + " "
        + error.path("code").asText()
        + " "
        + error.path("param").asText("null");
  }
}
