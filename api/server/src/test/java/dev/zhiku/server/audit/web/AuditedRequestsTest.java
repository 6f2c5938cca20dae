package dev.zhiku.server.audit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.audit.AuditCheck;
import dev.zhiku.server.audit.AuditConfig;
import dev.zhiku.server.audit.AuditEvent;
import dev.zhiku.server.audit.AuditRecord;
import dev.zhiku.server.audit.AuditSearch;
import dev.zhiku.server.identity.NamedKey;
import dev.zhiku.server.identity.Role;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests to a real server, and what its audit log holds of them. */
class AuditedRequestsTest {
  private static final String QUESTION = "{\"question\": \"年假有几天？\"}";

  @TempDir private Path folder = Path.of("");

  private static List<AuditRecord> records(AuditedServer server) {
    List<AuditRecord> all = new ArrayList<>();
    server.log.search().each(AuditSearch.Wanted.ALL, all::add);
    return all;
  }

  private static AuditEvent last(AuditedServer server) {
    return records(server).getLast().event();
  }

  private static String id(HttpResponse<?> response) {
    return response.headers().firstValue("x-request-id").orElseThrow();
  }

  private static String key(AuditedServer server, Role role, boolean onBehalf) {
    return server
        .http
        .named
        .create(
            new NamedKey.Terms(
                "an application", role, Optional.empty(), List.of(), Optional.empty(), onBehalf),
            "machine")
        .text();
  }

  @Test
  void an_answer_is_kept_with_what_it_rests_on_and_without_the_question() throws IOException {
    try (AuditedServer server = AuditedServer.start(folder, AuditConfig.DEFAULT)) {
      HttpResponse<String> response = server.http.postJson("/query", QUESTION);

      Map<String, Object> answer = server.http.json(response);
      AuditEvent event = last(server);
      assertThat(event.what()).isEqualTo("asked");
      assertThat(event.request()).isEqualTo(id(response));
      assertThat(event.outcome()).isEqualTo("answered").isEqualTo(answer.get("status"));
      assertThat(event.who()).isEqualTo("machine");
      assertThat(event.role()).isEqualTo("admin");
      assertThat(event.from()).isEqualTo("127.0.0.1");
      AuditEvent.AnswerFacts facts = event.answer().orElseThrow();
      assertThat(facts.id()).isEqualTo(answer.get("id"));
      assertThat(facts.backend()).isEqualTo("extractive");
      assertThat(facts.epoch()).isEqualTo(1);
      assertThat(facts.files()).containsExactly("0".repeat(64));
      assertThat(facts.question()).isEmpty();
      assertThat(records(server)).hasSize(1);
    }
  }

  @Test
  void the_text_of_a_question_is_kept_where_the_configuration_says_so() throws IOException {
    try (AuditedServer server =
        AuditedServer.start(folder, new AuditConfig(true, 0, AuditConfig.Head.NOWHERE))) {
      server.http.postJson("/query", QUESTION);

      assertThat(last(server).answer().orElseThrow().question()).contains("年假有几天？");
    }
  }

  @Test
  void every_way_of_asking_is_kept_once() throws IOException {
    try (AuditedServer server = AuditedServer.start(folder, AuditConfig.DEFAULT)) {
      server.http.postJson("/query", QUESTION);
      server.http.postJson("/query", QUESTION, "Accept", "text/event-stream");
      server.http.postJson(
          "/v1/chat/completions",
          "{\"model\":\"zhiku\",\"messages\":[{\"role\":\"user\",\"content\":\"年假有几天？\"}]}");
      server.http.postJson(
          "/mcp",
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"ask\","
              + "\"arguments\":{\"question\":\"年假有几天？\"}}}");
      server.http.postJson("/query", "{\"question\": 7}");

      assertThat(records(server))
          .extracting(record -> record.event().what() + " " + record.event().subject())
          .containsExactly(
              "asked POST /query",
              "asked POST /query",
              "asked POST /v1/chat/completions",
              "asked POST /mcp",
              "asked POST /query");
      assertThat(records(server))
          .extracting(record -> record.event().answer().isPresent())
          .containsExactly(true, true, true, true, false);
    }
  }

  @Test
  void what_changes_something_is_kept_and_reading_is_not() throws IOException {
    try (AuditedServer server = AuditedServer.start(folder, AuditConfig.DEFAULT)) {
      HttpResponse<String> made =
          server.http.postJson("/keys", "{\"label\":\"portal\",\"role\":\"reader\"}");
      String key = idOf(server.http.json(made).get("key"));
      server.http.send("DELETE", "/keys/" + key);
      server.http.postJson("/backup", "{}");
      server.http.send("DELETE", "/documents/d_unknown");
      server.http.get("/status");
      server.http.get("/");

      assertThat(records(server))
          .extracting(
              record ->
                  record.event().what()
                      + " "
                      + record.event().subject()
                      + " "
                      + record.event().outcome())
          .containsExactly(
              "key-changed POST /keys 200",
              "key-changed DELETE /keys/" + key + " 204",
              "backup-made POST /backup 201",
              "deleted DELETE /documents/d_unknown 404");
    }
  }

  @Test
  void an_upload_names_the_document_that_came_of_it() throws IOException {
    try (AuditedServer server = AuditedServer.start(folder, AuditConfig.DEFAULT)) {
      String form =
          String.join(
              "\r\n",
              "--b",
              "Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"",
              "",
              "x",
              "--b--",
              "");
      HttpResponse<String> response =
          server.http.send(
              HttpRequest.newBuilder(server.http.uri("/documents"))
                  .header("Content-Type", "multipart/form-data; boundary=b")
                  .POST(HttpRequest.BodyPublishers.ofString(form))
                  .build());

      assertThat(last(server).what()).isEqualTo("uploaded");
      assertThat(last(server).subject())
          .isEqualTo("POST /documents /documents/" + server.http.json(response).get("id"));
    }
  }

  @Test
  void who_is_refused_and_who_signs_in_is_kept_with_the_name_that_is_known() throws IOException {
    AccessKeys keys = AccessKeys.create(folder.resolve("access.key"));
    try (AuditedServer server = AuditedServer.startForOthers(folder, keys)) {
      String reader = key(server, Role.READER, false);
      server.http.get("/documents");
      server.http.send("DELETE", "/documents/d_1", "Authorization", "Bearer " + reader);
      server.http.postJson("/session", "{\"key\":\"kb_wrong\"}");
      String cookie =
          server
              .http
              .postJson("/session", "{\"key\":\"" + reader + "\"}")
              .headers()
              .firstValue("set-cookie")
              .orElseThrow();
      server.http.send("DELETE", "/session", "Cookie", cookie.substring(0, cookie.indexOf(';')));

      assertThat(records(server))
          .extracting(
              record ->
                  record.event().what()
                      + " "
                      + record.event().who().replaceAll("k_[0-9a-f]+", "ID")
                      + " "
                      + record.event().role()
                      + " "
                      + record.event().outcome())
          .containsExactly(
              "refused nobody  401",
              "refused key:ID reader 403",
              "refused nobody  401",
              "signed-in key:ID reader 204",
              "signed-out key:ID reader 204");
    }
  }

  @Test
  void an_application_that_asks_for_somebody_is_kept_with_both() throws IOException {
    AccessKeys keys = AccessKeys.create(folder.resolve("access.key"));
    try (AuditedServer server = AuditedServer.startForOthers(folder, keys)) {
      String bearer = "Bearer " + key(server, Role.READER, true);
      server.http.postJson("/query", QUESTION, "Authorization", bearer, "X-Forwarded-User", "wang");

      assertThat(last(server).who()).matches("key:k_[0-9a-f]+");
      assertThat(last(server).behalf()).isEqualTo("person:wang");
    }
  }

  @Test
  void an_auditor_reads_the_log_and_neither_documents_nor_answers() throws IOException {
    AccessKeys keys = AccessKeys.create(folder.resolve("access.key"));
    try (AuditedServer server = AuditedServer.startForOthers(folder, keys)) {
      String[] auditor = {"Authorization", "Bearer " + key(server, Role.AUDITOR, false)};
      String[] reader = {"Authorization", "Bearer " + key(server, Role.READER, false)};

      assertThat(server.http.get("/audit", auditor).statusCode()).isEqualTo(200);
      assertThat(server.http.get("/documents", auditor).statusCode()).isEqualTo(403);
      assertThat(server.http.postJson("/query", QUESTION, auditor).statusCode()).isEqualTo(403);
      assertThat(server.http.postJson("/keys", "{}", auditor).statusCode()).isEqualTo(403);
      assertThat(server.http.get("/audit", reader).statusCode()).isEqualTo(403);
      assertThat(records(server).getFirst().event().what()).isEqualTo("audit-read");
    }
  }

  @Test
  void the_log_is_read_in_parts_by_who_what_and_when() throws IOException {
    try (AuditedServer server = AuditedServer.start(folder, AuditConfig.DEFAULT)) {
      for (int i = 0; i < 5; i++) {
        server.http.postJson("/query", QUESTION);
      }
      server.http.send("DELETE", "/documents/d_unknown");

      Map<String, Object> first =
          server.http.json(server.http.get("/audit?what=asked&who=machine&limit=3"));
      Map<String, Object> second =
          server.http.json(
              server.http.get("/audit?what=asked&limit=3&cursor=" + first.get("next_cursor")));

      assertThat(numbers(first)).containsExactly(5, 4, 3);
      assertThat(numbers(second)).containsExactly(2, 1);
      assertThat(second).containsEntry("next_cursor", null);
      assertThat(server.http.get("/audit?from=yesterday").statusCode()).isEqualTo(400);
      assertThat(
              numbers(server.http.json(server.http.get("/audit?to=2020-01-01T00:00:00%2B08:00"))))
          .isEmpty();
      assertThat(AuditCheck.of(folder.resolve("audit"), Optional.empty()).findings()).isEmpty();
    }
  }

  private static List<Object> numbers(Map<String, Object> page) {
    return ((List<?>) Objects.requireNonNull(page.get("items")))
        .stream().map(item -> ((Map<?, ?>) item).get("number")).collect(Collectors.toList());
  }

  private static String idOf(@Nullable Object key) {
    return String.valueOf(((Map<?, ?>) Objects.requireNonNull(key)).get("id"));
  }
}
