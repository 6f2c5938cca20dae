package dev.zhiku.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.server.documents.Entries;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The id of a request, in its response and in every line that is logged for it. */
class RequestIdTest {
  private static final String CHOSEN = "portal-7f3a.42_b";

  private final Logger root = (Logger) LoggerFactory.getLogger("dev.zhiku");
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private TestServer server;

  @BeforeEach
  void start(@TempDir Path folder) {
    server = TestServer.start(folder);
    server.lifecycle.serving();
    logged.start();
    root.setLevel(Level.INFO);
    root.addAppender(logged);
  }

  @AfterEach
  void stop() {
    root.detachAppender(logged);
    root.setLevel(null);
    server.close();
  }

  private static List<String> ids(HttpResponse<String> response) {
    return response.headers().allValues(RequestId.HEADER);
  }

  @Test
  void every_answer_has_one_errors_and_streams_too() {
    for (String path : List.of("/status", "/nowhere", "/documents?limit=x", "/", "/metrics")) {
      assertThat(ids(server.get(path))).as(path).hasSize(1).allMatch(id -> id.startsWith("r_"));
      assertThat(ids(server.get(path, RequestId.HEADER, CHOSEN))).as(path).containsExactly(CHOSEN);
    }
    for (String stream : List.of("/query", "/v1/chat/completions", "/v1/responses")) {
      HttpResponse<String> response =
          server.postJson(
              stream,
              "{\"question\":\"a\"}",
              "Accept",
              "text/event-stream",
              RequestId.HEADER,
              CHOSEN);
      assertThat(ids(response)).as(stream).containsExactly(CHOSEN);
    }
    assertThat(
            ids(server.get("/status", "Origin", "http://evil.example", RequestId.HEADER, CHOSEN)))
        .containsExactly(CHOSEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "short",
        "r_0123456789abcdef01234567",
        "-begins-with-a-dash",
        "has a blank in it",
        "has/a/slash",
        "<script>alert</script>",
        "0123456789012345678901234567890123456789012345678901234567890123456789"
      })
  void an_id_of_another_form_is_left_out(String id) {
    assertThat(ids(server.get("/status", RequestId.HEADER, id)))
        .singleElement()
        .asString()
        .startsWith("r_")
        .isNotEqualTo(id);
  }

  @Test
  void two_of_them_are_none() {
    assertThat(ids(server.get("/status", RequestId.HEADER, CHOSEN, RequestId.HEADER, CHOSEN + "2")))
        .singleElement()
        .asString()
        .startsWith("r_");
  }

  /** The ids of the lines that begin so. */
  private List<String> named(String beginning) {
    return logged.list.stream()
        .filter(line -> line.getFormattedMessage().startsWith(beginning))
        .map(line -> line.getMDCPropertyMap().getOrDefault(RequestId.LOGGED, "nobody"))
        .toList();
  }

  @Test
  void what_is_logged_for_a_request_names_it() {
    server.files.failWith(new IllegalStateException("the disk is on fire"));
    server.postJson("/backup", "{}", RequestId.HEADER, CHOSEN);
    CatalogEntry entry = Entries.indexed("a.txt", "text/plain", 1);
    server.catalog.put(entry);
    String failing = "/documents/" + entry.id().value();
    assertThat(server.send("DELETE", failing, RequestId.HEADER, CHOSEN + "-2").statusCode())
        .isEqualTo(500);

    assertThat(named("A backup was made")).containsExactly(CHOSEN);
    assertThat(named("Request failed")).containsExactly(CHOSEN + "-2");
  }

  @Test
  void work_on_another_thread_is_named_as_the_thread_that_began_it() throws InterruptedException {
    MDC.put(RequestId.LOGGED, CHOSEN);
    Runnable work =
        RequestId.carried(() -> LoggerFactory.getLogger("dev.zhiku.test").warn("elsewhere"));
    MDC.remove(RequestId.LOGGED);
    Thread.ofVirtual().start(work).join();
    work.run();

    assertThat(logged.list)
        .filteredOn(line -> line.getFormattedMessage().equals("elsewhere"))
        .hasSize(2)
        .allMatch(line -> CHOSEN.equals(line.getMDCPropertyMap().get(RequestId.LOGGED)));
    assertThat(MDC.get(RequestId.LOGGED)).isNull();
  }
}
