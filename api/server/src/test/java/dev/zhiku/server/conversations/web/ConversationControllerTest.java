package dev.zhiku.server.conversations.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.AnswerMeter;
import dev.zhiku.answering.answer.AnswerService;
import dev.zhiku.answering.answer.Library;
import dev.zhiku.answering.answer.ScriptedChatBackend;
import dev.zhiku.answering.answer.StandingWarnings;
import dev.zhiku.answering.answer.SupportRule;
import dev.zhiku.answering.answer.SwitchableChatBackend;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.search.Retriever;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.generators.extractive.ExtractiveBackend;
import dev.zhiku.server.conversations.ConversationsConfig;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.query.AnswerRuns;
import dev.zhiku.server.webhooks.ServiceEvent;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations over HTTP, asked in by two profiles of browsers on one machine. */
class ConversationControllerTest {
  private static final Library LIBRARY = new Library();
  private static final SwitchableChatBackend BACKEND = new SwitchableChatBackend();
  private static AnswerRuns runs;
  private static TestServer usual;

  /** Profiles that no other test has. */
  private final String anna = "zhiku-device=" + UUID.randomUUID().toString().replace("-", "");

  private final String bert = "zhiku-device=" + UUID.randomUUID().toString().replace("-", "");
  @TempDir private Path folder;
  private TestServer server;

  @BeforeAll
  static void start(@TempDir Path home) {
    LIBRARY.add("hr/leave.txt", "Employees have 15 days of annual leave each year.");
    LIBRARY.add("hr/marriage.txt", "Employees have 3 days of marriage leave.");
    Semaphore cores = new Semaphore(2);
    runs =
        new AnswerRuns(
            new AnswerService(
                new Retriever(LIBRARY.index, LIBRARY.embedders, SearchConfig.DEFAULT, cores),
                BACKEND,
                new ExtractiveBackend(cores),
                new Prompt.Limits(1_024, 4_096, Duration.ofMinutes(1)),
                SupportRule.NONE,
                4,
                StandingWarnings.NONE,
                AnswerMeter.NONE),
            InstantSource.system());
    usual = TestServer.start(home, new TestServer.Settings().runs(runs));
  }

  @AfterAll
  static void stop() {
    runs.close();
    usual.close();
  }

  @BeforeEach
  void quoteAgain() {
    server = usual;
    BACKEND.use(new ExtractiveBackend(new Semaphore(2)));
  }

  /** One with other limits, which the test closes. */
  private TestServer serve(ConversationsConfig config) {
    server = TestServer.start(folder, new TestServer.Settings().runs(runs).conversations(config));
    return server;
  }

  private String begin(String who) {
    HttpResponse<String> made = server.send("POST", "/conversations", "Cookie", who);
    assertThat(made.statusCode()).isEqualTo(200);
    return idOf(made);
  }

  private String idOf(HttpResponse<String> made) {
    return String.valueOf(server.json(made).get("id"));
  }

  private Map<String, Object> ask(String who, String id, String question) {
    HttpResponse<String> response =
        server.postJson(
            "/query",
            "{\"question\":\"" + question + "\",\"conversation_id\":\"" + id + "\"}",
            "Cookie",
            who);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return server.json(response);
  }

  private Map<String, Object> read(String who, String id) {
    return server.json(server.get("/conversations/" + id, "Cookie", who));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> items(Map<String, Object> object) {
    return (List<Map<String, Object>>) Objects.requireNonNull(object.get("items"));
  }

  private HttpResponse<String> send(String method, String path, String who, String body) {
    return server.send(
        HttpRequest.newBuilder(server.uri(path))
            .header("Cookie", who)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private String codeOf(HttpResponse<String> response) {
    return String.valueOf(server.json(response).get("code"));
  }

  @Test
  void a_question_asked_in_a_conversation_is_kept_with_its_answer_and_a_follow_up_knows_it() {
    String id = begin(anna);
    Map<String, Object> answer = ask(anna, id, "How many days of annual leave?");
    Map<String, Object> second = ask(anna, id, "And marriage?");

    Map<String, Object> kept = read(anna, id);
    assertThat(items(kept))
        .extracting(turn -> turn.get("number") + " " + turn.get("status"))
        .containsExactly("1 answered", "2 " + second.get("status"));
    assertThat(items(kept).getFirst())
        .containsEntry("response", answer)
        .containsEntry("answer", answer.get("answer"))
        .containsEntry("question", "How many days of annual leave?")
        .containsEntry("problem", null);
    assertThat((String) second.get("standalone_question"))
        .contains("annual leave")
        .contains("And marriage?");
    Map<String, Object> list = server.json(server.get("/conversations", "Cookie", anna));
    assertThat(items(list))
        .singleElement()
        .satisfies(
            one ->
                assertThat(one)
                    .containsEntry("title", "How many days of annual leave?")
                    .containsEntry("turns", 2));
  }

  @Test
  void another_profile_of_a_browser_sees_nothing_of_it_and_its_id_looks_like_a_missing_one() {
    String id = begin(anna);
    ask(anna, id, "How many days of annual leave?");

    assertThat(items(server.json(server.get("/conversations", "Cookie", bert)))).isEmpty();
    assertThat(items(server.json(server.get("/conversations")))).isEmpty();
    for (HttpResponse<String> refused :
        List.of(
            server.get("/conversations/" + id, "Cookie", bert),
            server.get("/conversations/" + id),
            server.get("/conversations/" + id + "/export", "Cookie", bert),
            server.send("DELETE", "/conversations/" + id, "Cookie", bert),
            send("PATCH", "/conversations/" + id, bert, "{\"title\":\"mine\"}"),
            send("PUT", "/conversations/" + id + "/turns/1/rating", bert, "{\"rating\":\"up\"}"),
            send("POST", "/query", bert, "{\"question\":\"x\",\"conversation_id\":\"" + id + "\"}"),
            server.get("/conversations/c_" + "0".repeat(24), "Cookie", anna))) {
      assertThat(refused.statusCode()).isEqualTo(404);
      assertThat(codeOf(refused)).isEqualTo("conversation-not-found");
    }
    assertThat(items(read(anna, id))).hasSize(1);
  }

  @Test
  void the_page_gives_a_browser_its_profile_and_keeps_the_one_it_has() {
    HttpResponse<String> first = server.get("/");
    assertThat(first.headers().allValues("set-cookie"))
        .singleElement()
        .asString()
        .matches("zhiku-device=[0-9a-f]{32};.*")
        .containsIgnoringCase("HttpOnly")
        .containsIgnoringCase("SameSite=Strict");
    assertThat(server.get("/", "Cookie", anna).headers().allValues("set-cookie")).isEmpty();
    assertThat(server.get("/status").headers().allValues("set-cookie")).isEmpty();
  }

  @Test
  void a_running_answer_is_found_in_its_conversation_and_followed_to_its_end() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    ScriptedChatBackend slow =
        new ScriptedChatBackend(
            List.of(
                new ScriptedChatBackend.Step.Say(new Piece.Text("15 days")),
                new ScriptedChatBackend.Step.Wait(go),
                new ScriptedChatBackend.Step.Say(new Piece.Text(" a year [1]."))));
    BACKEND.use(slow);
    String id = begin(anna);
    HttpResponse<InputStream> left =
        server.send(
            HttpRequest.newBuilder(server.uri("/query"))
                .header("Cookie", anna)
                .header("Accept", "text/event-stream")
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"question\":\"annual leave?\",\"detach\":true,\"conversation_id\":\""
                            + id
                            + "\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
    left.body().close();

    Map<String, Object> running = items(read(anna, id)).getFirst();
    assertThat(running).containsEntry("status", "running").containsEntry("response", null);
    go.countDown();
    HttpResponse<String> followed =
        server.get("/query/" + running.get("query_id") + "/events", "Cookie", anna);

    assertThat(followed.body()).contains("event: retrieved").contains("event: answered");
    assertThat(server.get("/query/" + running.get("query_id"), "Cookie", bert).statusCode())
        .isEqualTo(404);
    assertThat(items(read(anna, id)).getFirst())
        .containsEntry("status", "answered")
        .containsEntry("query_id", running.get("query_id"));
    assertThat(slow.prompts()).hasSize(1);
  }

  @Test
  void what_was_written_before_an_answer_was_stopped_is_kept() throws Exception {
    BACKEND.use(
        new ScriptedChatBackend(
            List.of(
                new ScriptedChatBackend.Step.Say(new Piece.Text("half an answer, ")),
                new ScriptedChatBackend.Step.Wait(new CountDownLatch(1)))));
    String id = begin(anna);
    String body =
        "{\"question\":\"tell me\",\"mode\":\"chat\",\"detach\":true,\"conversation_id\":\""
            + id
            + "\"}";
    Thread asking = Thread.ofVirtual().start(() -> send("POST", "/query", anna, body));
    while (items(read(anna, id)).isEmpty()) {
      Thread.sleep(20);
    }
    Object query = items(read(anna, id)).getFirst().get("query_id");
    while (!server.get("/query/" + query, "Cookie", anna).body().contains("half")) {
      Thread.sleep(20);
    }
    server.send("DELETE", "/query/" + query, "Cookie", anna);
    asking.join();

    assertThat(items(read(anna, id)).getFirst())
        .containsEntry("status", "stopped")
        .containsEntry("answer", "half an answer, ");
  }

  @Test
  void a_question_asked_again_takes_the_place_of_its_turn() {
    String id = begin(anna);
    ask(anna, id, "How many days of annual leave?");
    ask(anna, id, "And marriage?");
    HttpResponse<String> again =
        send(
            "POST",
            "/query",
            anna,
            "{\"question\":\"marriage leave\",\"replace_from\":2,\"conversation_id\":\""
                + id
                + "\"}");
    assertThat(again.statusCode()).isEqualTo(200);

    assertThat(items(read(anna, id)))
        .extracting(turn -> turn.get("question"))
        .containsExactly("How many days of annual leave?", "marriage leave");
  }

  @Test
  void it_is_renamed_pinned_searched_in_parts_and_deleted() {
    String leave = begin(anna);
    ask(anna, leave, "How many days of annual leave?");
    String marriage = begin(anna);
    ask(anna, marriage, "marriage leave?");

    String title = "<img src=x onerror=alert(1)> Fünf";
    assertThat(
            send("PATCH", "/conversations/" + leave, anna, "{\"title\":\"" + title + "\"}")
                .statusCode())
        .isEqualTo(200);
    send("PATCH", "/conversations/" + leave, anna, "{\"pinned\":true}");
    Map<String, Object> first = server.json(server.get("/conversations?limit=1", "Cookie", anna));
    assertThat(items(first).getFirst()).containsEntry("title", title).containsEntry("pinned", true);
    Map<String, Object> rest =
        server.json(
            server.get(
                "/conversations?limit=1&cursor=" + first.get("next_cursor"), "Cookie", anna));
    assertThat(items(rest)).extracting(one -> one.get("id")).containsExactly(marriage);
    assertThat(rest).containsEntry("next_cursor", null);
    assertThat(items(server.json(server.get("/conversations?q=15+days+f%C3%BCnf", "Cookie", anna))))
        .extracting(one -> one.get("id"))
        .containsExactly(leave);

    assertThat(server.send("DELETE", "/conversations/" + leave, "Cookie", anna).statusCode())
        .isEqualTo(204);
    assertThat(server.get("/conversations/" + leave, "Cookie", anna).statusCode()).isEqualTo(404);
  }

  @Test
  void bad_values_are_refused_by_name() {
    String id = begin(anna);
    assertThat(send("PATCH", "/conversations/" + id, anna, "{\"title\":\"  \"}").statusCode())
        .isEqualTo(400);
    assertThat(send("PATCH", "/conversations/" + id, anna, "{\"name\":\"x\"}").statusCode())
        .isEqualTo(400);
    assertThat(server.get("/conversations?cursor=x", "Cookie", anna).statusCode()).isEqualTo(400);
    assertThat(server.get("/conversations?q=1+2+3+4+5+6+7+8+9", "Cookie", anna).statusCode())
        .isEqualTo(400);
    assertThat(
            server.get("/conversations/" + id + "/export?format=pdf", "Cookie", anna).statusCode())
        .isEqualTo(400);
    assertThat(
            send(
                    "POST",
                    "/query",
                    anna,
                    "{\"question\":\"x\",\"conversation\":[],\"conversation_id\":\"" + id + "\"}")
                .statusCode())
        .isEqualTo(400);
    assertThat(send("POST", "/query", anna, "{\"question\":\"x\",\"replace_from\":1}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void what_the_asker_thinks_of_an_answer_is_kept_and_can_be_taken_back() {
    String id = begin(anna);
    ask(anna, id, "How many days of annual leave?");
    String path = "/conversations/" + id + "/turns/1/rating";

    assertThat(
            send("PUT", path, anna, "{\"rating\":\"down\",\"comment\":\"too short\"}").statusCode())
        .isEqualTo(204);
    assertThat(items(read(anna, id)).getFirst().get("rating"))
        .isEqualTo(Map.of("rating", "down", "comment", "too short"));
    assertThat(send("PUT", path, anna, "{\"rating\":\"best\"}").statusCode()).isEqualTo(400);
    send("PUT", path, anna, "{\"rating\":null}");
    assertThat(items(read(anna, id)).getFirst()).containsEntry("rating", null);
    assertThat(server.events)
        .contains(ServiceEvent.ofRating(id, 1, "down"), ServiceEvent.ofRating(id, 1, "none"))
        .noneMatch(event -> event.data().containsValue("too short"));
  }

  @Test
  void a_cited_file_that_has_gone_since_is_said_so() {
    String id = begin(anna);
    ask(anna, id, "How many days of annual leave?");

    assertThat(String.valueOf(items(read(anna, id)).getFirst().get("changed_sources")))
        .contains("state=gone")
        .contains("name=leave.txt");
  }

  @Test
  void a_conversation_taken_along_and_brought_in_again_is_the_same_for_somebody_else() {
    String id = begin(anna);
    Map<String, Object> answer = ask(anna, id, "How many days of annual leave?");
    HttpResponse<String> file = server.get("/conversations/" + id + "/export", "Cookie", anna);
    assertThat(file.headers().firstValue("content-disposition"))
        .contains("attachment; filename=\"" + id + ".json\"");

    HttpResponse<String> made = send("POST", "/conversations/import", bert, file.body());
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    Map<String, Object> kept = read(bert, idOf(made));
    assertThat(items(kept).getFirst()).containsEntry("response", answer);
    assertThat(((Map<?, ?>) Objects.requireNonNull(kept.get("conversation"))).get("title"))
        .isEqualTo("How many days of annual leave?");
  }

  @Test
  void a_file_that_is_no_conversation_is_refused_whole() {
    for (String body :
        List.of(
            "{}",
            "{\"format\":\"other\",\"title\":\"x\",\"turns\":[]}",
            "{\"format\":\"zhiku-conversation-1\",\"title\":\"x\",\"turns\":[{}]}",
            """
            {"format":"zhiku-conversation-1","title":"x","turns":[{"mode":"chat","question":"q",
            "status":"answered","asked_at":"2026-01-01T00:00:00Z","answer":"a",
            "response":{"evil":1},"problem":null,"rating":null}]}
            """)) {
      assertThat(send("POST", "/conversations/import", anna, body).statusCode())
          .as(body)
          .isEqualTo(400);
    }
    assertThat(items(server.json(server.get("/conversations", "Cookie", anna)))).isEmpty();
  }

  @Test
  void markdown_holds_questions_answers_and_the_words_of_each_source_in_the_readers_language() {
    String id = begin(anna);
    ask(anna, id, "How many days of annual leave?");

    HttpResponse<String> file =
        server.get(
            "/conversations/" + id + "/export?format=markdown",
            "Cookie",
            anna,
            "Accept-Language",
            "zh-TW",
            "Accept",
            "text/markdown");

    assertThat(file.headers().firstValue("content-type").orElse("")).startsWith("text/markdown");
    assertThat(file.body())
        .contains("> How many days of annual leave?")
        .contains("15 days")
        .contains("### 出處")
        .contains("SHA-256 " + "0".repeat(64));
  }

  @Test
  void each_limit_is_named_in_its_refusal() {
    try (TestServer limited = serve(new ConversationsConfig(true, 1, 1, 1_000_000, 0))) {
      String id = begin(anna);
      ask(anna, id, "How many days of annual leave?");

      HttpResponse<String> more = limited.send("POST", "/conversations", "Cookie", anna);
      HttpResponse<String> longer =
          send("POST", "/query", anna, "{\"question\":\"x\",\"conversation_id\":\"" + id + "\"}");
      assertThat(List.of(more.statusCode(), longer.statusCode())).containsOnly(409);
      assertThat(more.body()).contains("zhiku.conversations.max-conversations");
      assertThat(longer.body()).contains("zhiku.conversations.max-turns");
      assertThat(begin(bert)).isNotEqualTo(id);
    }
  }

  @Test
  void switched_off_nothing_is_kept_and_questions_are_answered_all_the_same() {
    try (TestServer off = serve(new ConversationsConfig(false, 9, 9, 1_000_000, 0))) {
      assertThat(codeOf(off.get("/conversations", "Cookie", anna))).isEqualTo("conversations-off");
      assertThat(codeOf(off.send("POST", "/conversations", "Cookie", anna)))
          .isEqualTo("conversations-off");
      assertThat(send("POST", "/query", anna, "{\"question\":\"annual leave?\"}").statusCode())
          .isEqualTo(200);
    }
  }
}
