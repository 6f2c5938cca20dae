package dev.zhiku.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.app.testing.ServiceProcess;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * A labelled question with what the service made of it.
 *
 * @param retrieved response in mode {@code passages}
 * @param answered response in mode {@code answer}
 */
record AskedQuestion(LabelledQuestion labelled, JsonNode retrieved, JsonNode answered) {
  private static final int TOP = 5;
  private static final ObjectMapper JSON = new ObjectMapper();

  static AskedQuestion ask(LabelledQuestion labelled, ServiceProcess service) {
    return new AskedQuestion(
        labelled, retrieved(labelled, service), service.ask(labelled.question(), "answer"));
  }

  private static JsonNode retrieved(LabelledQuestion labelled, ServiceProcess service) {
    String request =
        JSON.createObjectNode()
            .put("question", labelled.question())
            .put("mode", "passages")
            .put("top_k", TOP)
            .toString();
    ServiceProcess.Response response = service.post("/query", request);
    if (response.status() != 200) {
      throw new AssertionError(labelled + ": " + response.status() + " " + response.body());
    }
    return response.body();
  }

  /** Rank of the first passage of the expected file, counted from 1; 0 when there is none. */
  int rank() {
    List<JsonNode> passages = list(retrieved, "passages");
    return IntStream.range(0, passages.size())
            .filter(i -> isExpectedFile(passages.get(i)))
            .findFirst()
            .orElse(-1)
        + 1;
  }

  /** Whether the first passage of the expected file is on the expected page. */
  boolean isPageFound() {
    int rank = rank();
    return rank > 0
        && list(retrieved, "passages").get(rank - 1).path("page").asText().equals(labelled.page());
  }

  String answer() {
    return answered.path("answer").asText();
  }

  boolean isAnswered() {
    return answered.path("status").asText().equals("answered");
  }

  /** Whether the service says that nothing supports an answer, and cites nothing. */
  boolean isRefused() {
    return answered.path("status").asText().equals("no_evidence") && citations().isEmpty();
  }

  boolean isExpectedFileCited() {
    return citations().stream().anyMatch(this::isExpectedFile);
  }

  /** Whether the answer holds the expected words, white space and citation numbers aside. */
  boolean holdsExpectedWords() {
    return labelled.answerStandsIn(answer().replaceAll("\\[\\d+]", ""));
  }

  /**
   * Whether there are citations, each is verified, and its quote stands in the passage of its
   * number, white space aside.
   */
  boolean isCitedWordForWord() {
    return !citations().isEmpty()
        && citations().stream().allMatch(c -> c.path("verified").asBoolean() && isInItsPassage(c));
  }

  private boolean isInItsPassage(JsonNode citation) {
    String quote = citation.path("quote").asText();
    return list(answered, "passages").stream()
        .filter(passage -> same(passage, citation, "number"))
        .filter(passage -> same(passage, citation, "document_id"))
        .anyMatch(passage -> BareText.contains(passage.path("text").asText(), quote));
  }

  private List<JsonNode> citations() {
    return list(answered, "citations");
  }

  private boolean isExpectedFile(JsonNode placed) {
    return placed.path("source").asText().equals("samples")
        && placed.path("path").asText().equals(labelled.file());
  }

  private static boolean same(JsonNode one, JsonNode other, String field) {
    return one.path(field).equals(other.path(field));
  }

  private static List<JsonNode> list(JsonNode response, String field) {
    return StreamSupport.stream(response.path(field).spliterator(), false).toList();
  }
}
