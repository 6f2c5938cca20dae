package dev.zhiku.server.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.source.SourceFileException;
import dev.zhiku.server.http.RawHttp;
import dev.zhiku.server.http.TestServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Taking in files. */
class UploadTest {
  private static final String BOUNDARY = "----zhiku7MA4YWxk";
  private TestServer server;

  @BeforeEach
  void start(@TempDir Path folder) {
    server = TestServer.start(folder);
  }

  @AfterEach
  void stop() throws IOException {
    if (Files.exists(server.spool)) {
      try (Stream<Path> left = Files.list(server.spool)) {
        assertThat(left).as("what a request leaves behind").isEmpty();
      }
    }
    server.close();
  }

  @Test
  void a_file_is_stored_under_its_own_name_and_its_document_named() throws IOException {
    HttpResponse<String> response = upload(file("年假.txt", "每年 15 天"));

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(server.json(response))
        .containsEntry("path", "年假.txt")
        .containsEntry("state", "pending");
    assertThat(response.headers().firstValue("location"))
        .contains("/documents/" + server.json(response).get("id"));
    assertThat(server.files.file("年假.txt")).hasContent("每年 15 天");
  }

  @Test
  void fields_may_come_before_and_after_the_file() {
    HttpResponse<String> response =
        upload(field("source", "knowledge") + file("a.txt", "x") + field("path", "hr/b.txt"));

    assertThat(server.json(response)).containsEntry("path", "hr/b.txt");
  }

  @Test
  void only_the_last_part_of_a_name_with_folders_counts() {
    assertThat(server.json(upload(file("C:\\\\Users\\\\me\\\\plan.txt", "x"))))
        .containsEntry("path", "plan.txt");
    assertThat(server.json(upload(file("../../etc/cron.txt", "x"))))
        .containsEntry("path", "cron.txt");
  }

  @Test
  void the_bytes_of_a_file_arrive_unchanged_even_where_they_look_like_a_boundary() {
    String content = "\r\n--" + BOUNDARY.substring(1) + "\r\n\u0000\r\n-";

    upload(file("odd.bin", content));

    assertThat(server.files.file("odd.bin")).hasBinaryContent(utf8(content));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 400, value-out-of-range, file",
    "field path a.txt, 400, value-out-of-range, file",
    "file; field on_conflict perhaps, 400, value-out-of-range, on_conflict",
    "file; field owner me, 400, unknown-field, owner",
    "file; file, 400, value-out-of-range, file",
    "file; field path a; field path b, 400, value-out-of-range, path",
    "nameless, 400, value-out-of-range, path",
    "file; field source elsewhere, 400, value-out-of-range, source",
    "file; field path ../a.txt, 400, path-outside-source, source",
  })
  void a_form_that_is_not_as_it_should_be_is_refused(
      String parts, int status, String code, String named) {
    HttpResponse<String> response = upload(form(parts));

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(server.json(response)).containsEntry("code", code);
    assertThat(response.body()).contains(named);
  }

  private static String form(String parts) {
    StringBuilder form = new StringBuilder();
    for (String part : parts.split("; ", -1)) {
      String[] words = part.split(" ", -1);
      form.append(
          switch (words[0]) {
            case "file" -> file("a.txt", "x");
            case "field" -> field(words[1], words[2]);
            case "nameless" -> field("file", "x");
            default -> "";
          });
    }
    return form.toString();
  }

  @Test
  void a_taken_path_is_refused_on_demand() {
    upload(file("a.txt", "old"));
    HttpResponse<String> response = upload(file("a.txt", "new") + field("on_conflict", "fail"));

    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(server.json(response)).containsEntry("code", "document-exists");
    assertThat(server.files.file("a.txt")).hasContent("old");
  }

  @Test
  void an_upload_over_the_limit_is_refused_by_its_length_alone() {
    String head =
        "POST /documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary="
            + BOUNDARY
            + "\r\nContent-Length: 10737418240\r\n\r\n";
    try (RawHttp connection = new RawHttp(server.port())) {
      connection.send(head);

      assertThat(connection.readHead()).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void an_endless_upload_without_length_is_refused_soon_after_the_limit() {
    try (RawHttp connection = new RawHttp(server.port())) {
      connection.send(
          "POST /documents HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
              + "Content-Type: multipart/form-data; boundary="
              + BOUNDARY
              + "\r\n\r\n");
      String start =
          "--" + BOUNDARY + "\r\n" + disposition("file") + "; filename=\"big.bin\"\r\n\r\n";
      connection.send(chunk(start));
      String block = chunk("x".repeat(64 * 1024));
      for (long sent = 0; sent <= TestServer.MAX_UPLOAD_BYTES + 900_000; sent += 64 * 1024) {
        connection.send(block);
      }

      assertThat(connection.readHead())
          .startsWith("HTTP/1.1 413")
          .contains("application/problem+json");
    }
    assertThat(server.files.file("big.bin")).doesNotExist();
  }

  @Test
  void a_client_that_reads_only_after_sending_learns_of_its_refusal_too() {
    HttpResponse<String> response = upload(file("big.bin", "x".repeat(8_000_000)));

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(server.json(response)).containsEntry("code", "upload-too-large");
    assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void a_file_of_exactly_the_limit_is_taken() {
    String content = "x".repeat((int) TestServer.MAX_UPLOAD_BYTES);

    assertThat(upload(file("full.txt", content)).statusCode()).isEqualTo(202);
    assertThat(upload(file("over.txt", content + "x")).statusCode()).isEqualTo(413);
    assertThat(server.files.file("over.txt")).doesNotExist();
  }

  @Test
  void a_sender_who_leaves_in_the_middle_leaves_nothing_behind() throws InterruptedException {
    try (RawHttp connection = new RawHttp(server.port())) {
      connection.send(
          "POST /documents HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500000\r\n"
              + "Content-Type: multipart/form-data; boundary="
              + BOUNDARY
              + "\r\n\r\n"
              + file("half.txt", "x".repeat(200_000)));
      awaitSpooled(true);
    }
    awaitSpooled(false);
    assertThat(server.files.file("half.txt")).doesNotExist();
  }

  private void awaitSpooled(boolean some) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (System.nanoTime() - end < 0) {
      String[] files = server.spool.toFile().list();
      if (files != null && (files.length > 0) == some) {
        return;
      }
      Thread.sleep(25);
    }
    throw new AssertionError("spooled files " + (some ? "never appeared" : "stayed"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "text/plain"
      })
  void a_body_that_is_no_form_is_refused(String type) {
    HttpResponse<String> response = send(type, "{}");

    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(server.json(response)).containsEntry("code", "unsupported-media-type");
  }

  @Test
  void a_form_cut_short_is_refused() {
    HttpResponse<String> response =
        send("multipart/form-data; boundary=" + BOUNDARY, file("a.txt", "x"));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(server.json(response)).containsEntry("code", "malformed-request");
  }

  @Test
  void a_full_disk_and_a_read_only_source_are_told_apart() {
    server.files.failWith(new SourceFileException.DiskFull("knowledge"));
    assertThat(upload(file("a.txt", "x")).statusCode()).isEqualTo(507);
    server.files.failWith(new SourceFileException.ReadOnly("knowledge"));
    assertThat(upload(file("a.txt", "x")).statusCode()).isEqualTo(403);
  }

  @Test
  void nothing_is_taken_or_deleted_where_uploads_are_off(@TempDir Path folder) {
    TestServer.Settings off = new TestServer.Settings().uploads(new UploadsConfig(false, 1));
    try (TestServer closed = TestServer.start(folder, off)) {
      assertThat(send(closed, "multipart/form-data; boundary=" + BOUNDARY, "").statusCode())
          .isEqualTo(403);
      assertThat(closed.send("DELETE", "/documents/d_0000000000000000000000").statusCode())
          .isEqualTo(403);
    }
  }

  private HttpResponse<String> upload(String parts) {
    return send("multipart/form-data; boundary=" + BOUNDARY, parts + "--" + BOUNDARY + "--\r\n");
  }

  private HttpResponse<String> send(String type, String body) {
    return send(server, type, body);
  }

  private static HttpResponse<String> send(TestServer server, String type, String body) {
    return server.send(
        HttpRequest.newBuilder(server.uri("/documents"))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(utf8(body)))
            .build());
  }

  private static String file(String name, String content) {
    return "--"
        + BOUNDARY
        + "\r\n"
        + disposition("file")
        + "; filename=\""
        + name
        + "\"\r\nContent-Type: text/plain\r\n\r\n"
        + content
        + "\r\n";
  }

  private static String field(String name, String value) {
    return "--" + BOUNDARY + "\r\n" + disposition(name) + "\r\n\r\n" + value + "\r\n";
  }

  private static String disposition(String name) {
    return "Content-Disposition: form-data; name=\"" + name + "\"";
  }

  private static String chunk(String text) {
    return Integer.toHexString(utf8(text).length) + "\r\n" + text + "\r\n";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
