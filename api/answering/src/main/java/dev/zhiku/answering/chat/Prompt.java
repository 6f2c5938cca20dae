package dev.zhiku.answering.chat;

import dev.zhiku.index.TextBlock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a generator is asked. Structured, so that each backend writes it in its own form and none
 * mistakes a document's words for an instruction.
 *
 * @param system how to answer
 * @param history earlier turns, oldest first
 * @param question self-contained
 * @param passages numbered from 1 in their order, for an extractive backend best first; the only
 *     ground for an answer. None where the model is talked to without documents
 * @param reasoning whether the model may think aloud first
 * @param sampling how the model chooses its words
 * @param handover what its client hands to the model beside words, where it is talked to alone
 */
public record Prompt(
    String system,
    List<Turn> history,
    String question,
    List<Source> passages,
    boolean reasoning,
    Limits limits,
    Sampling sampling,
    Handover handover) {
  public Prompt {
    history = List.copyOf(history);
    passages = List.copyOf(passages);
  }

  /** Of words alone. */
  public Prompt(
      String system,
      List<Turn> history,
      String question,
      List<Source> passages,
      boolean reasoning,
      Limits limits,
      Sampling sampling) {
    this(system, history, question, passages, reasoning, limits, sampling, Handover.NONE);
  }

  /** As the model chooses its words by itself. */
  public Prompt(
      String system,
      List<Turn> history,
      String question,
      List<Source> passages,
      boolean reasoning,
      Limits limits) {
    this(system, history, question, passages, reasoning, limits, Sampling.DEFAULT);
  }

  /**
   * A passage as it is put before the generator.
   *
   * @param number by which the answer cites it
   * @param title name and place of the passage
   * @param label what a model is told of it: file, headings, page and the file's date
   * @param goesOn whether it goes on where the passage before it in the prompt ends
   * @param text as it stands in the original
   * @param score compares within one prompt only
   * @param blocks what the text is made of; none where that is not known
   * @param nearest sentences of it that answer by their meaning, where the words do not show it
   * @param standing by how much each of its sentences that were compared is nearer to the question
   *     in meaning than all that were on average
   * @param columns names of columns of its wide rows that the question means and does not name
   */
  public record Source(
      int number,
      String title,
      String label,
      boolean goesOn,
      String text,
      double score,
      List<TextBlock> blocks,
      List<String> nearest,
      Map<String, Double> standing,
      List<String> columns) {
    public Source {
      blocks = List.copyOf(blocks);
      nearest = List.copyOf(nearest);
      standing = Map.copyOf(standing);
      columns = List.copyOf(columns);
    }

    /** A passage whose words show which of its sentences answer. */
    public Source(int number, String title, String text, double score, List<TextBlock> blocks) {
      this(number, title, text, score, blocks, List.of());
    }

    /** A passage of which a model is told its title alone. */
    public Source(
        int number,
        String title,
        String text,
        double score,
        List<TextBlock> blocks,
        List<String> nearest) {
      this(number, title, title, false, text, score, blocks, nearest, Map.of(), List.of());
    }

    /** A passage whose parts are not known. */
    public Source(int number, String title, String text, double score) {
      this(number, title, text, score, List.of());
    }
  }

  /**
   * Where a generation has to end.
   *
   * @param answerTokens most tokens of the answer
   * @param reasoningTokens most tokens of reasoning
   * @param deadline for the whole generation
   */
  public record Limits(int answerTokens, int reasoningTokens, Duration deadline) {}
}
