package dev.zhiku.server.openai.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseOutputText;
import com.openai.models.responses.ResponseStreamEvent;
import dev.zhiku.answering.answer.ScriptedChatBackend;
import dev.zhiku.answering.answer.ScriptedChatBackend.Step;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.generators.testing.PromisedTime;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.Role;
import dev.zhiku.server.openai.PythonScript;
import dev.zhiku.server.openai.V1Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The official clients for Java and, where it is installed, for Python ask for answers. */
@Timeout(900)
class ResponsesClientsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** From the end of a connection to the end of the generation. */
  private static final Duration SOON = Duration.ofSeconds(2);

  @TempDir private Path folder;
  private AccessKeys keys;
  private V1Server server;
  private OpenAIClient client;

  @BeforeEach
  void start() {
    keys = AccessKeys.create(folder.resolve("access.key"));
    server = V1Server.start(folder, new TestServer.Settings().host("0.0.0.0").keys(keys));
    client =
        OpenAIOkHttpClient.builder()
            .baseUrl(server.url())
            .apiKey(keys.text(Role.READER))
            .maxRetries(0)
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private static ResponseCreateParams.Builder asking(String question) {
    return ResponseCreateParams.builder().model("zhiku").input(question);
  }

  private static ResponseOutputText text(Response response) {
    return response.output().getLast().asMessage().content().getFirst().asOutputText();
  }

  @Test
  void an_answer_passes_the_validation_of_the_client_for_java_and_is_gone_on_from() {
    Response response =
        client.responses().create(asking("年假有几天？").instructions("Be brief.").build()).validate();

    assertThat(text(response).text()).contains("15 天带薪年假。 [1]", "**来源**");
    assertThat(text(response).annotations().getFirst().asFileCitation().filename())
        .isEqualTo("员工手册.pdf");
    assertThat(response.usage().orElseThrow().totalTokens()).isPositive();
    Response next =
        client
            .responses()
            .create(asking("年假有几天？").previousResponseId(response.id()).build())
            .validate();
    assertThat(next.previousResponseId()).contains(response.id());
    assertThatThrownBy(
            () -> client.responses().create(asking("and?").previousResponseId("resp_none").build()))
        .isInstanceOfSatisfying(
            BadRequestException.class, e -> assertThat(e.param()).contains("previous_response_id"));
  }

  @Test
  void events_pass_the_validation_of_the_client_for_java() {
    server.backend.use(
        new ScriptedChatBackend(
            List.of(
                new Step.Say(new Piece.Reasoning("Let me look.")),
                new Step.Say(new Piece.Text("每年享有 15 天带薪年假 [1]。")))));
    List<ResponseStreamEvent> events = new ArrayList<>();

    try (StreamResponse<ResponseStreamEvent> stream =
        client.responses().createStreaming(asking("年假有几天？").build())) {
      stream.stream().forEach(event -> events.add(event.validate()));
    }

    StringBuilder told = new StringBuilder();
    events.forEach(event -> event.outputTextDelta().ifPresent(delta -> told.append(delta.delta())));
    Response whole = events.getLast().asCompleted().response();
    assertThat(text(whole).text()).startsWith("每年享有 15 天").isEqualTo(told.toString());
    assertThat(text(whole).annotations()).isNotEmpty();
  }

  @Test
  @Tag("promise")
  void closing_the_stream_stops_the_generation() throws Exception {
    ScriptedChatBackend slow =
        new ScriptedChatBackend(
            List.of(new Step.Say(new Piece.Text("每年享有")), new Step.Wait(new CountDownLatch(1))));
    server.backend.use(slow);

    try (StreamResponse<ResponseStreamEvent> stream =
        client.responses().createStreaming(asking("年假有几天？").build())) {
      assertThat(stream.stream().findFirst()).isPresent();
      assertThat(slow.started().await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    PromisedTime.await("end of the generation", SOON, slow.interrupted());
  }

  @Test
  void answers_events_and_refusals_arrive_as_the_client_for_python_knows_them() throws Exception {
    JsonNode seen =
        PythonScript.run(
            folder,
            "openai",
            getClass(),
            "responses_client.py",
            server.url(),
            keys.text(Role.READER));

    for (String way : List.of("whole", "created", "streamed")) {
      assertThat(seen.at("/" + way + "/text").asText()).contains("15 天带薪年假。 [1]", "**来源**");
      assertThat(seen.at("/" + way + "/status").asText()).isEqualTo("completed");
      assertThat(seen.at("/" + way + "/cited/0").asText()).isEqualTo("员工手册.pdf");
    }
    assertThat(seen.at("/created/deltas").asText()).isEqualTo(seen.at("/created/text").asText());
    assertThat(seen.at("/streamed/deltas").asText()).isEqualTo(seen.at("/streamed/text").asText());
    assertThat(seen.at("/gone_on").asBoolean()).isTrue();
    assertThat(seen.at("/forgotten").toString())
        .isEqualTo("[\"BadRequestError\",\"value_out_of_range\",\"previous_response_id\"]");
    assertThat(seen.at("/background").toString())
        .isEqualTo("[\"BadRequestError\",\"value_out_of_range\",\"background\"]");
    assertThat(seen.at("/unknown_model").toString())
        .isEqualTo("[\"NotFoundError\",\"model_not_found\",\"model\"]");
    assertThat(seen.at("/wrong_key").toString())
        .isEqualTo("[\"AuthenticationError\",\"invalid_api_key\",null]");
  }
}
