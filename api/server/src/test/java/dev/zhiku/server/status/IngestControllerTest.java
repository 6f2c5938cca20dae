package dev.zhiku.server.status;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.catalog.DocumentCatalog.SourceState;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@Isolated("reads what is logged")
class IngestControllerTest {
  private static final SourceState HELD =
      new SourceState(
          "人事.2026", "/mnt/hr", true, true, new Phrase("Empty.", "是空的。"), Optional.empty());

  private static AccessKeys keys;
  private static TestServer server;
  private static TestServer offLoopback;

  @BeforeAll
  static void start(@TempDir Path folder, @TempDir Path other) {
    server = TestServer.start(folder);
    server.catalog.put(HELD);
    keys = AccessKeys.create(other.resolve("access.key"));
    offLoopback = TestServer.start(other, new TestServer.Settings().host("0.0.0.0").keys(keys));
  }

  @AfterAll
  static void stop() {
    server.close();
    offLoopback.close();
  }

  @BeforeEach
  void nothing_is_confirmed_yet() {
    server.ingest.forgetConfirmed();
  }

  @Test
  void a_pause_shows_in_its_answer_and_in_the_status_until_it_is_resumed() {
    HttpResponse<String> paused = server.send("POST", "/ingest/pause");

    assertThat(paused.statusCode()).isEqualTo(200);
    assertThat(server.json(paused)).containsEntry("paused", true);
    assertThat(server.get("/status").body()).contains("\"paused\":true");
    assertThat(server.json(server.postJson("/ingest/resume", "{}"))).containsEntry("paused", false);
    assertThat(server.get("/status").body()).contains("\"paused\":false");
  }

  @Test
  void a_held_source_is_confirmed_by_its_name() {
    HttpResponse<String> response =
        server.send("POST", "/sources/%E4%BA%BA%E4%BA%8B.2026/confirm", "Accept-Language", "zh-CN");

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(server.json(response)).containsEntry("detail", "是空的。");
    assertThat(server.ingest.confirmed()).containsExactly("人事.2026");
  }

  @Test
  void whoever_confirms_a_source_is_in_the_log_with_what_was_believed() {
    Logger logger = (Logger) LoggerFactory.getLogger(IngestController.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(log);
    try {
      server.send("POST", "/sources/%E4%BA%BA%E4%BA%8B.2026/confirm");
    } finally {
      logger.detachAppender(log);
      logger.setLevel(null);
    }

    assertThat(log.list)
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .contains("人事.2026", "127.0.0.1", "/mnt/hr", "Empty.");
  }

  @Test
  void a_source_that_nobody_knows_is_refused_with_its_name() {
    HttpResponse<String> response = server.send("POST", "/sources/nobody/confirm");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(server.json(response)).containsEntry("code", "source-not-found");
    assertThat(response.body()).contains("nobody").contains("./zhiku source list");
    assertThat(server.ingest.confirmed()).isEmpty();
  }

  @Test
  void files_are_read_anew_on_request_and_what_is_not_there_is_refused() {
    HttpResponse<String> all = server.send("POST", "/ingest/reindex");
    assertThat(all.statusCode()).isEqualTo(202);
    assertThat(server.json(all)).containsEntry("files", 3).containsKey("queue");
    String one = "/ingest/reindex?source=%E4%BA%BA%E4%BA%8B.2026&path=a.pdf";
    assertThat(server.send("POST", one).statusCode()).isEqualTo(202);
    assertThat(server.json(server.send("POST", "/ingest/reindex?source=nobody")))
        .containsEntry("code", "source-not-found");
    assertThat(server.json(server.send("POST", "/ingest/reindex?path=nothing")))
        .containsEntry("code", "document-not-found");
    assertThat(server.json(server.send("POST", "/ingest/reindex?folder=a")))
        .containsEntry("code", "unknown-field");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ingest/reindex",
        "/ingest/pause",
        "/ingest/resume",
        "/sources/knowledge/confirm"
      })
  void off_loopback_only_an_administrator_may(String path) {
    assertThat(offLoopback.send("POST", path).statusCode()).isEqualTo(401);
    HttpResponse<String> reader =
        offLoopback.send("POST", path, "Authorization", "Bearer " + keys.text(Role.READER));
    assertThat(reader.statusCode()).isEqualTo(403);
    assertThat(offLoopback.catalog.queue().paused()).isFalse();
  }
}
