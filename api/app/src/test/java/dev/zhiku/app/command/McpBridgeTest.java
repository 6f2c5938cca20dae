package dev.zhiku.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class McpBridgeTest {
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{}}";

  private static List<String> said(McpBridge.Service service, String... lines) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new McpBridge(service, out).run(body(String.join("\n", lines) + "\n"));
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static InputStream body(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static McpBridge.Reply reply(int status, String body) {
    return new McpBridge.Reply(status, Optional.empty(), false, body(body));
  }

  @Test
  void an_answer_of_the_service_is_a_line() throws IOException {
    String answer = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"text\":\"年假\"}}";
    assertThat(said((message, session) -> reply(200, answer), CALL)).containsExactly(answer);
  }

  @Test
  void every_message_of_a_stream_is_a_line_and_its_comments_are_none() throws IOException {
    String events = ": writing\ndata: \n\ndata: {\"a\":1}\n\ndata: {\"b\":2}\n\n";
    assertThat(
            said(
                (message, session) ->
                    new McpBridge.Reply(200, Optional.empty(), true, body(events)),
                CALL))
        .containsExactly("{\"a\":1}", "{\"b\":2}");
  }

  @Test
  void what_wants_no_answer_gets_none() throws IOException {
    String told = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
    assertThat(said((message, session) -> reply(202, ""), told, "", " ")).isEmpty();
    assertThat(said((message, session) -> failed(), told)).isEmpty();
  }

  @Test
  void a_refusal_of_the_service_and_a_service_that_is_away_are_errors_of_the_call()
      throws IOException {
    String problem =
        "{\"code\":\"not-authenticated\",\"detail\":\"A key.\",\"remedy\":\"Make one.\"}";
    assertThat(said((message, session) -> reply(401, problem), CALL).getFirst())
        .contains("\"id\":1", "-32603", "A key. Make one.");
    assertThat(said((message, session) -> failed(), CALL).getFirst())
        .contains("\"id\":1", "-32603", "./zhiku serve");
  }

  private static McpBridge.Reply failed() throws IOException {
    throw new IOException("away");
  }

  @Test
  void an_error_of_the_protocol_is_handed_on_as_it_is() throws IOException {
    String error = "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32600,\"message\":\"no\"}}";
    assertThat(said((message, session) -> reply(400, error), CALL)).containsExactly(error);
  }
}
