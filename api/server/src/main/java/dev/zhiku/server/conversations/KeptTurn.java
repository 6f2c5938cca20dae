package dev.zhiku.server.conversations;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A question of a conversation and what became of it.
 *
 * @param number place in its conversation, from 1
 * @param queryId under which it is or was answered
 * @param mode answer, passages or chat
 * @param question as it was asked
 * @param status running, answered, no_evidence, passages, stopped or failed
 * @param answer its words, so far as there are any
 * @param response the whole answer as JSON, as {@code POST /query} gives it; empty before it ended
 *     and where it broke off
 * @param documents ids of those whose passages it was answered from, as far as they are known
 */
public record KeptTurn(
    int number,
    String queryId,
    String mode,
    String question,
    String status,
    Instant askedAt,
    String answer,
    Optional<String> response,
    Optional<Failure> failure,
    Optional<Rating> rating,
    List<String> documents) {
  public KeptTurn {
    documents = List.copyOf(documents);
  }

  /** Status of one whose answer is being written. */
  public static final String RUNNING = "running";

  /** Status of one whose answer its asker stopped. */
  public static final String STOPPED = "stopped";

  /** Status of one whose answer broke off. */
  public static final String FAILED = "failed";

  /** Why an answer broke off. */
  public record Failure(String code, String detail, String remedy, boolean retryable) {}

  /**
   * What its asker thinks of an answer.
   *
   * @param good whether it was of use
   * @param comment why; empty if nothing was said
   */
  public record Rating(boolean good, String comment) {
    /** Longest comment, in characters. */
    public static final int MAX_COMMENT = 2_000;
  }

  /** A question that is about to be answered. */
  public static KeptTurn begun(
      String queryId, String mode, String question, Instant now, List<String> documents) {
    return new KeptTurn(
        0,
        queryId,
        mode,
        question,
        RUNNING,
        now,
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        documents);
  }

  /** The same at another place. */
  public KeptTurn at(int place) {
    return new KeptTurn(
        place, queryId, mode, question, status, askedAt, answer, response, failure, rating,
        documents);
  }

  /** The same with its end. */
  public KeptTurn ended(String end, String words, Optional<String> whole, Optional<Failure> why) {
    return new KeptTurn(
        number, queryId, mode, question, end, askedAt, words, whole, why, rating, documents);
  }

  /** The same with other words of its answer. */
  KeptTurn saying(String words, Optional<String> whole) {
    return ended(status, words, whole, failure);
  }

  /** Characters that it takes. */
  public long size() {
    return question.length() + answer.length() + (long) response.map(String::length).orElse(0);
  }
}
