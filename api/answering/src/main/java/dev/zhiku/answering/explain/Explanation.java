package dev.zhiku.answering.explain;

import dev.zhiku.answering.grounding.Evidence;
import dev.zhiku.answering.grounding.EvidenceFigures;
import dev.zhiku.answering.search.DocumentTrace;
import dev.zhiku.index.message.Phrase;
import java.util.List;
import java.util.Optional;

/**
 * The way of one document through the search and the judgement of one question.
 *
 * @param sentence the outcome in words
 * @param trace its way through the search; empty where nothing was searched
 * @param words of the question, heaviest first
 * @param judgement on all that was found; empty where nothing was searched
 */
public record Explanation(
    Outcome outcome,
    Phrase sentence,
    Optional<DocumentTrace> trace,
    List<Word> words,
    Optional<Judgement> judgement) {
  public Explanation {
    words = List.copyOf(words);
  }

  /**
   * A word of the question.
   *
   * @param weight how much it tells: a rare word more than a common one
   * @param held whether the document's best passage or its title holds it
   */
  public record Word(String text, double weight, boolean held) {}

  /**
   * The judge's view of what was found.
   *
   * @param asked the question that was judged, in the words of the documents
   * @param supported whether an answer was worth a try
   * @param form what is asked for, where that is told by its form
   */
  public record Judgement(
      String asked, boolean supported, EvidenceFigures figures, Optional<Evidence.Form> form) {}
}
