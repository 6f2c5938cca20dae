package dev.zhiku.server.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.testing.TestDocuments;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.server.http.TestServer;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordSearchControllerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private TestServer server;

  @BeforeEach
  void start(@TempDir Path folder) throws InterruptedException {
    server = TestServer.start(folder);
    store("hr/leave.txt", "annual leave: 15 days", "sick leave", "no word of it");
    store("hr/old/leave.txt", "annual leave: 10 days");
    store("it/keys.md", "=leave() is a formula, \"quoted\"");
    server.catalog.put(Entries.pending("hr/new.txt"));
  }

  @AfterEach
  void stop() {
    server.index.requireNoOpenSnapshot();
    server.close();
  }

  private void store(String path, String... texts) throws InterruptedException {
    CatalogEntry entry = Entries.indexed(path, "text/plain", texts.length);
    server.catalog.put(entry);
    DocumentMeta document = TestDocuments.document(entry.id(), path);
    server.index.replace(document, TestDocuments.passages(document, texts));
    server.index.commit(1);
  }

  private HttpResponse<String> get(String path, String q, String more) {
    return server.get(path + "?q=" + URLEncoder.encode(q, StandardCharsets.UTF_8) + more);
  }

  private JsonNode search(String q, String more) throws Exception {
    HttpResponse<String> response = get("/search", q, more);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private static List<String> paths(JsonNode found) {
    return found.path("items").findValuesAsText("path");
  }

  @Test
  void every_document_and_passage_that_holds_the_words_is_counted_by_folder_and_type()
      throws Exception {
    JsonNode found = search("leave", "");

    assertThat(paths(found)).containsExactly("hr/leave.txt", "hr/old/leave.txt", "it/keys.md");
    assertThat(found.path("documents").asInt()).isEqualTo(3);
    assertThat(found.path("passages").asInt()).isEqualTo(4);
    assertThat(found.path("complete").asBoolean()).isTrue();
    assertThat(found.path("unread").asInt()).as("files not read yet").isEqualTo(1);
    assertThat(found.path("folders"))
        .hasToString(
            "[{\"source\":\"files\",\"folder\":\"hr/\",\"documents\":2,\"passages\":3},"
                + "{\"source\":\"files\",\"folder\":\"it/\",\"documents\":1,\"passages\":1}]");
    assertThat(found.path("types").findValuesAsText("media_type")).containsExactly("text/plain");
    assertThat(found.path("items").get(0).path("held").findValuesAsText("text"))
        .containsExactly("annual leave: 15 days", "sick leave");
  }

  @Test
  void conditions_narrow_what_is_found_and_counted() throws Exception {
    assertThat(paths(search("leave", "&path_prefix=hr/")))
        .containsExactly("hr/leave.txt", "hr/old/leave.txt");
    assertThat(search("leave", "&path_prefix=hr/").path("folders").findValuesAsText("folder"))
        .containsExactly("hr/", "hr/old/");
    assertThat(paths(search("\"annual leave\" 10", ""))).containsExactly("hr/old/leave.txt");
    assertThat(paths(search("leave", "&source=other"))).isEmpty();
    assertThat(paths(search("leave", "&media_type=text/html"))).isEmpty();
    String id = search("sick", "").at("/items/0/document_id").asText();
    assertThat(paths(search("leave", "&document=" + id))).containsExactly("hr/leave.txt");
    assertThat(paths(search("leave", "&document=nonsense"))).isEmpty();
  }

  @Test
  void the_list_comes_in_parts_by_path_or_by_number_of_passages() throws Exception {
    JsonNode first = search("leave", "&limit=2&passages=1&sort=count");

    assertThat(paths(first)).containsExactly("hr/leave.txt", "hr/old/leave.txt");
    assertThat(first.at("/items/0/held")).hasSize(1);
    assertThat(first.at("/items/0/passages").asInt()).isEqualTo(2);
    JsonNode next = search("leave", "&limit=2&cursor=" + first.path("next_cursor").asText());
    assertThat(paths(next)).containsExactly("it/keys.md");
    assertThat(next.path("next_cursor").isNull()).isTrue();
    assertThat(next.path("passages").asInt()).as("the whole number").isEqualTo(4);
  }

  @Test
  void the_table_has_each_passage_as_a_row_and_nothing_that_a_spreadsheet_would_compute() {
    HttpResponse<String> table = get("/search/table", "leave", "");

    assertThat(table.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/csv"));
    assertThat(table.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"zhiku-search.csv\"");
    assertThat(table.body().lines()).hasSize(5);
    assertThat(table.body())
        .startsWith("\uFEFF\"source\",\"path\",\"place\"")
        .contains("\"'=leave() is a formula, \"\"quoted\"\"\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"?q=", "?q=%22%2C%22", "", "?q=a&sort=name", "?q=a&limit=101", "?q=a&x=1"})
  void what_asks_for_nothing_or_is_unknown_is_refused(String query) {
    assertThat(server.get("/search" + query).statusCode()).isEqualTo(400);
    assertThat(server.get("/search/table" + query).statusCode()).isEqualTo(400);
  }
}
