package dev.zhiku.answering.problem;

import dev.zhiku.index.message.Messages;
import dev.zhiku.index.message.Phrase;
import org.jspecify.annotations.Nullable;

/** The sentences of this module, from its bundle {@code dev/zhiku/answering/messages}. */
public final class AnsweringText {
  private static final Messages MESSAGES = new Messages("dev.zhiku.answering.messages");

  private AnsweringText() {}

  /**
   * The sentence of this key.
   *
   * @param values for its places {@code {0}}, {@code {1}}
   */
  public static Phrase of(String key, @Nullable Object... values) {
    return MESSAGES.phrase(key, values);
  }
}
