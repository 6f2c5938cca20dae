package dev.zhiku.answering.answer;

import dev.zhiku.answering.chat.GenerationResult;
import dev.zhiku.answering.chat.ToolCall;
import dev.zhiku.answering.grounding.Citation;
import dev.zhiku.answering.search.ScoredPassage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The answer to a question, with all that is known of how it came about.
 *
 * @param id under which the question was answered
 * @param standaloneQuestion the question made independent of its conversation
 * @param text of the answer, or that there is none; empty where only passages were asked for
 * @param unsupported what a model wrote in its place, where too little of that has ground
 * @param reasoning what the model thought first, if it did
 * @param finish how the generation ended; empty where nothing was generated
 * @param calls of its client's tools that the model asks for, where it was talked to alone
 * @param citations in the order of their marks in the text
 * @param passages that were retrieved, by their numbers from 1
 * @param indexEpoch of the index that they are from; 0 where nothing was searched
 * @param warnings in the order in which they are shown
 */
public record Answer(
    String id,
    Status status,
    Question question,
    String standaloneQuestion,
    Optional<String> text,
    Optional<String> unsupported,
    Optional<String> reasoning,
    Optional<GenerationResult.Finish> finish,
    List<ToolCall> calls,
    Generator generator,
    List<Citation> citations,
    List<ScoredPassage> passages,
    long indexEpoch,
    Budget budget,
    List<Warning> warnings,
    Timings timings) {
  public Answer {
    calls = List.copyOf(calls);
    citations = List.copyOf(citations);
    passages = List.copyOf(passages);
    warnings = List.copyOf(warnings);
  }

  /** The kind of an answer. */
  public enum Status {
    /** It answers the question. */
    ANSWERED,
    /** Nothing that was found supports an answer. */
    NO_EVIDENCE,
    /** Retrieval alone was asked for. */
    PASSAGES;

    /** Lower-case name used on the wire. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The writer of the answer.
   *
   * @param backend name of the kind of backend
   * @param model its model, if it has one
   * @param aiGenerated whether a language model made the words of this answer
   */
  public record Generator(String backend, Optional<String> model, boolean aiGenerated) {}

  /**
   * Tokens and passages, planned and used.
   *
   * @param repeated numbers of passages left out because a better one says the same
   * @param withoutRoom numbers of passages left out for want of room
   */
  public record Budget(
      int contextTokens,
      int promptTokens,
      int completionTokens,
      int passagesOffered,
      int passagesFitted,
      List<Integer> repeated,
      List<Integer> withoutRoom) {
    public Budget {
      repeated = List.copyOf(repeated);
      withoutRoom = List.copyOf(withoutRoom);
    }
  }

  /** Time taken by each stage, and by all of it. */
  public record Timings(
      Duration rewrite, Duration embed, Duration search, Duration generate, Duration total) {}
}
