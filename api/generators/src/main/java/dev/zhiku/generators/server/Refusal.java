package dev.zhiku.generators.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.generators.GeneratorText;
import dev.zhiku.index.message.Phrase;
import java.util.Locale;

/** What it means that a model server says no. Pure. */
final class Refusal {
  private static final int SHOWN_CHARACTERS = 300;

  private Refusal() {}

  /** By status; redirects are never followed. */
  static ChatException of(int status, String body) {
    String words = words(body);
    Phrase said = GeneratorText.of("server.answered", status, words);
    return switch (status) {
      case 401, 402, 403, 407 -> new ChatException.Refused(said);
      case 404 -> new ChatException.ModelMissing(said);
      case 429, 503 -> new ChatException.Overloaded(said);
      case 413 -> new ChatException.PromptTooLong(said);
      case 400, 422 ->
          isAboutLength(body)
              ? new ChatException.PromptTooLong(said)
              : new ChatException.Broken(said, null);
      default ->
          status / 100 == 3
              ? new ChatException.Refused(GeneratorText.of("server.redirects", status))
              : new ChatException.Broken(said, null);
    };
  }

  /**
   * An error in the middle of a stream, whose status was good.
   *
   * @param event that holds it
   */
  static ChatException inStream(JsonNode event) {
    String error = words(event);
    Phrase said = GeneratorText.of("server.reported", error);
    return isAboutLength(event.path("error").toString())
        ? new ChatException.PromptTooLong(said)
        : new ChatException.Broken(said, null);
  }

  /** The words for people in {@code {"error": …}} of Ollama or OpenAI, else all of it. */
  private static String words(String body) {
    try {
      return words(ModelServer.JSON.readTree(body));
    } catch (JsonProcessingException e) {
      return shortened(body);
    }
  }

  private static String words(JsonNode body) {
    JsonNode error = body.path("error");
    JsonNode words = error.isTextual() ? error : error.path("message");
    return shortened(words.isTextual() ? words.asText() : body.toString());
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
  }

  private static boolean isAboutLength(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.contains("context") && (lower.contains("length") || lower.contains("exceed"));
  }
}
