package dev.zhiku.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.answering.answer.ScriptedChatBackend;
import dev.zhiku.answering.answer.ScriptedChatBackend.Step;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.server.http.RawHttp;
import dev.zhiku.server.http.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole answers that come later than proxies are patient. */
@Timeout(300)
class LateAnswersIT {
  private static final String QUERY = "{\"question\": \"年假有几天？\"}";
  private static final String COMPLETION =
      "{\"model\": \"zhiku\", \"messages\": [{\"role\": \"user\", \"content\": \"年假有几天？\"}]}";
  private static final Piece.Text SAID = new Piece.Text("正式员工每年享有 15 天带薪年假 [1]");
  private static V1Server server;

  /** Brings the answers of a test. */
  private final CountDownLatch release = new CountDownLatch(1);

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = V1Server.start(folder, new TestServer.Settings());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void the_response_begins_before_its_document_is_there_and_ends_with_it() throws Exception {
    List<Step> script = List.of(new Step.Wait(release), new Step.Say(SAID));
    try (RawHttp query = asked("/query", QUERY, script);
        RawHttp completion = asked("/v1/chat/completions", COMPLETION, script)) {
      assertThat(query.readHead()).startsWith("HTTP/1.1 200").contains("application/json");
      assertThat(completion.readHead()).startsWith("HTTP/1.1 200").contains("application/json");

      release.countDown();

      String answered = dechunked(query.readAll());
      assertThat(answered).startsWith("\n");
      assertThat(json(answered).at("/status").asText()).isEqualTo("answered");
      assertThat(json(answered).at("/answer").asText()).contains("15 天");
      String completed = dechunked(completion.readAll());
      assertThat(completed).startsWith("\n");
      assertThat(json(completed).at("/choices/0/message/content").asText()).contains("15 天");
    }
  }

  @Test
  void what_goes_wrong_late_is_told_by_the_document_and_who_leaves_late_stops_the_generation()
      throws Exception {
    Step fail = new Step.Fail(new ChatException.Unreachable("http://gpu.intranet", null));
    CountDownLatch never = new CountDownLatch(1);
    ScriptedChatBackend left = new ScriptedChatBackend(List.of(new Step.Wait(never)));
    try (RawHttp failing =
        asked("/query", QUERY, List.of(new Step.Say(SAID), new Step.Wait(release), fail))) {
      try (RawHttp leaving = asked("/query", QUERY, left)) {
        assertThat(failing.readHead()).startsWith("HTTP/1.1 200");
        assertThat(leaving.readHead()).startsWith("HTTP/1.1 200");
      }
      release.countDown();

      JsonNode broken = json(dechunked(failing.readAll()));
      assertThat(broken.at("/code").asText()).isEqualTo("model-unreachable");
      assertThat(broken.at("/status").asInt()).isEqualTo(502);
      assertThat(left.interrupted().await(2, TimeUnit.MINUTES)).isTrue();
    }
  }

  private static RawHttp asked(String path, String body, List<Step> script)
      throws InterruptedException {
    return asked(path, body, new ScriptedChatBackend(script));
  }

  private static RawHttp asked(String path, String body, ScriptedChatBackend backend)
      throws InterruptedException {
    server.backend.use(backend);
    RawHttp connection = new RawHttp(server.http.port());
    connection.send(
        "POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(path, body.getBytes(StandardCharsets.UTF_8).length, body));
    assertThat(backend.started().await(2, TimeUnit.MINUTES)).isTrue();
    return connection;
  }

  private static String dechunked(String body) {
    StringBuilder all = new StringBuilder();
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    int at = 0;
    while (true) {
      int end = endOfLine(bytes, at);
      int size = Integer.parseInt(new String(bytes, at, end - at, StandardCharsets.US_ASCII), 16);
      if (size == 0) {
        return all.toString();
      }
      all.append(new String(bytes, end + 2, size, StandardCharsets.UTF_8));
      at = end + 2 + size + 2;
    }
  }

  private static int endOfLine(byte[] bytes, int from) {
    int at = from;
    while (bytes[at] != '\r') {
      at++;
    }
    return at;
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }
}
