package dev.zhiku.answering.answer;

import dev.zhiku.answering.search.ScoredPassage;
import java.util.List;
import java.util.Locale;

/**
 * A step in answering a question: {@link Retrieved} once, {@link Queued} for each place in the line
 * where it has to wait, any number of {@link Progress}, any number of {@link Reasoning} and {@link
 * Text}, an {@link Unsupported} behind the text that holds its mark, perhaps one {@link Withdrawn}
 * and more {@link Text}, then exactly one {@link Terminal}.
 */
public sealed interface AnswerEvent {
  /**
   * The passages found, before any word is written.
   *
   * @param id under which the question is answered
   * @param passages by their numbers from 1
   */
  record Retrieved(String id, List<ScoredPassage> passages) implements AnswerEvent {
    public Retrieved {
      passages = List.copyOf(passages);
    }
  }

  /**
   * All places are taken.
   *
   * @param position 1 for the next one to be served
   */
  record Queued(int position) implements AnswerEvent {}

  /**
   * A chosen document is being read in full, before the answer is written.
   *
   * @param read passages so far
   * @param of passages to be read
   */
  record Progress(int read, int of) implements AnswerEvent {}

  /** A part of the model's reasoning. */
  record Reasoning(String text) implements AnswerEvent {}

  /** A part of the answer. */
  record Text(String text) implements AnswerEvent {}

  /** All text so far is no part of the answer; what follows replaces it. */
  record Withdrawn() implements AnswerEvent {}

  /**
   * A statement in the text so far has no ground in the passages.
   *
   * @param position of its mark {@code [?]} in the text since its beginning or the last {@link
   *     Withdrawn}, in code points
   */
  record Unsupported(int position) implements AnswerEvent {}

  /** The end. */
  sealed interface Terminal extends AnswerEvent {}

  /** An answer with its citations; without any where the model was asked alone. */
  record Answered(Answer answer) implements Terminal {}

  /** Nothing supports an answer. */
  record NoEvidence(Answer answer) implements Terminal {}

  /** Retrieval alone was asked for. */
  record PassagesOnly(Answer answer) implements Terminal {}

  /**
   * The generation broke off; what was written so far stands.
   *
   * @param id under which the question was answered
   * @param detail what happened, in the asker's language
   * @param remedy what to do, in the asker's language
   */
  record Failed(String id, FailureCode code, String detail, String remedy) implements Terminal {
    /** With what is said of its code in general. */
    public static Failed of(String id, FailureCode code, Locale locale) {
      String key = code.wireName();
      return new Failed(id, code, AnswerTexts.detail(locale, key), AnswerTexts.remedy(locale, key));
    }
  }
}
