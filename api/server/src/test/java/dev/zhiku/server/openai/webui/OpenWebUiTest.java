package dev.zhiku.server.openai.webui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.answering.answer.ScriptedChatBackend;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.openai.V1Server;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Open WebUI sends and reads beside OpenAI's protocol. */
@Timeout(600)
class OpenWebUiTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static V1Server server;

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

  /** The parts of a stream. */
  private static List<JsonNode> stream(String model, String question) throws Exception {
    HttpResponse<String> response =
        server.http.postJson(
            "/v1/chat/completions",
            JSON.writeValueAsString(
                Map.of(
                    "model",
                    model,
                    "stream",
                    true,
                    "messages",
                    List.of(Map.of("role", "user", "content", question)))));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    List<JsonNode> parts = new ArrayList<>();
    for (String line : response.body().lines().toList()) {
      if (line.startsWith("data: {")) {
        parts.add(JSON.readTree(line.substring("data: ".length())));
      }
    }
    return parts;
  }

  private static String told(List<JsonNode> parts) {
    StringBuilder told = new StringBuilder();
    parts.forEach(part -> told.append(part.at("/choices/0/delta/content").asText()));
    return told.toString();
  }

  private static List<JsonNode> events(List<JsonNode> parts) {
    return parts.stream().filter(part -> part.has("event")).map(part -> part.at("/event")).toList();
  }

  /** As Open WebUI 0.12 puts files before a question. */
  private static String withFiles(String files, String question) {
    return "### Task:\nRespond to the user query using the provided context.\n\n<context>\n"
        + "<source id=\"1\" name=\"notes.md\">"
        + files
        + "</source>\n</context>\n\n"
        + question;
  }

  @Test
  void a_stream_says_how_much_was_found_and_ends_with_the_sources() throws Exception {
    List<JsonNode> events = events(stream("zhiku", "年假有几天？"));

    assertThat(events).hasSize(2);
    assertThat(events.getFirst().toString())
        .matches(
            "\\{\"type\":\"status\",\"data\":\\{\"description\":\"找到 \\d+ 段原文\",\"done\":true}}");
    JsonNode sources = events.getLast();
    assertThat(sources.at("/type").asText()).isEqualTo("source");
    assertThat(sources.at("/data/source/name").asText()).isEqualTo("zhiku");
    assertThat(sources.at("/data/document/0").asText())
        .isEqualTo("正式员工每年享有 15 天带薪年假。\n\n年假应当提前一周申请。");
    assertThat(sources.at("/data/metadata/0/name").asText()).isEqualTo("hr/员工手册.pdf, p. 12");
    assertThat(sources.at("/data/metadata/0/source").asText())
        .startsWith(server.http.uri("/documents/d_").toString())
        .endsWith("/content#page=12&passage=1");
  }

  @Test
  void a_question_behind_files_is_asked_without_them_however_long_they_are() throws Exception {
    String files = "Holiday lists and other notes. ".repeat(2_000);

    String told = told(stream("zhiku", withFiles(files, "年假有几天？")));

    assertThat(told).startsWith("正式员工每年享有 15 天带薪年假。 [1]");
  }

  @Test
  void files_that_look_like_a_task_of_the_client_are_none() throws Exception {
    String files = "{\"title\": \"年假\", \"tags\": [\"hr\"]}\n### Chat History\nnone";

    String told = told(stream("zhiku", withFiles(files, "年假有几天？")));

    assertThat(told).startsWith("正式员工每年享有 15 天带薪年假。 [1]");
  }

  @Test
  void the_model_alone_is_shown_the_files() throws Exception {
    ScriptedChatBackend scripted = ScriptedChatBackend.saying("Yes.");
    server.backend.use(scripted);

    List<JsonNode> parts = stream("zhiku-chat", withFiles("The pump is red.", "Is it red?"));

    assertThat(told(parts)).isEqualTo("Yes.");
    assertThat(events(parts)).isEmpty();
    assertThat(scripted.prompts().getFirst().toString()).contains("The pump is red.");
  }
}
