package dev.zhiku.server.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.server.http.ClientDescriptors;
import dev.zhiku.server.http.TestServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Originals, as a browser gets them. */
class OriginalTest {
  private static final byte[] TEN = "0123456789".getBytes(StandardCharsets.US_ASCII);
  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = TestServer.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "application/pdf, inline, application/pdf",
    "image/png, inline, image/png",
    "text/plain; charset=x, inline, text/plain; charset=utf-8",
    "image/svg+xml, attachment, application/octet-stream",
    "text/html, attachment, application/octet-stream",
    "application/xhtml+xml, attachment, application/octet-stream",
    "application/xml, attachment, application/octet-stream",
    "message/rfc822, attachment, application/octet-stream",
    "multipart/related, attachment, application/octet-stream",
    "application/octet-stream, attachment, application/octet-stream",
  })
  void only_what_cannot_run_is_shown(String detected, String disposition, String sent) {
    CatalogEntry entry = add("x/file.bin", detected, TEN);

    HttpResponse<byte[]> response = content(entry);

    assertThat(response.body()).isEqualTo(TEN);
    assertThat(header(response, "content-type")).contains(sent);
    assertThat(header(response, "content-disposition").orElse("")).startsWith(disposition + ";");
    assertThat(header(response, "content-security-policy")).contains("sandbox");
    assertThat(header(response, "x-content-type-options")).contains("nosniff");
    assertThat(header(response, "content-length")).contains("10");
  }

  @Test
  void the_name_survives_in_any_script_and_breaks_no_header() {
    CatalogEntry chinese = add("员工 \"手册\"*.pdf", "application/pdf", TEN);

    assertThat(header(content(chinese), "content-disposition"))
        .contains(
            "inline; filename=\"__ _____.pdf\"; "
                + "filename*=UTF-8''%E5%91%98%E5%B7%A5%20%22%E6%89%8B%E5%86%8C%22%2A.pdf");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-3, 0123, bytes 0-3/10",
    "bytes=8-, 89, bytes 8-9/10",
    "bytes=-3, 789, bytes 7-9/10",
    "bytes=-99, 0123456789, bytes 0-9/10",
    "bytes=5-99, 56789, bytes 5-9/10",
  })
  void a_range_of_the_file_is_given(String range, String part, String contentRange) {
    HttpResponse<byte[]> response = content(add("ten.txt", "text/plain", TEN), "Range", range);

    assertThat(response.statusCode()).isEqualTo(206);
    assertThat(new String(response.body(), StandardCharsets.US_ASCII)).isEqualTo(part);
    assertThat(header(response, "content-range")).contains(contentRange);
    assertThat(header(response, "content-length")).contains(Integer.toString(part.length()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-1,3-4", "lines=1-2", "bytes=5-2", "bytes=a-b", "bytes=-"})
  void a_range_that_may_be_ignored_gives_the_whole_file(String range) {
    HttpResponse<byte[]> response = content(add("ten.txt", "text/plain", TEN), "Range", range);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(TEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=-0", "bytes=99-100"})
  void a_range_beyond_the_end_is_refused(String range) {
    HttpResponse<byte[]> response = content(add("ten.txt", "text/plain", TEN), "Range", range);

    assertThat(response.statusCode()).isEqualTo(416);
    assertThat(header(response, "content-range")).contains("bytes */10");
  }

  @Test
  void every_file_that_was_opened_for_a_client_is_counted_and_given_back() throws Exception {
    CatalogEntry entry = add("ten.txt", "text/plain", TEN);
    String path = "/documents/" + entry.id() + "/content";
    ClientDescriptors descriptors = server.context().getBean(ClientDescriptors.class);
    content(entry);
    int before = descriptors.used();
    for (int i = 0; i < 20; i++) {
      server.send("HEAD", path);
      content(entry, "Range", "bytes=0-3");
      content(entry, "Range", "bytes=99-100");
      server.get("/documents/d_0000000000000000000000/content");
    }

    for (int i = 0; i < 100 && descriptors.used() > before + 2; i++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertThat(descriptors.used()).isLessThanOrEqualTo(before + 2);
  }

  @Test
  void a_client_that_has_the_file_is_told_so() {
    CatalogEntry entry = add("ten.txt", "text/plain", TEN);
    String tag = header(content(entry), "etag").orElseThrow();

    assertThat(tag).isEqualTo('"' + Entries.SHA256 + '"');
    assertThat(content(entry, "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(content(entry, "Range", "bytes=0-1", "If-Range", tag).statusCode()).isEqualTo(206);
    assertThat(content(entry, "Range", "bytes=0-1", "If-Range", "\"old\"").statusCode())
        .isEqualTo(200);
  }

  @Test
  void a_file_changed_since_it_was_read_does_not_carry_the_old_hash() throws Exception {
    CatalogEntry entry = add("changed.txt", "text/plain", TEN);
    Files.writeString(server.files.file("changed.txt"), "something else");

    HttpResponse<byte[]> response = content(entry);

    assertThat(response.body()).asString().isEqualTo("something else");
    assertThat(header(response, "etag").orElse("")).startsWith("W/");
  }

  @ParameterizedTest
  @CsvSource({"GB18030", "Big5", "UTF-16LE", "UTF-8"})
  void a_text_says_how_it_is_encoded(String charset) {
    String text = "第三章 假期。員工每年有十五天年假，離職時按比例計算，未休完的假期可以折算成工資。".repeat(4);
    String readable = charset.equals("GB18030") ? text.replace('員', '员') : text;
    byte[] bytes =
        ((charset.startsWith("UTF-16") ? "\ufeff" : "") + readable)
            .getBytes(Charset.forName(charset));

    HttpResponse<byte[]> response = content(add("text.txt", "text/plain", bytes));

    assertThat(header(response, "content-type").orElse(""))
        .isEqualToIgnoringCase("text/plain; charset=" + charset);
  }

  @Test
  void a_text_of_utf_8_is_told_from_its_beginning_even_if_that_ends_inside_a_character() {
    byte[] bytes = ("x" + "知".repeat(40_000)).getBytes(StandardCharsets.UTF_8);

    assertThat(header(content(add("long.txt", "text/plain", bytes)), "content-type"))
        .contains("text/plain; charset=utf-8");
  }

  @Test
  void an_empty_file_is_given_as_such() {
    HttpResponse<byte[]> response = content(add("empty.txt", "text/plain", new byte[0]));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void a_file_gone_from_its_folder_is_no_document() throws Exception {
    CatalogEntry entry = add("gone.txt", "text/plain", TEN);
    Files.delete(server.files.file("gone.txt"));

    assertThat(content(entry).statusCode()).isEqualTo(404);
  }

  @Test
  void head_tells_all_but_the_bytes() {
    CatalogEntry entry = add("ten.pdf", "application/pdf", TEN);
    HttpResponse<String> response = server.send("HEAD", "/documents/" + entry.id() + "/content");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(header(response, "etag")).isPresent();
  }

  private static CatalogEntry add(String path, String type, byte[] bytes) {
    return server.files.add(Entries.indexed(path, type, bytes.length), bytes);
  }

  private static HttpResponse<byte[]> content(CatalogEntry entry, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri("/documents/" + entry.id() + "/content"));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return server.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static Optional<String> header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name);
  }
}
