package dev.zhiku.server.ollama;

import dev.zhiku.server.ollama.OllamaLine.Said;
import dev.zhiku.server.openai.OpenAiReply.Ending;
import java.time.Instant;
import java.util.Optional;

/** How an answer looks to a program for Ollama. Used by one thread at a time. */
final class OllamaForm {
  private final String model;
  private final boolean chat;
  private final long begun = System.nanoTime();
  private long firstWord = -1;

  OllamaForm(String model, boolean chat) {
    this.model = model;
    this.chat = chat;
  }

  /** A part of the answer. */
  OllamaLine text(String part) {
    if (firstWord < 0) {
      firstWord = System.nanoTime();
    }
    return part(part, Optional.empty());
  }

  /** A part of what the model thinks first. */
  OllamaLine thinking(String part) {
    if (firstWord < 0) {
      firstWord = System.nanoTime();
    }
    return part("", Optional.of(part));
  }

  private OllamaLine part(String text, Optional<String> thinking) {
    return new OllamaLine(
        model,
        Instant.now(),
        message(text, thinking),
        response(text),
        chat ? Optional.empty() : thinking,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * The end of the answer.
   *
   * @param text what is still to be said: all, where it does not stream
   */
  OllamaLine end(Ending.Said said, String text, Optional<String> thinking) {
    long now = System.nanoTime();
    long first = firstWord < 0 ? now : firstWord;
    return new OllamaLine(
        model,
        Instant.now(),
        message(text, thinking),
        response(text),
        chat ? Optional.empty() : thinking,
        true,
        Optional.of(said.finishReason()),
        Optional.of(now - begun),
        Optional.of(0L),
        Optional.of(said.usage().promptTokens()),
        Optional.of(first - begun),
        Optional.of(said.usage().completionTokens()),
        Optional.of(now - first),
        Optional.of(said.status()),
        Optional.of(said.citations()),
        Optional.of(said.warnings()));
  }

  /** What is said to a request that asks nothing: that the model is there. */
  OllamaLine loaded() {
    return new OllamaLine(
        model,
        Instant.now(),
        message("", Optional.empty()),
        response(""),
        Optional.empty(),
        true,
        Optional.of("load"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private Optional<Said> message(String text, Optional<String> thinking) {
    return chat ? Optional.of(new Said("assistant", text, thinking)) : Optional.empty();
  }

  private Optional<String> response(String text) {
    return chat ? Optional.empty() : Optional.of(text);
  }
}
