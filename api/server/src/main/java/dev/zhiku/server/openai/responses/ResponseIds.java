package dev.zhiku.server.openai.responses;

import java.util.Optional;

/** The ids of an answer and its parts: the same behind different beginnings. Pure. */
final class ResponseIds {
  private static final String RESPONSE = "resp_";
  private static final String MESSAGE = "msg_";
  private static final String REASONING = "rs_";

  private ResponseIds() {}

  static String response(String id) {
    return RESPONSE + id;
  }

  static String message(String id) {
    return MESSAGE + id;
  }

  static String reasoning(String id) {
    return REASONING + id;
  }

  /** The answer that an id of a response means. */
  static Optional<String> ofResponse(String id) {
    return behind(RESPONSE, id);
  }

  /** The answer that an id of a message means. */
  static Optional<String> ofMessage(String id) {
    return behind(MESSAGE, id);
  }

  static boolean isReasoning(String id) {
    return id.startsWith(REASONING);
  }

  private static Optional<String> behind(String beginning, String id) {
    return id.startsWith(beginning)
        ? Optional.of(id.substring(beginning.length()))
        : Optional.empty();
  }
}
