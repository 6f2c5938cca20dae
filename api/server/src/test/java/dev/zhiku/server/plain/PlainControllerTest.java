package dev.zhiku.server.plain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.openai.V1Server;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainControllerTest {
  private static final String PAYLOAD = "</textarea><script>alert(1)</script>\"'&";

  @TempDir private Path folder;

  private static String asked(String question) {
    return "/plain?q=" + URLEncoder.encode(question, StandardCharsets.UTF_8);
  }

  @Test
  void a_question_shows_the_passages_with_the_addresses_of_their_originals() {
    try (V1Server server = V1Server.start(folder, new TestServer.Settings())) {
      HttpResponse<String> page = server.http.get(asked("年假有几天？"), "Accept-Language", "zh");

      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
      assertThat(page.body())
          .contains("<html lang=\"zh\">", "15 天带薪年假", "href=\"/documents/d_", "年假有几天？</textarea>");
      assertThat(page.headers().firstValue("content-security-policy").orElse(""))
          .startsWith("default-src 'none'; style-src 'self'")
          .doesNotContain("script-src");
    }
  }

  @Test
  void it_is_empty_without_a_question_and_speaks_three_languages() {
    try (TestServer server = TestServer.start(folder, new TestServer.Settings())) {
      Map.of("en", "Ask your documents", "zh-CN", "向您的文档提问", "zh-TW", "向您的文件提問")
          .forEach(
              (language, title) ->
                  assertThat(server.get("/plain", "Accept-Language", language).body())
                      .contains("<h1>" + title + "</h1>")
                      .doesNotContain("<ol", "<script"));
    }
  }

  @Test
  void what_was_asked_is_shown_as_text_and_what_is_refused_is_said_on_the_page() {
    try (V1Server server = V1Server.start(folder, new TestServer.Settings())) {
      for (String question : new String[] {PAYLOAD, PAYLOAD + "x".repeat(4_096)}) {
        HttpResponse<String> page = server.http.get(asked(question));
        assertThat(page.statusCode()).isEqualTo(question.length() > 4_096 ? 413 : 200);
        assertThat(page.body()).doesNotContain("<script").contains("&lt;script&gt;alert(1)");
      }
      HttpResponse<String> unknown = server.http.get("/plain?%3Cscript%3E=1");
      assertThat(unknown.statusCode()).isEqualTo(400);
    }
  }

  @Test
  void whoever_needs_a_key_and_has_none_sees_nothing() {
    AccessKeys keys = AccessKeys.create(folder.resolve("access.key"));
    try (V1Server server =
        V1Server.start(folder, new TestServer.Settings().host("192.168.1.20").keys(keys))) {
      assertThat(server.http.get(asked("年假有几天？")).statusCode()).isEqualTo(401);
    }
  }
}
