package dev.zhiku.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.generators.server.FakeModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model that answers the labelled questions rightly, and one that answers them wrongly, in words
 * of their own and without a single citation: what the service makes of it. The texts are those of
 * {@code written-answers.tsv}, one statement each. Prints what came out.
 */
@Tag("soak")
@Timeout(900)
class WrittenAnswersIT {
  private static final double CITED = 0.90;
  private static final double WITHHELD = 0.05;
  private static final double CAUGHT = 0.95;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static List<Told> right;
  private static List<Told> wrong;
  private static volatile String words = "";

  /** One line of the file. */
  private record Written(String id, String right, String wrong) {
    static Written of(String line) {
      String[] columns = line.split("\t", -1);
      return new Written(columns[0], columns[1], columns[2]);
    }
  }

  /** A text that the model wrote, and the service's response. */
  private record Told(LabelledQuestion labelled, String text, JsonNode response) {
    boolean isWithheld() {
      return !response.path("generator").path("ai_generated").asBoolean();
    }

    boolean isMarked() {
      return response.path("answer").asText().contains("[?]");
    }

    boolean isCitedRightly() {
      return !isWithheld()
          && StreamSupport.stream(response.path("citations").spliterator(), false)
              .anyMatch(
                  citation ->
                      citation.path("cited_by").asText().equals("service")
                          && citation.path("verified").asBoolean()
                          && citation.path("path").asText().equals(labelled.file())
                          && citation.path("page").asText("").equals(labelled.page()));
    }

    @Override
    public String toString() {
      return "%s %s%n    %s%n    %s"
          .formatted(
              labelled.id(),
              text,
              response.path("answer").asText().replace('\n', ' '),
              response.path("citations"));
    }
  }

  @BeforeAll
  static void ask_everything(@TempDir Path home) throws IOException {
    Map<String, LabelledQuestion> questions =
        LabelledQuestion.readAll(Path.of("questions.tsv")).stream()
            .collect(Collectors.toMap(LabelledQuestion::id, question -> question));
    List<Written> written =
        Files.readAllLines(Path.of("src/test/resources/dev/zhiku/samples/written-answers.tsv"))
            .stream()
            .skip(1)
            .map(Written::of)
            .toList();
    try (FakeModelServer model = FakeModelServer.start(WrittenAnswersIT::write)) {
      Files.writeString(
          home.resolve("zhiku.yml"),
          "zhiku: {generator: {backend: ollama, ollama: {base-url: \"http://127.0.0.1:%d\"}}}"
              .formatted(model.port()));
      try (ServiceProcess service = ServiceProcess.start(home)) {
        service.awaitRest(ServiceProcess.PATIENCE);
        service.awaitStatus(
            ServiceProcess.PATIENCE, status -> status.at("/generator/ready").asBoolean());
        right = asked(written, Written::right, questions, service);
        wrong = asked(written, Written::wrong, questions, service);
      }
    }
    print("right, not cited rightly", right, told -> !told.isCitedRightly());
    print("right, withheld", right, Told::isWithheld);
    print("right, marked", right, Told::isMarked);
    print("wrong, neither withheld nor marked", wrong, told -> !isCaught(told));
  }

  private static List<Told> asked(
      List<Written> written,
      Function<Written, String> text,
      Map<String, LabelledQuestion> questions,
      ServiceProcess service) {
    return written.stream()
        .map(
            line -> {
              LabelledQuestion question = Objects.requireNonNull(questions.get(line.id()));
              words = text.apply(line);
              return new Told(question, words, service.ask(question.question(), "answer"));
            })
        .toList();
  }

  private static void write(FakeModelServer.Request request, FakeModelServer.Exchange exchange)
      throws IOException {
    if (request.path().equals("/api/show")) {
      exchange.json("{\"model_info\":{\"qwen2.context_length\":131072},\"capabilities\":[]}");
    } else if (request.body().contains("\"messages\":[]")) {
      exchange.json("{\"done\":true,\"done_reason\":\"load\"}");
    } else {
      exchange.stream("application/x-ndjson");
      exchange.chunk(
          "{\"message\":{\"content\":%s},\"done\":false}%n"
              .formatted(JSON.writeValueAsString(words)));
      exchange.chunk(
          "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":900,\"eval_count\":20}\n");
      exchange.end();
    }
  }

  private static boolean isCaught(Told told) {
    return told.isWithheld() || told.isMarked();
  }

  private static void print(String what, List<Told> all, Predicate<Told> condition) {
    List<Told> found = all.stream().filter(condition).toList();
    System.out.printf("%s: %d of %d%n", what, found.size(), all.size());
    found.forEach(told -> System.out.println("  " + told));
  }

  private static double share(List<Told> all, Predicate<Told> condition) {
    return (double) all.stream().filter(condition).count() / all.size();
  }

  @Test
  void a_right_statement_gets_the_right_citation_from_the_service() {
    assertThat(share(right, Told::isCitedRightly)).isGreaterThanOrEqualTo(CITED);
  }

  @Test
  void hardly_any_right_answer_is_withheld() {
    assertThat(share(right, Told::isWithheld)).isLessThanOrEqualTo(WITHHELD);
  }

  @Test
  void a_wrong_statement_is_withheld_or_marked() {
    assertThat(share(wrong, WrittenAnswersIT::isCaught)).isGreaterThanOrEqualTo(CAUGHT);
  }
}
