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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsControllerTest {
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
  void a_document_carries_every_key_of_the_contract() {
    CatalogEntry entry = Entries.indexed("hr/员工手册.pdf", "application/pdf", 1_234);
    server.catalog.put(entry);

    Map<String, Object> document = json(server.get("/documents/" + entry.id()));

    assertThat(document.keySet())
        .containsExactly(
            "id",
            "source",
            "path",
            "name",
            "media_type",
            "size",
            "sha256",
            "state",
            "stage",
            "reason_code",
            "reason",
            "remedy",
            "notes",
            "passages",
            "pages",
            "language",
            "modified_at",
            "indexed_at",
            "attempts",
            "next_retry_at");
    assertThat(document)
        .containsEntry("id", entry.id().value())
        .containsEntry("name", "员工手册.pdf")
        .containsEntry("path", "hr/员工手册.pdf")
        .containsEntry("state", "indexed")
        .containsEntry("stage", "done")
        .containsEntry("reason_code", null)
        .containsEntry("size", 1_234)
        .containsEntry("pages", 12)
        .containsEntry("modified_at", "2026-03-01T08:00:00Z")
        .containsEntry("notes", List.of("Pages 4-80 have no text."));
  }

  @Test
  void a_document_not_read_yet_has_null_for_what_is_unknown() {
    CatalogEntry entry = Entries.pending("new.docx");
    server.catalog.put(entry);

    assertThat(json(server.get("/documents/" + entry.id())))
        .containsEntry("sha256", null)
        .containsEntry("pages", null)
        .containsEntry("language", null)
        .containsEntry("indexed_at", null)
        .containsEntry("notes", List.of());
  }

  @Test
  void reason_and_notes_are_in_the_readers_language() {
    CatalogEntry failed = Entries.failed("locked.pdf");
    server.catalog.put(failed);
    CatalogEntry indexed = Entries.indexed("scan.pdf", "application/pdf", 1);
    server.catalog.put(indexed);

    assertThat(json(server.get("/documents/" + failed.id(), "Accept-Language", "zh-CN")))
        .containsEntry("reason_code", "password-protected")
        .containsEntry("reason", "文件受密码保护。");
    assertThat(json(server.get("/documents/" + failed.id())))
        .hasEntrySatisfying("remedy", remedy -> assertThat(remedy).asString().isNotBlank());
    assertThat(json(server.get("/documents/" + indexed.id(), "Accept-Language", "zh")))
        .containsEntry("notes", List.of("第 4 至 80 页没有文字。"));
  }

  @Test
  void a_listing_goes_page_by_page_through_every_document_once() {
    for (int i = 0; i < 7; i++) {
      server.catalog.put(Entries.pending("file-" + i + ".txt"));
    }
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      Map<String, Object> page = json(server.get("/documents?limit=3" + cursor));
      items(page).forEach(item -> seen.add((String) item.get("path")));
      Object next = page.get("next_cursor");
      cursor = next == null ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());

    assertThat(seen)
        .containsExactly(
            "file-0.txt",
            "file-1.txt",
            "file-2.txt",
            "file-3.txt",
            "file-4.txt",
            "file-5.txt",
            "file-6.txt");
  }

  @Test
  void documents_are_sorted_over_all_pages_either_way() {
    server.catalog.put(Entries.indexed("a/long.pdf", "application/pdf", 300));
    server.catalog.put(Entries.indexed("b/Short.txt", "text/plain", 1));
    server.catalog.put(Entries.indexed("c/middle.html", "text/html", 20));

    assertThat(sorted("sort=size")).containsExactly("b/Short.txt", "c/middle.html", "a/long.pdf");
    assertThat(sorted("sort=size&order=desc"))
        .containsExactly("a/long.pdf", "c/middle.html", "b/Short.txt");
    assertThat(sorted("sort=name")).containsExactly("a/long.pdf", "c/middle.html", "b/Short.txt");
  }

  private List<Object> sorted(String query) {
    List<Object> seen = new ArrayList<>();
    Object cursor = "";
    do {
      Map<String, Object> page =
          json(server.get("/documents?limit=2&cursor=" + cursor + "&" + query));
      items(page).forEach(item -> seen.add(item.get("path")));
      cursor = page.get("next_cursor");
    } while (cursor != null);
    return seen;
  }

  @ParameterizedTest
  @CsvSource({
    "state=failed, locked.pdf",
    "q=HAND, hr/handbook.pdf",
    "path_prefix=hr/, hr/handbook.pdf",
    "path=notes.txt, notes.txt",
    "state=pending&source=knowledge&q=notes, notes.txt",
    "'media_type=application/pdf,text/html', hr/handbook.pdf",
    "modified_before=2026-03-01T08:00:00Z&q=notes, ''",
    "modified_after=2026-03-01T08:00:00Z&q=notes, notes.txt",
  })
  void a_condition_leaves_only_what_fulfils_it(String query, String path) {
    server.catalog.put(Entries.failed("locked.pdf"));
    server.catalog.put(Entries.indexed("hr/handbook.pdf", "application/pdf", 1));
    server.catalog.put(Entries.pending("notes.txt"));

    assertThat(items(json(server.get("/documents?" + query))))
        .extracting(item -> item.get("path"))
        .containsExactly(path.isEmpty() ? new Object[0] : new Object[] {path});
  }

  @ParameterizedTest
  @CsvSource({
    "state=lost, value-out-of-range",
    "limit=0, value-out-of-range",
    "limit=501, value-out-of-range",
    "limit=many, value-out-of-range",
    "limit=1&limit=2, value-out-of-range",
    "cursor=%00, value-out-of-range",
    "sort=colour, value-out-of-range",
    "order=up, value-out-of-range",
    "modified_after=yesterday, value-out-of-range",
    "stat=failed, unknown-field",
  })
  void a_condition_that_cannot_be_met_is_refused_by_name(String query, String code) {
    HttpResponse<String> response = server.get("/documents?" + query);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response))
        .containsEntry("code", code)
        .hasEntrySatisfying(
            "detail",
            detail ->
                assertThat(detail).asString().contains(query.substring(0, query.indexOf('='))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"d_0000000000000000000000", "nonsense", "..%2f..%2fetc%2fpasswd", "%00"})
  void an_unknown_id_is_no_document_whatever_its_form(String id) {
    for (String path : List.of("", "/passages", "/view", "/content")) {
      HttpResponse<String> response = server.get("/documents/" + id + path);

      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(json(response)).containsEntry("code", "document-not-found");
    }
  }

  private static EmbeddedPassage passage(
      DocumentMeta document, int ordinal, String text, Location place) {
    return TestDocuments.passage(document, ordinal, text, place, TestDocuments.ONE);
  }

  @Test
  void passages_come_in_order_with_their_place() throws InterruptedException {
    CatalogEntry entry = Entries.indexed("a.pdf", "application/pdf", 1);
    server.catalog.put(entry);
    DocumentMeta document = TestDocuments.document(entry.id(), entry.path());
    server.index.replace(
        document,
        List.of(
            passage(document, 0, "一", Location.page(3, List.of("章", "节"))),
            passage(document, 1, "two", Location.whole(List.of("End"))),
            passage(document, 2, "three", Location.whole(List.of()))));

    String passages = "/documents/" + entry.id() + "/passages";

    assertThat(server.get(passages + "?limit=2").body())
        .isEqualTo(
            "{\"items\":[{\"ordinal\":0,\"text\":\"一\",\"page\":3,\"heading\":[\"章\",\"节\"],"
                + "\"location\":\"p. 3\",\"blocks\":[]},{\"ordinal\":1,\"text\":\"two\",\"page\":null,"
                + "\"heading\":[\"End\"],\"location\":\"End\",\"blocks\":[]}],\"next_cursor\":\"2\"}");
    assertThat(server.get(passages + "?limit=2&cursor=2").body())
        .isEqualTo(
            "{\"items\":[{\"ordinal\":2,\"text\":\"three\",\"page\":null,\"heading\":[],"
                + "\"location\":\"a.pdf\",\"blocks\":[]}],\"next_cursor\":null}");
  }

  @Test
  void a_document_is_read_again_on_demand() {
    CatalogEntry entry = Entries.failed("locked.pdf");
    server.catalog.put(entry);

    HttpResponse<String> response = server.send("POST", "/documents/" + entry.id() + "/retry");

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(json(response)).containsEntry("id", entry.id().value());
    assertThat(server.files.retried()).containsExactly(entry.id());
  }

  @Test
  void a_deleted_document_is_gone() {
    CatalogEntry entry = server.files.add(Entries.pending("old.txt"), new byte[] {1});

    HttpResponse<String> response = server.send("DELETE", "/documents/" + entry.id());

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
    assertThat(server.get("/documents/" + entry.id()).statusCode()).isEqualTo(404);
    assertThat(server.files.file("old.txt")).doesNotExist();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> items(Map<String, Object> page) {
    return Objects.requireNonNull((List<Map<String, Object>>) page.get("items"));
  }

  private Map<String, Object> json(HttpResponse<String> response) {
    return server.json(response);
  }
}
