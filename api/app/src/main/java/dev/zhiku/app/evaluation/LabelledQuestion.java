package dev.zhiku.app.evaluation;

import java.util.List;
import java.util.Set;

/**
 * A question whose answer is known.
 *
 * @param kind what is asked for or how, such as {@code table}; results are told for each kind
 * @param documents those that answer it, by path or by the id of a collection; none where nothing
 *     answers it and a refusal is right
 * @param answers words of which one stands in a right answer; none where only the document counts
 */
public record LabelledQuestion(
    String id, String text, String kind, Set<String> documents, List<String> answers) {
  public LabelledQuestion {
    documents = Set.copyOf(documents);
    answers = List.copyOf(answers);
  }

  /** Whether a document answers it. */
  public boolean answerable() {
    return !documents.isEmpty();
  }
}
