package dev.zhiku.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.AnswerEvent;
import dev.zhiku.answering.answer.Answerer;
import dev.zhiku.answering.answer.Question;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.generators.testing.PromisedTime;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.Role;
import dev.zhiku.server.query.AnswerRuns;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyControllerTest {
  private static final int CLIENTS = 8;

  /** All of them together ask two hundred times a second. */
  private static final Duration EACH = Duration.ofMillis(40);

  private static final Duration PROMISED = Duration.ofMillis(200);

  private static TestServer server;
  private static AccessKeys shared;
  private static AnswerRuns runs;

  @BeforeAll
  static void start(@TempDir Path folder) {
    shared = AccessKeys.create(folder.resolve("access.key"));
    runs = new AnswerRuns(new EndlessAnswerer(), Clock.systemUTC());
    server =
        TestServer.start(
            folder,
            new TestServer.Settings()
                .host("192.168.1.20")
                .keys(shared)
                .trustedProxies("127.0.0.1")
                .runs(runs));
  }

  @AfterAll
  static void stop() {
    runs.close();
    server.close();
  }

  private static String[] admin() {
    return bearer(shared.text(Role.ADMIN));
  }

  private static String[] bearer(String key) {
    return new String[] {"Authorization", "Bearer " + key};
  }

  /** A key and its id. */
  private record Made(String secret, String id) {}

  private static Made make(String body) {
    return made(server.postJson("/keys", body, admin()));
  }

  @SuppressWarnings("unchecked")
  private static Made made(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    Map<String, Object> json = server.json(response);
    return new Made(
        String.valueOf(json.get("secret")),
        String.valueOf(Objects.requireNonNull((Map<String, Object>) json.get("key")).get("id")));
  }

  private static int get(String path, String... headers) {
    return server.get(path, headers).statusCode();
  }

  @Test
  void where_there_are_no_keys_the_list_is_empty_and_not_missing(@TempDir Path other) {
    try (TestServer fresh = TestServer.start(other, new TestServer.Settings())) {
      assertThat(fresh.get("/keys").body()).isEqualTo("{\"items\":[]}");
      assertThat(fresh.get("/keys/changes").body()).isEqualTo("{\"items\":[]}");
    }
  }

  @Test
  void a_key_is_shown_once_and_listed_without_its_secret() {
    Made made =
        make(
            "{\"label\":\"客服机器人\",\"role\":\"uploader\",\"addresses\":[\"127.0.0.0/8\"],"
                + "\"expires_at\":\"2999-01-01T00:00:00Z\",\"questions_per_minute\":9}");

    String list = server.get("/keys", admin()).body();

    assertThat(list).contains(made.id(), "客服机器人", "127.0.0.0/8", "2999-01-01", "active");
    assertThat(list).contains("\"questions_per_minute\":9", "\"revoked_at\":null");
    assertThat(list).doesNotContain(made.secret(), made.secret().substring(12, 55));
    assertThat(get("/documents", bearer(made.secret()))).isEqualTo(200);
    assertThat(get("/keys", bearer(made.secret()))).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"label\":\"\"}",
        "{\"label\":\"a\\nb\"}",
        "{\"label\":\"a\",\"role\":\"root\"}",
        "{\"label\":\"a\",\"expires_at\":\"2020-01-01T00:00:00Z\"}",
        "{\"label\":\"a\",\"expires_at\":\"soon\"}",
        "{\"label\":\"a\",\"addresses\":[\"10.0.0.0/33\"]}",
        "{\"label\":\"a\",\"addresses\":[\"host.example\"]}",
        "{\"label\":\"a\",\"questions_per_minute\":0}",
        "{\"label\":\"a\",\"rolle\":\"admin\"}",
      })
  void what_a_key_cannot_be_made_for_is_refused(String body) {
    assertThat(server.postJson("/keys", body, admin()).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "reader, 200, 200, 403, 403, 403",
    "uploader, 200, 200, 415, 403, 403",
    "auditor, 200, 403, 403, 200, 403",
    "admin, 200, 200, 415, 200, 200",
  })
  void a_role_opens_what_it_names(
      String role, int status, int documents, int upload, int audit, int models) {
    String[] key = bearer(make("{\"label\":\"a\",\"role\":\"" + role + "\"}").secret());

    assertThat(get("/status", key)).isEqualTo(status);
    assertThat(get("/documents", key)).isEqualTo(documents);
    assertThat(server.send("POST", "/documents", key).statusCode()).isEqualTo(upload);
    assertThat(get("/keys", key)).isEqualTo(audit);
    assertThat(get("/models", key)).isEqualTo(models);
  }

  @Test
  void a_revoked_key_opens_nothing_and_neither_does_who_signed_in_with_it() {
    Made made = make("{\"label\":\"a\"}");
    String cookie = cookie(server.postJson("/session", "{\"key\":\"" + made.secret() + "\"}"));
    assertThat(get("/documents", "Cookie", cookie)).isEqualTo(200);

    HttpResponse<String> revoked = server.send("DELETE", "/keys/" + made.id(), admin());

    assertThat(revoked.statusCode()).isEqualTo(204);
    assertThat(get("/documents", bearer(made.secret()))).isEqualTo(401);
    assertThat(get("/documents", "Cookie", cookie)).isEqualTo(401);
    assertThat(server.send("DELETE", "/keys/" + made.id(), admin()).statusCode()).isEqualTo(404);
    assertThat(server.get("/keys", admin()).body()).contains("revoked");
    assertThat(server.get("/keys/changes?limit=1", admin()).body())
        .contains("key-revoked", made.id(), "shared-key:admin")
        .doesNotContain("key-created");
  }

  private static String cookie(HttpResponse<String> response) {
    String cookie = response.headers().firstValue("set-cookie").orElseThrow();
    return cookie.substring(0, cookie.indexOf(';'));
  }

  @Test
  void a_key_opens_from_its_addresses_alone_and_a_refusal_looks_like_any_other() {
    String[] key = bearer(make("{\"label\":\"a\",\"addresses\":[\"10.1.0.0/16\"]}").secret());
    String[] elsewhere = {key[0], key[1], "X-Forwarded-For", "10.2.0.1"};
    String[] unknown = {"Authorization", "Bearer kb_wrong", "X-Forwarded-For", "10.2.0.1"};

    assertThat(get("/documents", key[0], key[1], "X-Forwarded-For", "10.1.2.3")).isEqualTo(200);
    HttpResponse<String> refused = server.get("/documents", elsewhere);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).isEqualTo(server.get("/documents", unknown).body());
  }

  @Test
  void a_rotated_key_opens_with_both_secrets_or_with_the_new_one_alone() {
    Made first = make("{\"label\":\"a\"}");
    Made second = made(server.send("POST", "/keys/" + first.id() + "/rotate", admin()));
    assertThat(get("/documents", bearer(first.secret()))).isEqualTo(200);
    assertThat(get("/documents", bearer(second.secret()))).isEqualTo(200);

    Made third =
        made(server.send("POST", "/keys/" + first.id() + "/rotate?overlap_minutes=0", admin()));

    assertThat(get("/documents", bearer(first.secret()))).isEqualTo(401);
    assertThat(get("/documents", bearer(second.secret()))).isEqualTo(401);
    assertThat(get("/documents", bearer(third.secret()))).isEqualTo(200);
  }

  @Test
  void a_browser_with_the_shared_key_is_not_the_next_one_with_the_same_key() {
    HttpResponse<String> one =
        server.postJson("/session", "{\"key\":\"" + shared.text(Role.READER) + "\"}");
    HttpResponse<String> other =
        server.postJson("/session", "{\"key\":\"" + shared.text(Role.READER) + "\"}");
    askDetached("Cookie", cookie(one));

    assertThat(get("/query/" + EndlessAnswerer.ID, "Cookie", cookie(one))).isEqualTo(200);
    assertThat(get("/query/" + EndlessAnswerer.ID, "Cookie", cookie(other))).isEqualTo(404);
    String device =
        one.headers().allValues("set-cookie").stream()
            .filter(c -> c.startsWith("zhiku-device="))
            .map(c -> c.substring(0, c.indexOf(';')))
            .findFirst()
            .orElseThrow();
    String again =
        cookie(
            server.postJson(
                "/session", "{\"key\":\"" + shared.text(Role.READER) + "\"}", "Cookie", device));
    assertThat(get("/query/" + EndlessAnswerer.ID, "Cookie", again)).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"X-Forwarded-User", "X-OpenWebUI-User-Id", "Cf-Access-Authenticated-User-Email"})
  void an_application_that_may_speak_for_its_users_keeps_them_apart(String header) {
    String[] key = bearer(make("{\"label\":\"a\",\"on_behalf_of\":true}").secret());
    askDetached(key[0], key[1], header, "ann");
    String path = "/query/" + EndlessAnswerer.ID;

    assertThat(get(path, key[0], key[1], header, "ann")).isEqualTo(200);
    assertThat(get(path, key[0], key[1], header, "bob")).isEqualTo(404);
    assertThat(get(path, key)).isEqualTo(404);
    String[] other = bearer(make("{\"label\":\"b\",\"on_behalf_of\":true}").secret());
    assertThat(get(path, other[0], other[1], header, "ann")).isEqualTo(404);
    assertThat(get("/status", key[0], key[1], header, " ")).isEqualTo(400);
    assertThat(get("/status", key[0], key[1], header, "x".repeat(101))).isEqualTo(400);
  }

  @Test
  void an_application_that_may_not_speak_for_others_is_itself_whatever_it_writes() {
    String[] key = bearer(make("{\"label\":\"a\"}").secret());
    askDetached(key[0], key[1], "X-Forwarded-User", "ann");
    String path = "/query/" + EndlessAnswerer.ID;

    assertThat(get(path, key)).isEqualTo(200);
    assertThat(get(path, key[0], key[1], "X-Forwarded-User", "bob")).isEqualTo(200);
    String[] shared = bearer(KeyControllerTest.shared.text(Role.READER));
    assertThat(get(path, shared[0], shared[1], "X-Forwarded-User", "ann")).isEqualTo(404);
  }

  private static void askDetached(String... headers) {
    HttpResponse<InputStream> asked =
        server.send(
            HttpRequest.newBuilder(server.uri("/query"))
                .headers(headers)
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString("{\"question\":\"x\",\"detach\":true}"))
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
    assertThat(asked.statusCode()).isEqualTo(200);
    try (InputStream body = asked.body()) {
      assertThat(body.read()).isPositive();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void an_open_stream_ends_with_its_key_and_the_answer_to_the_revocation_arrives()
      throws Exception {
    Made made = make("{\"label\":\"a\"}");
    Made admins = make("{\"label\":\"a\",\"role\":\"admin\"}");
    HttpResponse<InputStream> stream =
        server.send(
            HttpRequest.newBuilder(server.uri("/query"))
                .header("Authorization", "Bearer " + made.secret())
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString("{\"question\":\"x\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
    assertThat(stream.statusCode()).isEqualTo(200);
    try (InputStream body = stream.body();
        ExecutorService reading = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(body.read()).isPositive();
      Future<?> ended = reading.submit(() -> readToEnd(body));

      assertThat(server.send("DELETE", "/keys/" + made.id(), bearer(admins.secret())).statusCode())
          .isEqualTo(204);
      PromisedTime time = PromisedTime.start();

      ended.get(60, TimeUnit.SECONDS);
      time.require("end of the stream", PROMISED);
    }
    HttpResponse<String> own =
        server.send("DELETE", "/keys/" + admins.id(), bearer(admins.secret()));
    assertThat(own.statusCode()).isEqualTo(204);
    assertThat(get("/status", bearer(admins.secret()))).isEqualTo(401);
  }

  private static void readToEnd(InputStream body) {
    try {
      while (body.read() >= 0) {
        // The stream ends when its key does.
      }
    } catch (IOException e) {
      // It was cut.
    }
  }

  @Tag("promise")
  @Test
  void nobody_gets_in_with_a_key_under_load_once_its_revocation_is_answered() throws Exception {
    Made made = make("{\"label\":\"a\"}");
    AtomicBoolean going = new AtomicBoolean(true);
    AtomicLong lastSent = new AtomicLong();
    AtomicLong lastSuccess = new AtomicLong();
    CountDownLatch begun = new CountDownLatch(CLIENTS);
    List<Future<Long>> clients = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      Callable<Long> client =
          () -> {
            long requests = 0;
            for (long due = System.nanoTime(); going.get(); due += EACH.toNanos()) {
              TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
              long sent = System.nanoTime();
              if (status(made.secret()) == 200) {
                lastSent.accumulateAndGet(sent, Math::max);
                lastSuccess.accumulateAndGet(System.nanoTime(), Math::max);
                begun.countDown();
              }
              requests++;
            }
            return requests;
          };
      long start = System.nanoTime();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(threads.submit(client));
      }
      assertThat(begun.await(120, TimeUnit.SECONDS)).isTrue();
      TimeUnit.MILLISECONDS.sleep(500);

      long asked = System.nanoTime();
      assertThat(server.send("DELETE", "/keys/" + made.id(), admin()).statusCode()).isEqualTo(204);
      long answered = System.nanoTime();
      TimeUnit.MILLISECONDS.sleep(1_000);
      going.set(false);
      long requests = 0;
      for (Future<Long> each : clients) {
        requests += each.get(60, TimeUnit.SECONDS);
      }

      System.out.printf(
          "%.0f requests a second, revoked after %d ms, last success %d ms after it was asked for%n",
          requests / ((System.nanoTime() - start) / 1e9),
          (answered - asked) / 1_000_000,
          (lastSuccess.get() - asked) / 1_000_000);
      assertThat(lastSent.get() - answered).as("nanoseconds sent after the answer").isNegative();
      int times = Boolean.getBoolean("zhiku.test.promises") ? 1 : 30;
      assertThat(Duration.ofNanos(lastSuccess.get() - answered))
          .as("last success after the answer")
          .isLessThan(PROMISED.multipliedBy(times));
    }
  }

  private static int status(String key) {
    try {
      return get("/documents?limit=1", bearer(key));
    } catch (RuntimeException e) {
      // The connection was cut with the key.
      return 0;
    }
  }

  /** Says a word now and then, and never ends by itself. */
  private static final class EndlessAnswerer implements Answerer {
    static final String ID = "q_endless";

    @Override
    public void requirePlace(Scope scope) {}

    @Override
    public void answer(Question question, Scope scope, Consumer<? super AnswerEvent> sink)
        throws InterruptedException {
      sink.accept(new AnswerEvent.Retrieved(ID, List.of()));
      while (true) {
        TimeUnit.MILLISECONDS.sleep(50);
        sink.accept(new AnswerEvent.Text("x"));
      }
    }
  }
}
