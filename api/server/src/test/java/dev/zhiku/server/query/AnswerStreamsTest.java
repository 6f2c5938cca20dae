package dev.zhiku.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.ScriptedChatBackend;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.generators.testing.PromisedTime;
import dev.zhiku.server.http.RawHttp;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Answers of {@code /query} that are followed while they are made: streams and detached ones. */
class AnswerStreamsTest extends AnswerServer {
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  /** From the end of a connection to the end of the generation. */
  private static final Duration SOON = Duration.ofSeconds(2);

  @Test
  void a_stream_begins_with_what_was_found_and_ends_with_the_whole_response() throws Exception {
    var response =
        send(request("{\"question\": \"年假有几天？\"}").header("Accept", "text/event-stream"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    assertThat(response.headers().firstValue("X-Accel-Buffering")).contains("no");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-cache");
    List<Received> events = events(response.body());
    assertThat(events).first().extracting(Received::name).isEqualTo("retrieved");
    assertThat(events).last().extracting(Received::name).isEqualTo("answered");
    assertThat(events.subList(1, events.size() - 1))
        .isNotEmpty()
        .allMatch(e -> e.name().equals("text"));
    assertThat(names(events.getFirst().data())).containsExactly("id", "passages");
    StringBuilder text = new StringBuilder();
    for (Received event : events.subList(1, events.size() - 1)) {
      text.append(event.data().get("text").getStringValue());
    }
    assertThat(events.getLast().data().get("answer").getStringValue()).isEqualTo(text.toString());
  }

  @Test
  @Tag("promise")
  void a_client_that_leaves_its_stream_stops_the_generation() throws Exception {
    ScriptedChatBackend slow = waiting();
    BACKEND.use(slow);
    var response =
        CLIENT.send(
            request("{\"question\": \"年假有几天？\"}").header("Accept", "text/event-stream").build(),
            BodyHandlers.ofInputStream());
    assertThat(slow.started().await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

    response.body().close();

    PromisedTime.await("end of the generation", SOON, slow.interrupted());
  }

  @Test
  @Tag("promise")
  void a_client_that_leaves_its_stream_unread_stops_the_generation() throws Exception {
    ScriptedChatBackend slow = waiting();
    BACKEND.use(slow);
    String body = "{\"question\": \"Where do I wear goggles?\"}";
    try (RawHttp leaving = new RawHttp(server.port())) {
      leaving.send(
          "POST /query HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
              + "Content-Type: application/json\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
      assertThat(slow.started().await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    PromisedTime.await("end of the generation", SOON, slow.interrupted());
  }

  @Test
  @Tag("promise")
  void a_client_that_leaves_while_it_waits_for_json_stops_the_generation() throws Exception {
    ScriptedChatBackend slow = waiting();
    BACKEND.use(slow);
    HttpClient leaving = HttpClient.newHttpClient();
    var pending =
        leaving.sendAsync(request("{\"question\": \"年假有几天？\"}").build(), BodyHandlers.ofString());
    assertThat(slow.started().await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

    pending.cancel(true);
    leaving.shutdownNow();

    PromisedTime.await("end of the generation", SOON, slow.interrupted());
  }

  @Test
  void a_detached_query_goes_on_and_can_be_followed_read_and_stopped() throws Exception {
    // In the prompt the best passage is the second: the page before it stands above it.
    CountDownLatch latch = new CountDownLatch(1);
    BACKEND.use(
        new ScriptedChatBackend(
            List.of(
                new ScriptedChatBackend.Step.Say(new Piece.Text("正式员工")),
                new ScriptedChatBackend.Step.Wait(latch),
                new ScriptedChatBackend.Step.Say(new Piece.Text("每年享有 15 天带薪年假 [2]")))));
    var response =
        CLIENT.send(
            request("{\"question\": \"年假有几天？\", \"detach\": true}")
                .header("Accept", "text/event-stream")
                .build(),
            BodyHandlers.ofLines());
    String id = idOf(response.body());
    response.body().close();

    JsonNode running = json(get("/query/" + id).body());
    assertThat(running.get("status").getStringValue()).isEqualTo("running");
    latch.countDown();
    List<Received> rest =
        events(
            send(HttpRequest.newBuilder(uri("/query/" + id + "/events"))
                    .header("Last-Event-ID", "2"))
                .body());
    assertThat(rest)
        .extracting(Received::name)
        .containsOnly("text", "answered")
        .endsWith("answered");
    JsonNode whole = json(get("/query/" + id).body());
    assertThat(whole.get("answer").getStringValue()).isEqualTo("正式员工每年享有 15 天带薪年假 [1]");
    assertThat(whole.get("generator").get("ai_generated").getBooleanValue()).isTrue();
    assertThat(send(HttpRequest.newBuilder(uri("/query/" + id)).DELETE()).statusCode())
        .isEqualTo(204);
  }

  @Test
  void an_unknown_query_is_not_found() throws Exception {
    assertThat(code(get("/query/q_0"))).isEqualTo("404 query-not-found");
    assertThat(code(get("/query/q_0/events"))).isEqualTo("404 query-not-found");
  }

  private static ScriptedChatBackend waiting() {
    return new ScriptedChatBackend(
        List.of(
            new ScriptedChatBackend.Step.Say(new Piece.Text("正式")),
            new ScriptedChatBackend.Step.Wait(NEVER)));
  }

  private static String idOf(Stream<String> lines) throws IOException {
    String data =
        lines.filter(line -> line.startsWith("data: ")).findFirst().orElseThrow().substring(6);
    return json(data).get("id").getStringValue();
  }
}
