package dev.zhiku.server.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.testing.TestDocuments;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.server.http.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptControllerTest {
  private final CatalogEntry entry = Entries.indexed("a.pdf", "application/pdf", 1);
  private TestServer server;

  @BeforeEach
  void start(@TempDir Path folder) throws InterruptedException {
    server = TestServer.start(folder);
    server.catalog.put(entry);
    DocumentMeta document = TestDocuments.document(entry.id(), entry.path());
    List<EmbeddedPassage> passages =
        IntStream.range(0, 9)
            .mapToObj(
                i ->
                    TestDocuments.passage(
                        document,
                        i,
                        "passage " + i,
                        Location.page(i + 1, List.of()),
                        TestDocuments.ONE))
            .toList();
    server.index.replace(document, passages);
  }

  @AfterEach
  void stop() {
    server.index.requireNoOpenSnapshot();
    server.close();
  }

  private Map<String, Object> view(String query) {
    HttpResponse<String> response = server.get("/documents/" + entry.id() + "/view" + query);
    assertThat(response.statusCode()).isEqualTo(200);
    return server.json(response);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0, 2",
    "?passage=4, 2, 6",
    "?passage=4&before=0&after=0, 4, 4",
    "?passage=8&before=1, 7, 8",
    "?passage=1&before=20&after=20, 0, 8",
    "?passage=400, 6, 8",
  })
  void a_window_of_passages_around_one_is_shown(String query, int from, int to) {
    assertThat(view(query))
        .containsEntry("passages", 9)
        .containsEntry("from", from)
        .containsEntry("to", to)
        .hasEntrySatisfying(
            "blocks",
            blocks ->
                assertThat(blocks)
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .hasSize(to - from + 1));
  }

  @Test
  void it_says_of_which_document_it_is_and_where_each_block_stands() {
    Map<String, Object> view = view("?passage=3&before=0&after=0");

    assertThat(view.keySet()).containsExactly("document", "passages", "from", "to", "blocks");
    assertThat(view.get("document"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("name", "a.pdf");
    assertThat(view.get("blocks"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .singleElement()
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("passage", 3)
        .containsEntry("kind", "paragraph")
        .containsEntry("text", "passage 3")
        .containsEntry("unit", "page")
        .containsEntry("start", 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?passage=-1", "?before=21", "?after=x", "?limit=1"})
  void what_is_out_of_range_or_unknown_is_refused(String query) {
    assertThat(server.get("/documents/" + entry.id() + "/view" + query).statusCode())
        .isEqualTo(400);
  }

  @Test
  void a_document_that_has_no_passages_yet_is_shown_empty() {
    CatalogEntry pending = Entries.pending("new.txt");
    server.catalog.put(pending);

    assertThat(server.get("/documents/" + pending.id() + "/view").body())
        .contains("\"passages\":0,\"from\":0,\"to\":0,\"blocks\":[]");
  }
}
