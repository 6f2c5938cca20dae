package dev.zhiku.generators.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.problem.Phrase;
import java.util.Locale;

/** What it means that a model server says no. Pure. */
final class Refusal {
  private static final int SHOWN_CHARACTERS = 300;

  private Refusal() {}

  /** By status; redirects are never followed. */
  static ChatException of(int status, String body) {
    String words = words(body);
    Phrase said =
        new Phrase(
            "The model server answered " + status + ": " + words, "模型服务返回 " + status + "：" + words);
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
              ? new ChatException.Refused(
                  new Phrase(
                      "The model server sends elsewhere ("
                          + status
                          + "); redirects are not followed.",
                      "模型服务要求转到其他地址（" + status + "），本服务不跟随重定向。"))
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
    Phrase said = new Phrase("The model server reported: " + error, "模型服务报告错误：" + error);
    return isAboutLength(event.path("error").toString())
        ? new ChatException.PromptTooLong(said)
        : new ChatException.Broken(said, null);
  }

  /** What is meant for people in {@code {"error": …}} of Ollama or OpenAI, else all of it. */
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
