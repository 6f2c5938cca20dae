package dev.zhiku.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.TextHash;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.DocumentCatalog.SourceState;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.documents.Entries;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.Role;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainControllerTest {
  private static final String QUESTION = "What does the cooling pump need?";

  private static TestServer server;
  private static CatalogEntry pump;

  @BeforeAll
  static void start(@TempDir Path folder) throws InterruptedException {
    server = TestServer.start(folder);
    server.catalog.put(
        new SourceState(
            "knowledge", "/srv/files", true, false, new Phrase("", ""), Optional.empty()));
    pump = put("manuals/pump.txt", "The cooling pump needs oil every month.");
    put("rules/lease.txt", "The rent is paid on the first day of the month.");
    put("archive/lease.txt", "The rent was paid on the last day of the month.");
    server.catalog.put(Entries.failed("locked.pdf"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static CatalogEntry put(String path, String text) throws InterruptedException {
    CatalogEntry entry = Entries.indexed(path, "text/plain", text.length());
    server.catalog.put(entry);
    DocumentMeta document =
        new DocumentMeta(
            entry.id(),
            entry.source(),
            path,
            "text/plain",
            text.length(),
            Entries.MODIFIED,
            Entries.SHA256,
            "1",
            Set.of());
    server.index.replace(
        document,
        List.of(
            new EmbeddedPassage(
                new Passage(new PassageId(entry.id(), 0), text, Location.whole(List.of())),
                server.embedder.id(),
                TextHash.of(text),
                server.embedder.embedPassages(List.of(text)).getFirst())));
    server.index.commit(1);
    return entry;
  }

  private static HttpResponse<String> explain(String question, String document, String... headers) {
    try {
      byte[] body =
          JsonMapper.createDefault()
              .writeValueAsBytes(Map.of("question", question, "document", document));
      return server.postJson("/explain", new String(body, StandardCharsets.UTF_8), headers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_document_is_meant_by_its_id_its_path_or_its_name() {
    for (String named :
        List.of(
            pump.id().value(),
            "manuals/pump.txt",
            "knowledge:manuals/pump.txt",
            "/srv/files/manuals/pump.txt",
            "PUMP.txt",
            "pump",
            "als/pu")) {
      HttpResponse<String> response = explain(QUESTION, named);
      assertThat(response.statusCode()).as(named).isEqualTo(200);
      assertThat(server.json(response)).as(named).containsEntry("outcome", "used");
    }
  }

  @Test
  void the_question_its_words_the_places_and_the_judgement_are_told() {
    HttpResponse<String> response = explain(QUESTION, "pump");

    assertThat(server.json(response))
        .containsKeys("question", "words", "passages", "judge", "sentence");
    assertThat(response.body())
        .contains(
            "\"word\":\"pump\"",
            "\"held\":true",
            "\"rank\":1",
            "\"meaning\":\"searched\"",
            "\"fate\":\"given\"",
            "\"supported\":true",
            "\"listed\":100");
  }

  @Test
  void several_documents_of_one_name_are_listed_and_nothing_else_is_told() {
    HttpResponse<String> response = explain(QUESTION, "lease.txt");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("archive/lease.txt", "rules/lease.txt");
    assertThat(server.json(response)).containsEntry("outcome", null);
  }

  @Test
  void a_file_that_is_not_indexed_is_told_with_its_reason_in_the_readers_language() {
    HttpResponse<String> response = explain(QUESTION, "locked.pdf", "Accept-Language", "zh-CN");

    assertThat(server.json(response)).containsEntry("outcome", "not-indexed");
    assertThat(response.body())
        .contains("\"state\":\"failed\"", "\"reason_code\":\"password-protected\"", "索引里没有");
  }

  @Test
  void what_nobody_means_or_asks_is_refused() {
    assertThat(explain(QUESTION, "nowhere.txt").statusCode()).isEqualTo(404);
    assertThat(server.json(explain(" ", "pump"))).containsEntry("code", "question-empty");
    assertThat(server.json(server.postJson("/explain", "{\"question\": \"x\"}")))
        .containsEntry("code", "value-out-of-range");
    assertThat(server.json(server.postJson("/explain", "{\"file\": \"x\"}")))
        .containsEntry("code", "unknown-field");
  }

  @Test
  void off_loopback_only_an_administrator_is_told(@TempDir Path folder) {
    AccessKeys keys = AccessKeys.create(folder.resolve("access.key"));
    try (TestServer other =
        TestServer.start(folder, new TestServer.Settings().host("0.0.0.0").keys(keys))) {
      assertThat(other.postJson("/explain", "{}").statusCode()).isEqualTo(401);
      String reader = "Bearer " + keys.text(Role.READER);
      assertThat(other.postJson("/explain", "{}", "Authorization", reader).statusCode())
          .isEqualTo(403);
    }
  }
}
