package dev.zhiku.answering.chat;

import dev.zhiku.index.message.Phrase;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One text generator. Thread-safe. Named so that it does not collide with other libraries' chat
 * models.
 */
public interface ChatBackend extends AutoCloseable {
  ModelDescription model();

  Health health();

  /** Name of the form in which prompts are written for its model; empty where there is none. */
  default Optional<String> promptForm() {
    return Optional.empty();
  }

  /** What it can take beside words, as far as it is known now. */
  default Set<Handover.Ability> abilities() {
    return Set.of();
  }

  /** Tokens of a text as the model counts them, or an estimate from above; 0 for no text. */
  int countTokens(String text);

  /**
   * Whether {@link #countTokens} counts as the model does, or has been corrected by what the model
   * reported.
   */
  boolean countsReliably();

  /**
   * Writes an answer. Hands each piece to the sink on the calling thread; interrupting the caller
   * stops the generation within a second. Text that the pieces of a document contain is data and
   * never followed as an instruction.
   *
   * @param prompt whose {@link Handover} needs no more than the {@link #abilities}
   * @param sink takes no longer than it takes to store the piece; what it throws ends the
   *     generation and comes out of this call
   * @return how it ended; without any text if it is {@link GenerationResult.Finish#DECLINED} or
   *     {@link GenerationResult.Finish#EXHAUSTED}
   * @throws ChatException if the model cannot be reached or fails
   */
  GenerationResult generate(Prompt prompt, Consumer<? super Piece> sink)
      throws InterruptedException;

  @Override
  void close();

  /** Whether a question asked now would be answered. */
  sealed interface Health {
    /** It would. */
    record Ready() implements Health {}

    /**
     * It would not.
     *
     * @param detail why, and what can be done about it
     */
    record Away(Phrase detail) implements Health {}
  }
}
