package dev.zhiku.server.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.answering.lexicon.LexiconFile;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.index.testing.TestDocuments;
import dev.zhiku.ingest.catalog.DocumentCatalog.QueueState;
import dev.zhiku.ingest.catalog.DocumentCatalog.SourceState;
import dev.zhiku.ingest.health.StoreHealth;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.alarm.AlarmConfig;
import dev.zhiku.server.documents.Entries;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.Role;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusTest {
  private TestServer server;

  @BeforeEach
  void start(@TempDir Path folder) {
    server = TestServer.start(folder);
  }

  @AfterEach
  void stop() {
    server.index.requireNoOpenSnapshot();
    server.close();
  }

  @Test
  void the_status_is_the_contract_key_by_key() throws InterruptedException {
    DocumentMeta document = TestDocuments.document("a.pdf");
    server.index.replace(document, TestDocuments.passages(document, "x".repeat(4_096)));
    server.index.commit(7);
    server.catalog.put(Entries.indexed("a.pdf", "application/pdf", 1));
    server.catalog.put(Entries.failed("b.pdf"));
    server.catalog.put(Entries.pending("c.pdf"));
    server.catalog.put(
        new SourceState(
            "knowledge",
            "/srv/kb",
            true,
            false,
            Phrase.NONE,
            Optional.of(Instant.parse("2026-03-01T08:00:00Z"))));

    server.catalog.queue(new QueueState(4, 12.5, Optional.of(Duration.ofMillis(9_700)), false));

    assertThat(server.get("/status").body().replaceFirst("free_bytes\":[0-9]+", "free_bytes\":1"))
        .isEqualTo(
            "{\"version\":\"0.1.0\",\"sources\":[{\"name\":\"knowledge\",\"root\":\"/srv/kb\",\"online\":true,"
                + "\"held\":false,\"detail\":null,\"last_scan_at\":\"2026-03-01T08:00:00Z\"}],"
                + "\"files\":{\"total\":3,\"indexed\":1,\"failed\":1,\"skipped\":0,\"pending\":1,\"ignored\":0},"
                + "\"passages\":3,\"queue\":{\"depth\":4,\"passages_per_second\":12.5,\"eta_seconds\":9,"
                + "\"paused\":false},\"counted_at\":null,\"index\":{\"generation\":\"gen-000001\",\"building\":null,\"epoch\":7,\"size_bytes\":4096,"
                + "\"embedders\":[\"test-one:1:16\"]},\"generator\":{\"backend\":\"extractive\",\"model\":null,\"prompt_form\":null,"
                + "\"ready\":true,\"detail\":null,\"reasoning\":false},\"reranker\":null,\"storage\":{\"mode\":\"read_write\",\"reason\":null,"
                + "\"free_bytes\":1,\"keep_free_bytes\":0,\"index_verified_at\":null,\"repairs\":[]},\"access\":{\"key_needed\":false,\"reason\":null},\"warnings\":[]}");
  }

  @Test
  void where_a_folder_lies_on_the_server_is_the_administrators_to_know(@TempDir Path folder) {
    AccessKeys keys = AccessKeys.create(folder.resolve("access.key"));
    try (TestServer shared =
        TestServer.start(folder, new TestServer.Settings().host("192.168.1.7").keys(keys))) {
      shared.lifecycle.serving();
      shared.catalog.put(
          new SourceState(
              "share",
              "/srv/secret/kb",
              false,
              false,
              new Phrase("The folder /srv/secret/kb is not there.", "文件夹 /srv/secret/kb 不存在。"),
              Optional.empty()));
      String reader = "Bearer " + keys.text(Role.READER);
      String admin = "Bearer " + keys.text(Role.ADMIN);

      for (String path : List.of("/status", "/health/ready")) {
        assertThat(shared.get(path, "Authorization", reader).body())
            .contains("The folder kb is not there.")
            .doesNotContain("/srv/secret");
        assertThat(shared.get(path, "Authorization", admin).body()).contains("/srv/secret/kb");
      }
    }
  }

  @Test
  void damage_is_shown_and_degrades_until_it_is_repaired() {
    server.lifecycle.serving();
    Instant at = Instant.parse("2026-03-01T08:00:00Z");
    server.health.damaged(StoreHealth.Store.INDEX, at, "One file was cut.");

    assertThat(server.get("/status").body())
        .contains(
            "\"repairs\":[{\"store\":\"index\",\"found_at\":\"2026-03-01T08:00:00Z\","
                + "\"detail\":\"One file was cut.\",\"running\":true}]");
    assertThat(server.get("/health/ready").body())
        .isEqualTo(
            "{\"status\":\"degraded\",\"degraded\":[{\"part\":\"store\",\"name\":\"index\","
                + "\"state\":\"repairing\",\"detail\":\"One file was cut.\",\"remedy\":\"Nothing: it"
                + " is made whole by itself. If it does not end, the log of the service says why;"
                + " ./zhiku restore goes back to a backup.\"}]}");

    server.health.repaired();
    assertThat(server.get("/status").body()).contains("\"running\":false");
    assertThat(server.get("/health/ready").body()).contains("\"status\":\"ready\"");
  }

  @Test
  void lines_of_the_words_that_are_left_out_are_warned_of(@TempDir Path folder) throws IOException {
    Path words = Files.writeString(folder.resolve("words.txt"), "年假 = 休假\n单 =\n");
    LexiconFile file = new LexiconFile(words);
    TestServer.Settings settings = new TestServer.Settings().wordProblems(file::problems);

    try (TestServer other =
        TestServer.start(Files.createDirectory(folder.resolve("data")), settings)) {
      assertThat(other.get("/status").body()).contains("\"code\":\"words-file\"", "Line 2 ");
      Files.writeString(words, "年假 = 休假 = 年休\n");
      assertThat(other.get("/status").body()).doesNotContain("words-file");
    }
  }

  @Test
  void without_the_catalogue_the_last_figures_are_shown_with_their_time_and_a_warning() {
    server.lifecycle.serving();
    server.catalog.put(Entries.indexed("a.pdf", "application/pdf", 1));
    server.get("/status");
    server.catalog.put(Entries.pending("later.pdf"));
    server.catalog.away(true);

    HttpResponse<String> status = server.get("/status");

    assertThat(status.statusCode()).isEqualTo(200);
    assertThat(status.body())
        .contains("\"total\":1,\"indexed\":1", "\"counted_at\":\"20")
        .contains("\"warnings\":[{\"code\":\"catalogue-unavailable\",\"detail\":\"The list of");
    assertThat(server.get("/status", "Accept-Language", "zh").body()).contains("无法读取文件清单");
    assertThat(server.get("/health/ready").body()).contains("\"status\":\"degraded\"");

    server.catalog.away(false);
    assertThat(server.get("/status").body())
        .contains("\"total\":2,", "\"counted_at\":null", "\"warnings\":[]");
  }

  @Test
  void documents_say_that_the_catalogue_is_away_and_when_to_ask_again() {
    server.catalog.away(true);
    for (String path : List.of("/documents", "/documents/" + DocumentId.random().value())) {
      HttpResponse<String> refused = server.get(path);

      assertThat(refused.statusCode()).as(path).isEqualTo(503);
      assertThat(server.json(refused)).containsEntry("code", "catalogue-unavailable");
      assertThat(refused.headers().firstValue("retry-after")).isPresent();
    }
  }

  @Test
  void a_full_disk_is_read_only_and_degraded(@TempDir Path folder) {
    try (TestServer full =
        TestServer.start(folder, new TestServer.Settings().keepFreeBytes(Long.MAX_VALUE / 4))) {
      full.lifecycle.serving();
      assertThat(full.get("/status").body())
          .contains("\"storage\":{\"mode\":\"read_only\",\"reason\":\"disk\"");
      assertThat(full.get("/health/ready").body())
          .contains("\"status\":\"degraded\"", "\"part\":\"disk\"", "READ_ONLY(disk)");
      assertThat(full.get("/health/ready", "Accept-Language", "zh").body()).contains("磁盘空间不足");
    }
  }

  @Test
  void readiness_follows_the_life_of_the_service_and_liveness_does_not() {
    assertThat(server.get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(server.get("/health/live").statusCode()).isEqualTo(200);

    server.lifecycle.serving();
    assertThat(server.get("/health/ready").body())
        .isEqualTo("{\"status\":\"ready\",\"degraded\":[]}");

    server.lifecycle.stopping();
    server.lifecycle.serving();
    assertThat(server.get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void what_is_degraded_is_named_while_the_rest_is_served() {
    server.lifecycle.serving();
    server.catalog.put(
        new SourceState(
            "share",
            "/mnt/share",
            false,
            true,
            new Phrase("It may be unmounted.", "可能没有挂载。"),
            Optional.empty()));
    server.generator(
        new GeneratorState.Now(
            "ollama",
            Optional.of("m"),
            false,
            Optional.of("Refused."),
            Optional.of("plain"),
            true));

    HttpResponse<String> response = server.get("/health/ready");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            "{\"status\":\"degraded\",\"degraded\":["
                + "{\"part\":\"source\",\"name\":\"share\",\"state\":\"away\","
                + "\"detail\":\"It may be unmounted.\",\"remedy\":\"Mount the share, or bring the"
                + " folder back. If it is gone for good: ./zhiku source remove share\"},"
                + "{\"part\":\"generator\",\"name\":\"ollama\",\"state\":\"away\","
                + "\"detail\":\"Refused.\",\"remedy\":\"./zhiku doctor says what is missing,"
                + " ./zhiku model list what can be used. ./zhiku model use extractive answers"
                + " without a model.\"}]}");
    assertThat(server.get("/health/ready", "Accept-Language", "zh-TW").body())
        .contains("請掛載共用")
        .contains("source remove share");
    assertThat(server.get("/status").body())
        .contains("\"detail\":\"Refused.\",\"reasoning\":true}");
    assertThat(server.get("/health/ready", "Accept-Language", "zh-CN").body()).contains("可能没有挂载。");
    assertThat(server.get("/status", "Accept-Language", "zh-CN").body())
        .contains("\"detail\":\"可能没有挂载。\"");
  }

  @Test
  void an_embedding_model_that_is_out_of_reach_is_named_with_what_happens_meanwhile() {
    server.lifecycle.serving();
    assertThat(server.get("/status").body()).contains("\"warnings\":[]");

    server.embedder.leave();

    assertThat(server.get("/health/ready").body())
        .contains("\"status\":\"degraded\"", "{\"part\":\"embedder\",\"name\":\"ollama\"")
        .contains("It is out of reach. Until the embedding model is back, documents are searched");
    assertThat(server.get("/status", "Accept-Language", "zh-CN").body())
        .contains("\"code\":\"embedder-away\"", "无法连接。向量模型恢复之前");
  }

  @Test
  void alarms_are_what_is_degraded_and_what_is_beyond_its_number() {
    Conditions conditions = server.context().getBean(Conditions.class);
    server.catalog.queue(new QueueState(4, 0, Optional.empty(), false));
    server.catalog.put(Entries.failed("b.pdf"));
    server.catalog.put(Entries.failed("c.pdf"));
    server.health.damaged(
        StoreHealth.Store.INDEX, Instant.parse("2026-03-01T08:00:00Z"), "One file was cut.");

    assertThat(conditions.alarms(AlarmConfig.NONE))
        .singleElement()
        .satisfies(
            alarm -> {
              assertThat(alarm.part() + " " + alarm.name()).isEqualTo("store index");
              assertThat(alarm.detail()).isEqualTo("One file was cut.");
              assertThat(alarm.remedy()).contains("./zhiku restore");
            });
    assertThat(conditions.alarms(new AlarmConfig(Optional.empty(), AlarmConfig.Mail.NONE, 4, 2, 1)))
        .hasSize(1);
    assertThat(
            conditions.alarms(
                new AlarmConfig(Optional.empty(), AlarmConfig.Mail.NONE, 3, 1, Long.MAX_VALUE)))
        .extracting(alarm -> alarm.part() + " " + alarm.name())
        .containsExactly("store index", "disk free", "queue files", "files failed");
  }

  @Test
  void the_meters_have_the_names_of_the_contract_and_count() {
    server.catalog.queue(new QueueState(4, 0, Optional.empty(), false));
    server.meters.embedded(42);
    server.meters.carriedOver(13);
    server.meters.parsed("indexed");
    server.meters.parsed("failed");
    server.meters.query("embed", Duration.ofMillis(4));
    server.meters.generated("extractive", 128);

    HttpResponse<String> response = server.get("/metrics");

    assertThat(response.headers().firstValue("content-type").orElse("")).startsWith("text/plain");
    assertThat(response.body())
        .containsPattern("(?m)^zhiku_embedded_passages_total 42\\.0$")
        .containsPattern("(?m)^zhiku_parsed_documents_total\\{outcome=\"indexed\"} 1\\.0$")
        .containsPattern("(?m)^zhiku_parsed_documents_total\\{outcome=\"skipped\"} 0\\.0$")
        .containsPattern("(?m)^zhiku_query_seconds_count\\{stage=\"embed\"} 1$")
        .containsPattern("(?m)^zhiku_query_seconds_bucket\\{stage=\"embed\",le=\"")
        .containsPattern("(?m)^zhiku_queue_depth 4\\.0$")
        .containsPattern("(?m)^zhiku_generation_tokens_total\\{backend=\"extractive\"} 128\\.0$");
    assertThat(response.body().lines().filter(line -> !line.startsWith("#")))
        .allMatch(line -> line.startsWith("zhiku_"));
  }

  @Test
  void a_label_that_nobody_expects_is_refused() {
    assertThatThrownBy(() -> server.meters.parsed("secret.pdf"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("outcome must be one of");
  }
}
