package dev.zhiku.app.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a service answers to the questions of {@link BackupLoad} and which documents it knows.
 *
 * @param answers by question: the words, and document, passage and quote of each citation
 * @param ids ids of the documents by their paths
 */
public record Answered(Map<String, List<String>> answers, Map<String, String> ids) {
  public Answered {
    answers = Map.copyOf(answers);
    ids = Map.copyOf(ids);
  }

  /** As a service says it now. */
  public static Answered by(ServiceProcess service) {
    Map<String, List<String>> answers = new TreeMap<>();
    for (String question : BackupLoad.QUESTIONS) {
      answers.put(question, answer(service.ask(question, "answer")));
    }
    Map<String, String> ids = new TreeMap<>();
    for (JsonNode item : service.get("/documents?limit=500&source=knowledge").body().at("/items")) {
      ids.put(item.at("/path").asText(), item.at("/id").asText());
    }
    return new Answered(answers, ids);
  }

  private static List<String> answer(JsonNode response) {
    List<String> parts = new ArrayList<>();
    parts.add(response.at("/answer").asText());
    for (JsonNode citation : response.at("/citations")) {
      parts.add(
          citation.at("/document_id").asText()
              + " passage "
              + citation.at("/ordinal").asText()
              + ": "
              + citation.at("/quote").asText());
    }
    return parts;
  }

  /** The questions that were asked. */
  public Set<String> questions() {
    return answers.keySet();
  }

  /** The words of an answer, without its citations. */
  public String words(String question) {
    return answers.getOrDefault(question, List.of("nothing was asked")).getFirst();
  }

  /** The answers of this one, and the documents that a later one knows too. */
  public Answered stillSoIn(Answered later) {
    Map<String, String> both = new TreeMap<>(ids);
    both.entrySet().retainAll(later.ids().entrySet());
    return new Answered(answers, both);
  }
}
