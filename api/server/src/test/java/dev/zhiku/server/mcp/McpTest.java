package dev.zhiku.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.answering.answer.ScriptedChatBackend;
import dev.zhiku.answering.answer.ScriptedChatBackend.Step;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.Role;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Model Context Protocol as a client without a library speaks it: one plain POST each. */
class McpTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PATIENCE_SECONDS = 300;

  @TempDir private Path folder;
  private McpServer server;

  @BeforeEach
  void start() throws InterruptedException {
    server = McpServer.start(folder, new TestServer.Settings());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static JsonNode read(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new AssertionError(response.body(), e);
    }
  }

  private JsonNode call(String method, String params) {
    HttpResponse<String> response =
        server.http.postJson(
            "/mcp",
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\""
                + method
                + "\",\"params\":"
                + params
                + "}");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonNode answer = read(response);
    assertThat(answer.path("id").asInt()).isEqualTo(7);
    assertThat(answer.path("jsonrpc").asText()).isEqualTo("2.0");
    return answer;
  }

  private JsonNode tool(String name, String arguments) {
    return call("tools/call", "{\"name\":\"" + name + "\",\"arguments\":" + arguments + "}")
        .path("result");
  }

  private JsonNode done(String name, String arguments) {
    JsonNode result = tool(name, arguments);
    assertThat(result.path("isError").asBoolean()).as(result.toString()).isFalse();
    assertThat(result.at("/content/0/type").asText()).isEqualTo("text");
    JsonNode structured = result.path("structuredContent");
    try {
      assertThat(JSON.readTree(result.at("/content/0/text").asText())).isEqualTo(structured);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return structured;
  }

  @ParameterizedTest
  @CsvSource({"2025-06-18, 2025-06-18", "2024-11-05, 2024-11-05", "1999-01-01, 2025-11-25"})
  void a_client_gets_the_version_it_asks_for_or_the_newest(String asked, String answered) {
    HttpResponse<String> response =
        server.http.postJson(
            "/mcp",
            """
            {"jsonrpc":"2.0","id":"a","method":"initialize","params":{"protocolVersion":"%s",
             "capabilities":{},"clientInfo":{"name":"t","version":"1"}}}\
            """
                .formatted(asked));

    JsonNode answer = read(response);
    assertThat(answer.path("id").asText()).isEqualTo("a");
    assertThat(answer.at("/result/protocolVersion").asText()).isEqualTo(answered);
    assertThat(answer.at("/result/serverInfo/name").asText()).isEqualTo("zhiku");
    assertThat(answer.at("/result/capabilities/tools").isObject()).isTrue();
    assertThat(response.headers().firstValue("Mcp-Session-Id")).isPresent();
  }

  @Test
  void every_tool_is_described_with_the_arguments_that_it_takes() {
    JsonNode tools = call("tools/list", "{}").at("/result/tools");

    List<String> names = new ArrayList<>();
    for (JsonNode tool : tools) {
      String name = tool.path("name").asText();
      names.add(name);
      assertThat(tool.at("/annotations/readOnlyHint").asBoolean()).isTrue();
      assertThat(tool.at("/outputSchema/type").asText()).isEqualTo("object");
      JsonNode schema = tool.path("inputSchema");
      assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
      schema
          .path("properties")
          .fieldNames()
          .forEachRemaining(
              argument ->
                  assertThat(tool(name, "{\"" + argument + "\":[]}").toString())
                      .doesNotContain("unknown-field"));
      JsonNode refused = tool(name, "{\"no_such_argument\":1}");
      assertThat(refused.path("isError").asBoolean()).isTrue();
      assertThat(refused.at("/_meta/dev.zhiku~1code").asText()).isEqualTo("unknown-field");
    }
    assertThat(names).containsExactlyInAnyOrder("search", "ask", "read", "list", "status");
  }

  @Test
  void an_answer_comes_with_its_quotes_and_a_search_with_passages() {
    JsonNode answer = done("ask", "{\"question\":\"年假有几天？\"}");
    assertThat(answer.path("status").asText()).isEqualTo("answered");
    assertThat(answer.path("answer").asText()).contains("15 天带薪年假。 [1]");
    JsonNode cited = answer.at("/citations/0");
    assertThat(cited.path("path").asText()).isEqualTo("hr/员工手册.pdf");
    assertThat(cited.path("verified").asBoolean()).isTrue();
    assertThat(cited.path("url").asText())
        .startsWith(server.http.uri("/documents/").toString())
        .endsWith("/content#page=12");

    JsonNode found = done("search", "{\"question\":\"年假\",\"top_k\":1}").path("passages");
    assertThat(found).hasSize(1);
    assertThat(found.at("/0/text").asText()).contains("带薪年假");
    assertThat(done("search", "{\"question\":\"年假\",\"filter\":{\"sources\":[\"other\"]}}"))
        .isEqualTo(JSON.createObjectNode().set("passages", JSON.createArrayNode()));
  }

  @Test
  void nothing_to_answer_from_is_said_and_no_error() {
    assertThat(done("ask", "{\"question\":\"Who won the cup in 1954?\"}").path("status").asText())
        .isEqualTo("no_evidence");
  }

  @Test
  void a_long_document_is_read_in_parts_that_follow_each_other() {
    String id = server.report.id().value();
    List<Integer> read = new ArrayList<>();
    int from = 0;
    while (from < McpServer.PASSAGES) {
      JsonNode part =
          done(
              "read",
              "{\"document_id\":\"%s\",\"from\":%d,\"max_chars\":8000}".formatted(id, from));
      part.path("passages").forEach(passage -> read.add(passage.path("ordinal").asInt()));
      assertThat(part.path("total").asInt()).isEqualTo(McpServer.PASSAGES);
      from = part.path("next").asInt(McpServer.PASSAGES);
    }
    assertThat(read).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void documents_are_listed_by_folder_state_and_words_of_the_path() {
    assertThat(done("list", "{}").path("documents")).hasSize(2);
    assertThat(done("list", "{\"state\":\"failed\"}").at("/documents/0/reason").asText())
        .isNotBlank();
    assertThat(done("list", "{\"text\":\"年报\"}").at("/documents/0/document_id").asText())
        .isEqualTo(server.report.id().value());
    assertThat(done("list", "{\"filter\":{\"path_prefix\":\"hr/\"}}").path("documents")).isEmpty();
    assertThat(done("list", "{\"limit\":1}").path("next_cursor").asText()).isNotBlank();
    assertThat(done("status", "{}").at("/files/indexed").asInt()).isEqualTo(1);
  }

  @Test
  void documents_are_resources_too() {
    JsonNode resource = call("resources/list", "{}").at("/result/resources/0");
    assertThat(resource.path("title").asText()).isEqualTo("knowledge:reports/年报.pdf");

    String uri = resource.path("uri").asText();
    assertThat(
            call("resources/read", "{\"uri\":\"" + uri + "\"}")
                .at("/result/contents/0/text")
                .asText())
        .startsWith("passage 0")
        .contains("passage 8");
    assertThat(
            call("resources/read", "{\"uri\":\"" + uri + "?from=8\"}")
                .at("/result/contents/0/text")
                .asText())
        .startsWith("passage 8");
    assertThat(
            call("resources/read", "{\"uri\":\"zhiku://documents/none\"}")
                .at("/error/code")
                .asInt())
        .isEqualTo(-32002);
    assertThat(
            call("resources/templates/list", "{}")
                .at("/result/resourceTemplates/0/uriTemplate")
                .asText())
        .contains("{document_id}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ask|{\"question\":\" \"}|question-empty",
        "ask|{}|question-empty",
        "search|{\"question\":\"a\",\"top_k\":99}|value-out-of-range",
        "read|{\"document_id\":\"none\"}|document-not-found",
        "read|{}|value-out-of-range",
        "list|{\"cursor\":\"none\"}|value-out-of-range",
        "list|{\"filter\":{\"folder\":\"a\"}}|unknown-field",
      })
  void what_a_tool_cannot_do_is_told_to_the_agent_with_a_remedy(
      String name, String arguments, String code) {
    JsonNode result = tool(name, arguments);

    assertThat(result.path("isError").asBoolean()).isTrue();
    assertThat(result.at("/_meta/dev.zhiku~1code").asText()).isEqualTo(code);
    assertThat(result.at("/content/0/text").asText()).hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200|-32601|{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"prompts/list\"}",
        "200|-32602|{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"write\"}}",
        "200|-32602|{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{}}",
        "400|-32600|[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]",
        "400|-32600|{\"id\":1,\"method\":\"ping\"}",
        "400|-32600|{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
        "400|-32700|{\"jsonrpc\":",
      })
  void a_message_that_is_wrong_is_refused_by_number(int status, int number, String body) {
    HttpResponse<String> response = server.http.postJson("/mcp", body);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(read(response).at("/error/code").asInt()).isEqualTo(number);
  }

  @Test
  void a_notification_is_taken_and_not_answered() {
    HttpResponse<String> response =
        server.http.postJson(
            "/mcp", "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.body()).isEmpty();
    assertThat(server.http.get("/mcp").statusCode()).isEqualTo(405);
  }

  @Test
  void who_wants_to_know_is_told_of_progress_before_the_answer() {
    HttpResponse<String> response =
        server.http.postJson(
            "/mcp",
            """
            {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"ask",
             "arguments":{"question":"年假有几天？"},"_meta":{"progressToken":"p1"}}}\
            """,
            "Accept",
            "application/json, text/event-stream");

    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    List<String> messages =
        response.body().lines().filter(line -> line.startsWith("data: {")).toList();
    assertThat(messages.getFirst())
        .contains("notifications/progress", "\"progressToken\":\"p1\"", "\"progress\":1");
    assertThat(messages.getLast()).contains("\"id\":7", "15 天带薪年假");
  }

  @Test
  void a_call_is_stopped_by_the_session_that_made_it_and_by_no_other() throws Exception {
    ScriptedChatBackend slow =
        new ScriptedChatBackend(List.of(new Step.Wait(new CountDownLatch(1))));
    server.backend.use(slow);
    CompletableFuture<HttpResponse<String>> asked =
        CompletableFuture.supplyAsync(
            () ->
                server.http.postJson(
                    "/mcp",
                    """
                    {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"ask",
                     "arguments":{"question":"年假有几天？"}}}\
                    """,
                    "Mcp-Session-Id",
                    "mine"));
    assertThat(slow.started().await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

    cancel("another");
    assertThat(slow.interrupted().getCount()).isEqualTo(1);
    cancel("mine");

    assertThat(slow.interrupted().await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    JsonNode result = read(asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).path("result");
    assertThat(result.path("isError").asBoolean()).isTrue();
    assertThat(result.at("/_meta/dev.zhiku~1code").asText()).isEqualTo("stopped");
  }

  private void cancel(String session) {
    assertThat(
            server
                .http
                .postJson(
                    "/mcp",
                    """
                    {"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}}\
                    """,
                    "Mcp-Session-Id",
                    session)
                .statusCode())
        .isEqualTo(202);
  }

  @Test
  void a_version_that_is_not_spoken_and_a_foreign_page_are_refused() {
    String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
    assertThat(server.http.postJson("/mcp", ping, "MCP-Protocol-Version", "1999").statusCode())
        .isEqualTo(400);
    assertThat(
            server.http.postJson("/mcp", ping, "MCP-Protocol-Version", "2025-06-18").statusCode())
        .isEqualTo(200);
    assertThat(
            server.http.postJson("/mcp", ping, "Origin", "https://elsewhere.example").statusCode())
        .isEqualTo(403);
  }

  @Test
  void where_a_key_is_needed_the_readers_will_do(@TempDir Path other) throws InterruptedException {
    AccessKeys keys = AccessKeys.create(other.resolve("access.key"));
    String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
    try (McpServer guarded =
        McpServer.start(other, new TestServer.Settings().host("0.0.0.0").keys(keys))) {
      assertThat(guarded.http.postJson("/mcp", ping).statusCode()).isEqualTo(401);
      assertThat(
              guarded
                  .http
                  .postJson("/mcp", ping, "Authorization", "Bearer " + keys.text(Role.READER))
                  .statusCode())
          .isEqualTo(200);
    }
  }
}
