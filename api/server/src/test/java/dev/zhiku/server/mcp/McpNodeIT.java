package dev.zhiku.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.answering.answer.ScriptedChatBackend;
import dev.zhiku.answering.answer.ScriptedChatBackend.Step;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.generators.testing.PromisedTime;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.Role;
import dev.zhiku.server.openai.NodeScript;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official client for TypeScript, where it is installed, against a service that asks for a key.
 */
@Timeout(900)
class McpNodeIT {
  private static final String PACKAGE = "@modelcontextprotocol/sdk/client/index.js";

  /** From the end of the script to the end of the generation. */
  private static final Duration SOON = Duration.ofSeconds(1);

  @TempDir private Path folder;
  private AccessKeys keys;
  private McpServer server;

  @BeforeEach
  void start() throws InterruptedException {
    keys = AccessKeys.create(folder.resolve("access.key"));
    server = McpServer.start(folder, new TestServer.Settings().host("0.0.0.0").keys(keys));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonNode seen(String what) throws Exception {
    return NodeScript.run(
        folder,
        List.of(PACKAGE),
        getClass(),
        "official_client.cjs",
        server.http.uri("/mcp").toString(),
        keys.text(Role.READER),
        what);
  }

  @Test
  void every_tool_resource_and_error_is_met_by_the_official_client() throws Exception {
    JsonNode seen = seen("all");

    assertThat(seen.path("tools").toString())
        .isEqualTo("[\"ask\",\"list\",\"read\",\"search\",\"status\"]");
    assertThat(seen.path("found").asText()).isEqualTo("hr/员工手册.pdf");
    assertThat(seen.path("answer").asText()).contains("15 天带薪年假。 [1]");
    assertThat(seen.path("progress")).isNotEmpty();
    assertThat(seen.path("read").toString()).isEqualTo("[0,1]");
    assertThat(seen.path("next").asInt()).isEqualTo(2);
    assertThat(seen.path("indexed").asInt()).isEqualTo(1);
    assertThat(seen.at("/refused/0").asBoolean()).isTrue();
    assertThat(seen.at("/refused/1").asText()).contains("GET /documents");
    assertThat(seen.path("resource").asText()).isEqualTo("passage 0");
    assertThat(seen.path("no_such_tool").asInt()).isEqualTo(-32_602);
    assertThat(seen.path("no_such_resource").asInt()).isEqualTo(-32_002);
    assertThat(seen.path("wrong_key").asInt()).isEqualTo(401);
  }

  @Test
  @Tag("promise")
  void a_question_that_the_client_takes_back_stops_the_model() throws Exception {
    ScriptedChatBackend endless =
        new ScriptedChatBackend(
            List.of(new Step.Say(new Piece.Text("每年享有")), new Step.Wait(new CountDownLatch(1))));
    server.backend.use(endless);

    JsonNode seen = seen("cancel");

    assertThat(seen.path("cancelled").asBoolean()).isTrue();
    assertThat(seen.path("still").asInt()).isEqualTo(5);
    PromisedTime.await("end of the generation", SOON, endless.interrupted());
  }
}
