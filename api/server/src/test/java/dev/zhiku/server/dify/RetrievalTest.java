package dev.zhiku.server.dify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.answering.answer.AnswerMeter;
import dev.zhiku.answering.answer.AnswerService;
import dev.zhiku.answering.answer.Library;
import dev.zhiku.answering.answer.StandingWarnings;
import dev.zhiku.answering.answer.SupportRule;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.search.Retriever;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.generators.extractive.ExtractiveBackend;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.DocumentCatalog.SourceState;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.documents.Entries;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.Role;
import dev.zhiku.server.query.AnswerRuns;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests as Dify sends them: at the registration of a knowledge base, and with a question. */
class RetrievalTest {
  private final Library library = new Library();
  private AccessKeys keys;
  private AnswerRuns runs;
  private TestServer server;

  @BeforeEach
  void start(@TempDir Path folder) {
    DocumentMeta manual =
        library.add(
            "hr/员工手册.pdf",
            "application/pdf",
            List.of(Location.page(12, List.of())),
            "正式员工每年享有 15 天带薪年假。年假应当提前一周申请。");
    DocumentMeta notes = library.add("notes/年假.txt", "年假的通知见员工手册。");
    Semaphore cores = new Semaphore(2);
    runs =
        new AnswerRuns(
            new AnswerService(
                new Retriever(library.index, library.embedders, SearchConfig.DEFAULT, cores),
                new ExtractiveBackend(cores),
                new ExtractiveBackend(cores),
                new Prompt.Limits(1_024, 4_096, Duration.ofMinutes(1)),
                SupportRule.NONE,
                2,
                StandingWarnings.NONE,
                AnswerMeter.NONE),
            InstantSource.system());
    keys = AccessKeys.create(folder.resolve("access.key"));
    server =
        TestServer.start(folder, new TestServer.Settings().host("0.0.0.0").keys(keys).runs(runs));
    server.catalog.put(
        new SourceState("knowledge", "/srv/knowledge", true, false, Phrase.NONE, Optional.empty()));
    server.catalog.put(entry(manual));
    server.catalog.put(entry(notes));
    server.lifecycle.serving();
  }

  private static CatalogEntry entry(DocumentMeta document) {
    CatalogEntry like = Entries.indexed(document.path(), document.mediaType(), 1_000);
    return new CatalogEntry(
        document.id(),
        document.source(),
        document.path(),
        document.mediaType(),
        like.size(),
        like.sha256(),
        like.state(),
        like.stage(),
        like.reason(),
        like.notes(),
        like.passages(),
        like.pages(),
        like.language(),
        document.modifiedAt(),
        like.indexedAt(),
        like.attempts(),
        like.nextRetryAt(),
        like.epoch());
  }

  @AfterEach
  void stop() {
    runs.close();
    server.close();
    library.index.requireNoOpenSnapshot();
  }

  private HttpResponse<String> post(String body) {
    return server.postJson("/retrieval", body, "Authorization", "Bearer " + keys.text(Role.READER));
  }

  private static JsonNode read(HttpResponse<String> response) {
    try {
      return new ObjectMapper().readTree(response.body());
    } catch (IOException e) {
      throw new AssertionError(response.body(), e);
    }
  }

  private JsonNode records(String more) {
    HttpResponse<String> response =
        post("{\"knowledge_id\":\"knowledge\",\"query\":\"年假有几天？\"" + more + "}");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return read(response).path("records");
  }

  private JsonNode where(String conditions) {
    return records(",\"metadata_condition\":" + conditions);
  }

  @Test
  void passages_come_with_a_score_a_title_and_their_place() {
    JsonNode records =
        records(",\"retrieval_setting\":{\"top_k\":2,\"score_threshold\":0.0},\"user\":\"u\"");

    assertThat(records).hasSize(2);
    JsonNode best = records.path(0);
    assertThat(best.path("content").asText()).contains("15 天带薪年假");
    assertThat(best.path("score").asDouble()).isEqualTo(1);
    assertThat(best.path("title").asText()).isEqualTo("员工手册.pdf");
    assertThat(best.at("/metadata/path").asText()).isEqualTo("hr/员工手册.pdf");
    assertThat(best.at("/metadata/url").asText()).endsWith("/content#page=12");
    assertThat(records.at("/1/score").asDouble()).isBetween(0.0, 1.0);
  }

  @Test
  void a_threshold_keeps_what_comes_near_the_best_and_a_limit_the_first() {
    assertThat(records(",\"retrieval_setting\":{\"top_k\":1,\"score_threshold\":0}")).hasSize(1);
    assertThat(records(",\"retrieval_setting\":{\"top_k\":50,\"score_threshold\":1.0}")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "path|start with|\"hr/\"|1",
        "path|contains|\"手册\"|1",
        "path|not contains|\"手册\"|1",
        "path|end with|\".TXT\"|1",
        "name|is|\"员工手册.pdf\"|1",
        "name|is not|\"员工手册.pdf\"|1",
        "media_type|in|[\"application/pdf\",\"text/plain\"]|2",
        "media_type|not in|\"application/pdf, text/html\"|1",
        "department|empty|null|2",
        "path|not empty|null|2",
        "size|=|1000|2",
        "size|≠|1000|0",
        "size|>|999|2",
        "size|≤|999|0",
        "modified_at|after|\"2026-04-30\"|2",
        "modified_at|before|1770000000|0",
        "modified_at|after|1770000000|2",
        "modified_at|before|1790000000|2",
        "modified_at|after|1e400|0",
        "[\"title\",\"path\"]|contains|\"hr/\"|1",
      })
  void each_comparison_chooses_documents(String name, String operator, String value, int found) {
    String names = name.startsWith("[") ? name : "\"" + name + "\"";
    assertThat(
            where(
                "{\"conditions\":[{\"name\":%s,\"comparison_operator\":\"%s\",\"value\":%s}]}"
                    .formatted(names, operator, value)))
        .hasSize(found);
  }

  @Test
  void conditions_hold_all_or_one_of_them() {
    String two =
        "\"conditions\":[{\"name\":\"path\",\"comparison_operator\":\"contains\",\"value\":\"hr\"},"
            + "{\"name\":\"path\",\"comparison_operator\":\"contains\",\"value\":\"notes\"}]}";
    assertThat(where("{\"logical_operator\":\"and\"," + two)).isEmpty();
    assertThat(where("{\"logical_operator\":\"or\"," + two)).hasSize(2);
    assertThat(where("{\"logical_operator\":\"and\",\"conditions\":[]}")).hasSize(2);
  }

  @Test
  void every_source_together_is_a_knowledge_base_too() {
    HttpResponse<String> all = post("{\"knowledge_id\":\"zhiku\",\"query\":\"年假\"}");
    assertThat(read(all).path("records")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404|2001|{\"knowledge_id\":\"other\",\"query\":\"a\"}",
        "400|400|{\"knowledge_id\":\"knowledge\",\"query\":\" \"}",
        "400|400|{\"query\":\"a\"}",
        "400|400|{\"knowledge_id\":\"knowledge\",\"query\":\"a\",\"retrieval_setting\":{\"top_k\":0}}",
        "400|400|{\"knowledge_id\":\"knowledge\",\"query\":\"a\",\"metadata_condition\":{\"conditions\":[{\"name\":\"path\",\"comparison_operator\":\"like\"}]}}",
        "400|400|{\"knowledge_id\":\"knowledge\",\"query\":\"a\",\"metadata_condition\":{\"logical_operator\":\"not\"}}",
      })
  void what_is_wrong_is_said_with_a_code_of_difys(int status, int code, String body) {
    HttpResponse<String> response = post(body);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(read(response).path("error_code").asInt()).isEqualTo(code);
    assertThat(read(response).path("error_msg").asText()).isNotBlank();
  }

  /**
   * Dify takes 403, 404 and 502 for a service that cannot be used, and all else for one that can.
   */
  @Test
  void a_registration_passes_with_the_right_key_and_fails_with_another() {
    HttpResponse<String> right =
        server.send("POST", "/retrieval", "Authorization", "Bearer " + keys.text(Role.READER));
    HttpResponse<String> wrong =
        server.send("POST", "/retrieval", "Authorization", "Bearer kb_wrong");
    HttpResponse<String> none = server.send("POST", "/retrieval");

    assertThat(right.statusCode()).isEqualTo(400);
    assertThat(wrong.statusCode()).isEqualTo(403);
    assertThat(read(wrong).path("error_code").asInt()).isEqualTo(1002);
    assertThat(none.statusCode()).isEqualTo(403);
    assertThat(read(none).path("error_code").asInt()).isEqualTo(1001);
  }
}
