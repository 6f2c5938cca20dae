package dev.zhiku.server.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.server.http.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deleted files that are still kept. */
class TrashControllerTest {
  private TestServer server;

  @BeforeEach
  void start(@TempDir Path folder) {
    server = TestServer.start(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String deleted(String path) {
    CatalogEntry entry = server.files.add(Entries.indexed(path, "text/plain", 3), new byte[3]);
    String id = entry.id().value();
    assertThat(server.send("DELETE", "/documents/" + id).statusCode()).isEqualTo(204);
    return id;
  }

  private List<?> items(String query) {
    return (List<?>) server.json(server.get("/trash" + query)).getOrDefault("items", List.of());
  }

  @Test
  void what_was_deleted_is_listed_with_who_did_it_and_until_when_it_stays() {
    String first = deleted("a.txt");
    String second = deleted("hr/b.txt");

    assertThat(items(""))
        .extracting(item -> String.valueOf(((Map<?, ?>) item).get("id")))
        .containsExactly(second, first);
    assertThat(((Map<?, ?>) items("").getFirst()).keySet())
        .extracting(String::valueOf)
        .containsExactlyInAnyOrder(
            "id", "source", "path", "bytes", "deleted_by", "deleted_at", "kept_until");
    assertThat(server.get("/trash").body())
        .contains("\"deleted_by\":\"machine\"", "\"path\":\"hr/b.txt\"", "\"next_cursor\":null");
  }

  @Test
  void the_list_comes_in_parts() {
    String first = deleted("a.txt");
    String second = deleted("b.txt");
    Object cursor = server.json(server.get("/trash?limit=1")).get("next_cursor");

    assertThat(cursor).isEqualTo(second);
    assertThat(server.get("/trash?limit=1&cursor=" + cursor).body())
        .contains(first)
        .doesNotContain(second)
        .contains("\"next_cursor\":null");
    for (String wrong : List.of("?limit=0", "?limit=501", "?cursor=x", "?q=a")) {
      assertThat(server.get("/trash" + wrong).statusCode()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  void a_file_that_is_put_back_leaves_the_trash_and_is_a_document_again() {
    String id = deleted("a.txt");

    HttpResponse<String> response = server.send("POST", "/trash/" + id + "/restore");

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(server.json(response)).containsEntry("path", "a.txt");
    assertThat(response.headers().firstValue("location"))
        .contains("/documents/" + server.json(response).get("id"));
    assertThat(items("")).isEmpty();
    assertThat(server.send("POST", "/trash/" + id + "/restore").statusCode()).isEqualTo(404);
  }

  @Test
  void where_something_lies_again_nothing_is_written_over_and_the_way_out_is_said() {
    String id = deleted("a.txt");
    server.files.add(Entries.indexed("a.txt", "text/plain", 1), new byte[1]);

    HttpResponse<String> response = server.send("POST", "/trash/" + id + "/restore");

    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(server.json(response)).containsEntry("code", "path-taken");
    assertThat(response.body()).contains("path=").contains("a.txt");
    assertThat(server.send("POST", "/trash/" + id + "/restore?path=b/a.txt").statusCode())
        .isEqualTo(202);
  }

  @Test
  void one_file_or_all_are_deleted_for_good() {
    String first = deleted("a.txt");
    deleted("b.txt");
    deleted("c.txt");

    assertThat(server.send("DELETE", "/trash/" + first).statusCode()).isEqualTo(204);
    assertThat(items("")).hasSize(2);
    assertThat(server.send("DELETE", "/trash/" + first).statusCode()).isEqualTo(404);
    assertThat(server.send("DELETE", "/trash").body()).isEqualTo("{\"files\":2}");
    assertThat(items("")).isEmpty();
  }

  @Test
  void where_uploads_are_off_nothing_is_put_back_or_deleted(@TempDir Path other) {
    try (TestServer closed =
        TestServer.start(
            other, new TestServer.Settings().uploads(new UploadsConfig(false, 1_000)))) {
      String id = "d_" + "0".repeat(22);
      assertThat(closed.get("/trash").statusCode()).isEqualTo(200);
      assertThat(closed.send("POST", "/trash/" + id + "/restore").statusCode()).isEqualTo(403);
      assertThat(closed.send("DELETE", "/trash/" + id).statusCode()).isEqualTo(403);
      assertThat(closed.send("DELETE", "/trash").statusCode()).isEqualTo(403);
    }
  }
}
