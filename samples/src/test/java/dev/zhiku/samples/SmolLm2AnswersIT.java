package dev.zhiku.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.generators.server.RealLlamaServer;
import dev.zhiku.generators.server.SmolLm2;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real model too small to answer well is asked all labelled questions: whatever it writes,
 * nothing is shown as an answer that no passage supports. Prints what it wrote. Skipped, and says
 * so, where the model or the server is missing.
 */
@Tag("soak")
@Timeout(7_200)
class SmolLm2AnswersIT {
  private static final Duration LOADING = Duration.ofMinutes(5);

  @TempDir Path home;

  @Test
  void nothing_is_answered_without_support_in_the_child_process() throws Exception {
    askAll("");
  }

  @Test
  void nothing_is_answered_without_support_behind_a_llama_server() throws Exception {
    askAll(", server: \"%s\"".formatted(RealLlamaServer.program(home.resolve("program"))));
  }

  private void askAll(String way) throws IOException, InterruptedException {
    Path model = SmolLm2.file();
    Files.writeString(
        home.resolve("zhiku.yml"),
        ("zhiku: {generator: {backend: native, max-answer-tokens: 160, native: {model-path:"
                + " \"%s\", context-tokens: 4096, slots: 1, threads: \"1\"%s}}}")
            .formatted(model, way));
    int written = 0;
    int shown = 0;
    int unsupported = 0;
    List<LabelledQuestion> questions = LabelledQuestion.readAll(Path.of("questions.tsv"));
    try (ServiceProcess service = ServiceProcess.start(home)) {
      service.awaitRest(ServiceProcess.PATIENCE);
      service.awaitStatus(LOADING, status -> status.at("/generator/ready").asBoolean());
      for (LabelledQuestion question : questions) {
        JsonNode response = service.ask(question.question(), "answer");
        boolean byModel = response.at("/generator/ai_generated").asBoolean();
        boolean held = !response.path("unsupported_answer").asText("").isEmpty();
        written += byModel || held ? 1 : 0;
        shown += byModel ? 1 : 0;
        unsupported += byModel && !isSupported(response) ? 1 : 0;
        tell(question, response, byModel);
      }
    }
    System.out.printf(
        "%d questions, %d written by the model, %d of them shown, %d without support%n",
        questions.size(), written, shown, unsupported);
    assertThat(written).isPositive();
    assertThat(unsupported).isZero();
  }

  private static boolean isSupported(JsonNode response) {
    return !response.path("status").asText().equals("answered")
        || StreamSupport.stream(response.path("citations").spliterator(), false)
            .anyMatch(citation -> citation.path("verified").asBoolean());
  }

  private static void tell(LabelledQuestion question, JsonNode response, boolean byModel) {
    System.out.printf(
        "%s\t%s\t%s\t%s\t%s%n",
        question.id(),
        byModel ? "shown" : "not shown",
        response.path("status").asText(),
        response.path("warnings").findValuesAsText("code"),
        response.path(byModel ? "answer" : "unsupported_answer"));
  }
}
