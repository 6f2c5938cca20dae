package dev.zhiku.server.query;

import dev.zhiku.answering.answer.AnswerMeter;
import dev.zhiku.answering.answer.AnswerService;
import dev.zhiku.answering.answer.Library;
import dev.zhiku.answering.answer.StandingWarnings;
import dev.zhiku.answering.answer.SupportRule;
import dev.zhiku.answering.answer.SwitchableChatBackend;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.search.Retriever;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.generators.extractive.ExtractiveBackend;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.server.http.TestServer;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A real server with a fixed index, whose generator the test chooses. */
abstract class AnswerServer {
  private static final Library LIBRARY = new Library();
  static final SwitchableChatBackend BACKEND = new SwitchableChatBackend();
  static TestServer server;
  private static AnswerRuns runs;
  static final HttpClient CLIENT = HttpClient.newHttpClient();
  static final Duration PATIENCE = Duration.ofMinutes(2);

  @BeforeAll
  static void start(@TempDir Path folder) {
    LIBRARY.add(
        "hr/员工手册.pdf",
        "application/pdf",
        List.of(Location.page(11, List.of("第三章 假期")), Location.page(12, List.of("第三章 假期", "年假"))),
        "员工因病需要休息的，应当提交医院证明。",
        "正式员工每年享有 15 天带薪年假。年假应当提前一周申请。");
    LIBRARY.add(
        "lab/rules.txt", "Wear goggles in the laboratory at all times. Eating is forbidden.");
    Semaphore cores = new Semaphore(2);
    Retriever retriever =
        new Retriever(LIBRARY.index, LIBRARY.embedders, SearchConfig.DEFAULT, cores);
    AnswerService service =
        new AnswerService(
            retriever,
            BACKEND,
            new ExtractiveBackend(cores),
            new Prompt.Limits(1_024, 4_096, Duration.ofMinutes(1)),
            SupportRule.NONE,
            4,
            StandingWarnings.NONE,
            AnswerMeter.NONE);
    runs = new AnswerRuns(service, InstantSource.system());
    server = TestServer.start(folder, new TestServer.Settings().runs(runs));
  }

  @AfterAll
  static void stop() {
    runs.close();
    server.close();
    LIBRARY.index.requireNoOpenSnapshot();
  }

  @AfterEach
  void quoteAgain() {
    BACKEND.use(new ExtractiveBackend(new Semaphore(2)));
  }

  record Received(String name, JsonNode data) {}

  static List<Received> events(String body) {
    return Stream.of(body.split("\n\n+"))
        .filter(block -> block.contains("data: "))
        .map(block -> new Received(line(block, "event: "), json(line(block, "data: "))))
        .toList();
  }

  static String line(String block, String prefix) {
    return block
        .lines()
        .filter(line -> line.startsWith(prefix))
        .findFirst()
        .orElseThrow()
        .substring(prefix.length());
  }

  static String code(java.net.http.HttpResponse<String> response) {
    return response.statusCode() + " " + json(response.body()).get("code").getStringValue();
  }

  static List<String> names(JsonNode object) {
    return Stream.of(object)
        .flatMap(
            node -> {
              Stream.Builder<String> names = Stream.builder();
              node.entries().forEach(e -> names.add(e.getKey()));
              return names.build();
            })
        .toList();
  }

  static JsonNode json(String text) {
    try {
      return server.context().getBean(JsonMapper.class).readValue(text, JsonNode.class);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  static URI uri(String path) {
    return server.uri(path);
  }

  static HttpRequest.Builder request(String body) {
    return HttpRequest.newBuilder(uri("/query"))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
  }

  static java.net.http.HttpResponse<String> post(String body) throws Exception {
    return send(request(body));
  }

  static java.net.http.HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  static java.net.http.HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(
        request.timeout(PATIENCE).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
  }
}
