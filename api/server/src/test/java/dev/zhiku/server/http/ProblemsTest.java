package dev.zhiku.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.ingest.source.SourceFileException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** What a client reads when something goes wrong. */
@Isolated("reads what is logged")
class ProblemsTest {
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
  @EnumSource(ProblemCode.class)
  void every_code_reaches_the_client_with_its_status_in_both_languages(ProblemCode code) {
    HttpResponse<String> english = server.get("/failing/code/" + code.name());
    HttpResponse<String> chinese =
        server.get("/failing/code/" + code.name(), "Accept-Language", "zh-CN,en;q=0.5");

    for (HttpResponse<String> response : List.of(english, chinese)) {
      assertThat(response.statusCode()).isEqualTo(code.status());
      assertThat(response.headers().firstValue("content-type"))
          .contains("application/problem+json");
      assertThat(server.json(response))
          .containsOnlyKeys("type", "title", "status", "code", "detail", "remedy")
          .containsEntry("type", "urn:zhiku:problem:" + code.wireName())
          .containsEntry("status", code.status())
          .containsEntry("code", code.wireName());
    }
    assertThat(text(english)).doesNotMatch("(?s).*\\p{IsHan}.*");
    assertThat(text(chinese)).matches("(?s).*\\p{IsHan}.*");
    assertThat(english.headers().firstValue("retry-after").isPresent())
        .isEqualTo(
            code == ProblemCode.TOO_MANY_REQUESTS
                || code == ProblemCode.QUEUE_FULL
                || code == ProblemCode.BODIES_TOO_MANY
                || code == ProblemCode.SHUTTING_DOWN
                || code == ProblemCode.TOO_MANY_CONNECTIONS
                || code == ProblemCode.CATALOGUE_UNAVAILABLE
                || code == ProblemCode.EMBEDDER_AWAY);
  }

  private static String text(HttpResponse<String> response) {
    Map<String, Object> problem = server.json(response);
    return problem.get("title") + "\n" + problem.get("detail") + "\n" + problem.get("remedy");
  }

  @Test
  void an_unforeseen_failure_shows_an_id_and_nothing_of_the_inside() {
    HttpResponse<String> response = server.get("/failing/bug");

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(server.json(response)).containsEntry("code", "internal-error");
    assertThat(response.body())
        .doesNotContain("secret", "/etc/", "Exception", "dev.zhiku", "SELECT")
        .containsPattern("under [0-9a-f]{8}\\.");
  }

  @Test
  void an_error_of_the_virtual_machine_is_answered_too() {
    assertThat(server.get("/failing/error").statusCode()).isEqualTo(500);
  }

  @ParameterizedTest
  @CsvSource({
    "NoSuchDocument, 404, document-not-found",
    "NoSuchSource, 400, value-out-of-range",
    "OutsideSource, 400, path-outside-source",
    "Exists, 409, document-exists",
    "TooLarge, 413, upload-too-large",
    "ReadOnly, 403, not-allowed",
    "Offline, 503, source-offline",
    "DiskFull, 507, disk-full",
  })
  void each_failure_of_a_source_has_its_code(String failure, int status, String code) {
    HttpResponse<String> response = server.get("/failing/file/" + failure);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(server.json(response)).containsEntry("code", code);
    assertThat(response.body()).doesNotContain("/srv/secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\": \"a\", \"count\": 1}|200|",
        "{\"name\": \"a\", \"count\": 1, \"nmae\": 2}|400|unknown-field",
        "{\"name\": \"a\", \"count\": \"many\"}|400|value-out-of-range",
        "{\"name\": \"a\", \"count\": 1|400|malformed-json",
        "not json|400|malformed-json",
        "[1]|400|value-out-of-range",
        "\"text\"|400|value-out-of-range",
      })
  void a_body_that_cannot_be_read_says_why(String body, int status, String code) {
    HttpResponse<String> response = server.postJson("/failing/body", body);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    if (code != null) {
      assertThat(server.json(response)).containsEntry("code", code);
    }
  }

  @Test
  void a_missing_body_and_one_too_large_are_refused() {
    assertThat(server.json(server.postJson("/failing/body", "")).get("code"))
        .isIn("malformed-json", "value-out-of-range");
    HttpResponse<String> large =
        server.postJson("/failing/body", "{\"name\": \"" + "x".repeat(1_100_000) + "\"}");

    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(server.json(large)).containsEntry("code", "body-too-large");
  }

  @Test
  void a_method_that_an_address_does_not_take_is_told_with_those_it_takes() {
    HttpResponse<String> response = server.send("DELETE", "/documents");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(server.json(response)).containsEntry("code", "method-not-allowed");
    assertThat(response.headers().firstValue("allow").orElse("")).contains("GET", "POST");
  }

  @Test
  void a_type_that_nobody_offers_is_not_acceptable() {
    HttpResponse<String> response = server.get("/documents", "Accept", "image/png");

    assertThat(response.statusCode()).isEqualTo(406);
    assertThat(server.json(response)).containsEntry("code", "not-acceptable");
  }

  @Test
  void a_browser_gets_problems_as_json_too_and_nothing_it_could_take_for_html() {
    HttpResponse<String> response =
        server.get("/documents?%3Cscript%3Ealert(1)%3C/script%3E=1", "Accept", "text/html,*/*");

    assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(response.body()).doesNotContain("<", ">");
    assertThat(String.valueOf(server.json(response).get("detail"))).contains("<script>");
  }

  @Test
  void headers_and_addresses_over_the_limit_are_refused() {
    String host = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";

    assertThat(RawHttp.exchange(server.port(), "GET /" + "a".repeat(9_000) + host + "\r\n"))
        .matches("(?s)HTTP/1.[01] 431 .*\"code\":\"headers-too-large\".*");
    assertThat(
            RawHttp.exchange(
                server.port(), "GET /" + host + "X: " + "a".repeat(9_000) + "\r\n\r\n"))
        .matches("(?s)HTTP/1.[01] 431 .*\"code\":\"headers-too-large\".*");
  }

  @Test
  void a_client_that_goes_away_inside_its_body_is_no_error_of_ours() throws InterruptedException {
    Logger logger = (Logger) LoggerFactory.getLogger(ProblemResponses.class);
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    logger.addAppender(logged);
    try (RawHttp connection = new RawHttp(server.port())) {
      connection.send(
          "POST /failing/bytes HTTP/1.1\r\nHost: localhost\r\n"
              + "Content-Type: application/json\r\nContent-Length: 50\r\n\r\nabc");
    }
    FailingRoutes.READ.acquire();
    server.get("/failing/code/NOT_FOUND");
    logger.detachAppender(logged);

    assertThat(logged.list).isEmpty();
  }

  @Test
  void what_is_no_http_is_refused() {
    assertThat(
            RawHttp.exchange(
                server.port(), "GET / HTTP/1.1\r\nHost: localhost\r\nbad header\r\n\r\n"))
        .startsWith("HTTP/1.1 400")
        .contains("malformed-request");
  }

  /** Routes that fail in every way. */
  @Hidden
  @Controller("/failing")
  static class FailingRoutes {
    /** One permit for each body that was read to its end, good or bad. */
    static final Semaphore READ = new Semaphore(0);

    private final RequestBodies bodies;

    FailingRoutes(RequestBodies bodies) {
      this.bodies = bodies;
    }

    @Get("/code/{code}")
    String code(ProblemCode code) {
      throw new Problem(code, 7, 8);
    }

    @Get("/bug")
    String bug() {
      throw new IllegalStateException("secret: SELECT /etc/passwd");
    }

    @Get("/error")
    String error() {
      throw new StackOverflowError();
    }

    @Get("/file/{name}")
    String file(String name) {
      String secret = "/srv/secret/file.txt";
      throw switch (name) {
        case "NoSuchDocument" -> new SourceFileException.NoSuchDocument(secret);
        case "NoSuchSource" -> new SourceFileException.NoSuchSource(secret);
        case "OutsideSource" -> new SourceFileException.OutsideSource(secret);
        case "Exists" -> new SourceFileException.Exists(secret);
        case "TooLarge" -> new SourceFileException.TooLarge(12);
        case "ReadOnly" -> new SourceFileException.ReadOnly(secret);
        case "Offline" -> new SourceFileException.Offline(secret);
        case "DiskFull" -> new SourceFileException.DiskFull(secret);
        default -> new IllegalArgumentException(name);
      };
    }

    @Post("/bytes")
    @ExecuteOn(TaskExecutors.BLOCKING)
    int bytes(HttpRequest<?> request) {
      try {
        return bodies.read(request, "", 100, body -> body).length;
      } finally {
        READ.release();
      }
    }

    @Post("/body")
    String body(@Body Sample sample) {
      return sample.name() + sample.count();
    }
  }

  /** A small body. */
  @Serdeable
  record Sample(String name, int count) {}
}
