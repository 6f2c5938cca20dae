package dev.zhiku.server.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.AnswerEvent;
import dev.zhiku.answering.answer.Answerer;
import dev.zhiku.answering.answer.Question;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.generators.testing.PromisedTime;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.NamedKey;
import dev.zhiku.server.identity.NamedKeys;
import dev.zhiku.server.identity.Role;
import dev.zhiku.server.people.HiddenDocuments.Asker;
import dev.zhiku.server.people.HiddenDocuments.Hidden;
import dev.zhiku.server.query.AnswerRuns;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessControllerTest {
  private static final String NOTHING = "{\"items\":[]}";

  @TempDir private Path folder;
  private final Waiting waiting = new Waiting();
  private final AnswerRuns runs = new AnswerRuns(waiting, InstantSource.system());
  private AccessKeys keys;
  private TestServer server;
  private HiddenDocuments library;

  @BeforeEach
  void start() throws InterruptedException {
    keys = AccessKeys.create(folder.resolve("access.key"));
    server =
        TestServer.start(
            folder, new TestServer.Settings().host("192.168.1.20").keys(keys).runs(runs));
    server.lifecycle.serving();
    library = new HiddenDocuments(server, new Random(1), 30);
  }

  @AfterEach
  void stop() {
    runs.close();
    server.close();
  }

  /** Says where it is, and waits until it is interrupted. */
  private static final class Waiting implements Answerer {
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public void requirePlace(Scope scope) {}

    @Override
    public void answer(Question question, Scope scope, Consumer<? super AnswerEvent> sink)
        throws InterruptedException {
      sink.accept(new AnswerEvent.Retrieved("q_1", List.of()));
      try {
        new CountDownLatch(1).await();
      } finally {
        stopped.countDown();
      }
    }
  }

  private String[] admin() {
    return new String[] {"Authorization", "Bearer " + keys.text(Role.ADMIN)};
  }

  private HttpResponse<String> rules(String items) {
    return server.putJson("/access/rules", "{\"items\":[" + items + "]}", admin());
  }

  private static String rule(String subject, String effect, String source, String path) {
    return "{\"subject\":\"%s\",\"effect\":\"%s\",\"source\":\"%s\",\"path\":\"%s\"}"
        .formatted(subject, effect, source, path);
  }

  private Map<String, Object> get(String path, String... headers) {
    HttpResponse<String> response = server.get(path, headers);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return server.json(response);
  }

  private static String[] sent(Asker asker) {
    return asker.headers().toArray(String[]::new);
  }

  @Test
  void rules_are_shown_as_they_were_put_with_the_names_of_persons() {
    HttpResponse<String> put =
        rules(rule("Person 0", "allow", "alpha", "red/**") + ",{\"subject\":\"everyone\"}");

    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    assertThat(get("/access/rules", admin()).get("items"))
        .isEqualTo(
            List.of(
                Map.of(
                    "subject",
                    library.askers.get(1).principal(),
                    "name",
                    "Person 0",
                    "effect",
                    "allow",
                    "source",
                    "alpha",
                    "path",
                    "red/**"),
                Map.of(
                    "subject",
                    "everyone",
                    "name",
                    "everyone",
                    "effect",
                    "allow",
                    "source",
                    "*",
                    "path",
                    "**")));
  }

  @Test
  void what_cannot_be_meant_is_refused_and_changes_nothing() {
    for (String item :
        List.of(
            rule("Nobody Known", "allow", "*", "**"),
            rule("key:k_0", "allow", "*", "**"),
            rule("everyone", "maybe", "*", "**"),
            rule("everyone", "allow", "*", "/a"),
            rule("everyone", "allow", "*", "a/*.pdf"),
            "{}",
            "{\"subject\":\"everyone\",\"colour\":\"red\"}")) {
      assertThat(rules(item).statusCode()).as(item).isEqualTo(400);
    }
    assertThat(
            server
                .putJson(
                    "/groups", "{\"items\":[{\"name\":\"a\",\"members\":[\"group:b\"]}]}", admin())
                .statusCode())
        .isEqualTo(400);
    assertThat(get("/access/rules", admin())).isEqualTo(Map.of("items", List.of()));
  }

  @Test
  void it_is_shown_what_somebody_may_see_and_why() {
    Hidden one = library.documents.getFirst();
    String source = one.entry().source();
    server.putJson(
        "/groups", "{\"items\":[{\"name\":\"team\",\"members\":[\"Person 1\"]}]}", admin());
    rules(rule("group:team", "allow", source, one.entry().path()));

    Map<String, Object> sight = get("/access/show?subject=Person%201", admin());
    assertThat(sight)
        .containsEntry("name", "Person 1")
        .containsEntry("groups", List.of("team"))
        .containsEntry("everything", false)
        .containsEntry("documents", 1);
    String file = "&document=" + one.entry().id().value();
    assertThat(get("/access/why?subject=Person%201" + file, admin()))
        .containsEntry("visible", true)
        .containsEntry("reason", "allowed");
    assertThat(get("/access/why?subject=Person%202" + file, admin()))
        .containsEntry("visible", false)
        .containsEntry("reason", "not-allowed");
    rules(rule("group:team", "allow", source, "**") + "," + rule("everyone", "deny", source, "**"));
    assertThat(get("/access/why?subject=Person%201" + file, admin()))
        .containsEntry("reason", "denied");
    assertThat(server.get("/access/show?subject=Nobody", admin()).statusCode()).isEqualTo(400);
  }

  private String[] reader() {
    return new String[] {"Authorization", "Bearer " + keys.text(Role.READER)};
  }

  private static void ask(TestServer server, String[] headers, int expected) {
    HttpResponse<String> response =
        server.postJson("/v1/embeddings", "{\"model\":\"hashing\",\"input\":\"a\"}", headers);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(expected);
  }

  @Test
  void what_each_asker_used_is_shown_to_who_may_know_it() {
    Asker person = library.askers.get(1);
    try (TestServer counting =
        TestServer.start(
            folder,
            new TestServer.Settings().host("192.168.1.20").keys(keys).questionsPerMinute(1))) {
      counting.lifecycle.serving();
      ask(counting, reader(), 200);
      ask(counting, reader(), 429);
      ask(counting, admin(), 200);
      ask(counting, admin(), 200);

      assertThat(server.get("/access/usage", sent(person)).statusCode()).isEqualTo(403);
      String used = counting.get("/access/usage", admin()).body();
      assertThat(used).contains("shared-key:reader", "\"questions\":1", "shared-key:admin");
      assertThat(counting.get("/access/show?subject=shared-key:reader", admin()).body())
          .contains("\"questions\":1");
      assertThat(counting.get("/access/usage?limit=0", admin()).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void a_change_is_in_force_when_it_is_answered_and_kept_with_who_made_it() {
    Asker asker = library.askers.getFirst();
    assertThat(((List<?>) get("/documents", sent(asker)).get("items"))).hasSize(30);
    rules(rule("Person 0", "allow", "*", "**"));
    assertThat(((List<?>) get("/documents", sent(asker)).get("items"))).isEmpty();
    server.putJson("/access/rules", NOTHING, admin());
    assertThat(((List<?>) get("/documents", sent(asker)).get("items"))).hasSize(30);

    assertThat(String.valueOf(get("/access/changes?limit=2", admin()).get("items")))
        .contains("rule-added", "rule-removed", "shared-key:admin");
  }

  /** Begins an answer that goes on without its client. */
  private void ask(Asker asker) throws IOException {
    HttpResponse<InputStream> begun =
        server.send(
            HttpRequest.newBuilder(server.uri("/query"))
                .headers(sent(asker))
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(BodyPublishers.ofString("{\"question\":\"a\",\"detach\":true}"))
                .build(),
            BodyHandlers.ofInputStream());
    begun.body().close();
    assertThat(begun.statusCode()).isEqualTo(200);
  }

  @Test
  void an_answer_that_is_being_written_ends_when_its_asker_sees_other_documents()
      throws IOException {
    Asker asker = library.askers.getFirst();
    ask(asker);
    assertThat(server.get("/query/q_1", sent(asker)).statusCode()).isLessThan(300);

    rules(rule("Person 0", "allow", "*", "**"));
    PromisedTime.await("end of the answer", Duration.ofMillis(200), waiting.stopped);
    assertThat(server.get("/query/q_1", sent(asker)).statusCode()).isEqualTo(404);
  }

  @Test
  void an_answer_whose_asker_sees_the_same_goes_on() throws IOException {
    Asker asker = library.askers.getFirst();
    ask(asker);
    rules("{\"subject\":\"everyone\"}");

    assertThat(waiting.stopped.getCount()).isEqualTo(1);
    assertThat(server.get("/query/q_1", sent(asker)).statusCode()).isLessThan(300);
  }

  @Test
  void meters_and_figures_of_documents_are_those_that_may_be_seen() {
    Asker asker = library.askers.getFirst();
    rules(rule(asker.principal(), "allow", "alpha", "**"));

    String meters = server.get("/metrics", sent(asker)).body();
    assertThat(meters).contains("zhiku_query").doesNotContain("queue", "parsed", "embedded");
    assertThat(server.get("/metrics", admin()).body()).contains("zhiku_queue_depth");
    assertThat(String.valueOf(get("/status", sent(asker)).get("index")))
        .contains("size_bytes=0", "epoch=0");
  }

  @Test
  void an_upload_to_where_its_sender_may_not_see_it_is_refused_whatever_lies_there() {
    NamedKeys.Made uploader =
        server.named.create(
            new NamedKey.Terms(
                "u", Role.UPLOADER, Optional.empty(), List.of(), Optional.empty(), false),
            "machine");
    rules(rule("key:" + uploader.key().id(), "allow", "knowledge", "mine/**"));
    String there = library.documents.getFirst().entry().path();

    HttpResponse<String> mine = upload(uploader, "mine/new.txt");
    HttpResponse<String> taken = upload(uploader, there);
    HttpResponse<String> free = upload(uploader, "red/never.txt");
    assertThat(mine.statusCode()).as(mine.body()).isEqualTo(202);
    assertThat(taken.statusCode()).isEqualTo(403);
    assertThat(free.statusCode()).isEqualTo(403);
    assertThat(taken.body()).isEqualTo(free.body());
  }

  private HttpResponse<String> upload(NamedKeys.Made uploader, String path) {
    String form =
        "--b\r\nContent-Disposition: form-data; name=\"path\"\r\n\r\n"
            + path
            + "\r\n--b\r\nContent-Disposition: form-data; name=\"on_conflict\"\r\n\r\nfail"
            + "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.txt\""
            + "\r\n\r\ntext\r\n--b--\r\n";
    return server.send(
        HttpRequest.newBuilder(server.uri("/documents"))
            .header("Authorization", "Bearer " + uploader.text())
            .header("Content-Type", "multipart/form-data; boundary=b")
            .POST(BodyPublishers.ofString(form))
            .build());
  }
}
