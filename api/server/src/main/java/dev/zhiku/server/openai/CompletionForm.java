package dev.zhiku.server.openai;

import dev.zhiku.server.openai.OpenAiReply.Ending;
import java.util.List;
import java.util.Optional;

/**
 * How an answer is written as a completion: in the form of a chat, or in that of a prompt that is
 * completed. Thread-safe.
 */
public interface CompletionForm {
  /** All of it, in one piece. */
  Object whole(Ending.Said said);

  /** The first part, which says nothing yet; empty where the form has none. */
  Optional<Object> begin(int passages);

  /** A part of what the model thinks; empty where the form has no place for it. */
  Optional<Object> reasoning(String part);

  /** A part of the text. */
  Object text(String part);

  /** The parts that end it: what is still to be said, and why it finished. */
  List<Object> end(Ending.Said said);

  /** What was counted, behind the last part. */
  Object usage(Usage usage);
}
