package dev.zhiku.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.Role;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The requests of NextChat and of ChatGPT-Web, in the order in which their sources send them. */
class NextChatTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String CHAT =
      """
      {"messages": [{"role": "system", "content": "You are ChatGPT."}, {"role": "user", "content": "年假有几天？"}],
       "stream": true, "model": "zhiku", "temperature": 0.5, "presence_penalty": 0, "frequency_penalty": 0, "top_p": 1}
      """;

  private static final String TITLE =
      """
      {"messages": [{"role": "user", "content": "年假有几天？"}, {"role": "assistant", "content": "15 天"},
        {"role": "user", "content": "使用四到五个字直接返回这句话的简要主题，不要解释、不要标点、不要语气词、不要多余文本，不要加粗，如果没有主题，请直接返回“闲聊”"}],
       "stream": true, "model": "zhiku", "temperature": 0.5, "presence_penalty": 0, "frequency_penalty": 0, "top_p": 1}
      """;

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  @Test
  void the_page_of_nextchat_asks_with_an_access_code(@TempDir Path folder) throws IOException {
    AccessKeys keys = AccessKeys.create(folder.resolve("access.key"));
    String[] code = {"Authorization", "Bearer nk-" + keys.text(Role.READER)};
    try (V1Server server =
        V1Server.start(folder, new TestServer.Settings().host("192.168.1.20").keys(keys))) {
      JsonNode config = json(server.http.send("POST", "/nextchat/api/config"));
      assertThat(config.at("/needCode").asBoolean()).isTrue();
      assertThat(config.at("/customModels").asText()).isEqualTo("-all,+zhiku");
      assertThat(config.at("/defaultModel").asText()).isEqualTo("zhiku");
      assertThat(json(server.http.get("/nextchat/api/config"))).isEqualTo(config);

      String root = "/nextchat/api/openai";
      assertThat(
              json(server.http.get(root + "/v1/models", code)).at("/data").findValuesAsText("id"))
          .contains("zhiku");
      HttpResponse<String> answer = server.http.postJson(root + "/v1/chat/completions", CHAT, code);
      assertThat(answer.headers().firstValue("content-type").orElse(""))
          .startsWith("text/event-stream");
      assertThat(answer.body()).contains("15 天", "员工手册.pdf").endsWith("data: [DONE]\n\n");
      HttpResponse<String> title = server.http.postJson(root + "/v1/chat/completions", TITLE, code);
      assertThat(title.body()).contains("年假有几天").doesNotContain("来源");
      assertThat(
              json(server.http.get(
                      root + "/dashboard/billing/usage?start_date=2026-11-01&end_date=2026-12-01",
                      code))
                  .at("/total_usage")
                  .asInt(-1))
          .isZero();
      assertThat(
              json(server.http.get(root + "/dashboard/billing/subscription", code))
                  .at("/hard_limit_usd")
                  .asInt(-1))
          .isZero();

      HttpResponse<String> wrong =
          server.http.postJson(
              root + "/v1/chat/completions", CHAT, "Authorization", "Bearer nk-guessed");
      assertThat(wrong.statusCode()).isEqualTo(401);
      assertThat(JSON.readTree(wrong.body()).at("/error/code").asText())
          .isEqualTo("invalid_api_key");
    }
  }

  @Test
  void chatgpt_web_asks_with_its_default_model_and_finds_no_balance(@TempDir Path folder)
      throws IOException {
    try (V1Server server = V1Server.start(folder, new TestServer.Settings())) {
      JsonNode answer =
          json(
              server.http.postJson(
                  "/v1/chat/completions",
                  "{\"model\": \"gpt-3.5-turbo\", \"temperature\": 0.8, \"top_p\": 1, \"messages\":"
                      + " [{\"role\": \"user\", \"content\": \"年假有几天？\"}]}"));
      assertThat(answer.at("/model").asText()).isEqualTo("zhiku");
      for (String root : List.of("", "/v1")) {
        assertThat(
                json(server.http.get(root + "/dashboard/billing/usage")).at("/total_usage").asInt())
            .isZero();
        assertThat(server.http.get(root + "/dashboard/billing/cards").statusCode()).isEqualTo(404);
      }
    }
  }

  @Test
  void on_the_machine_itself_no_code_is_needed(@TempDir Path folder) throws IOException {
    try (TestServer server = TestServer.start(folder)) {
      assertThat(json(server.get("/nextchat/api/config")).at("/needCode").asBoolean()).isFalse();
    }
  }
}
