package dev.zhiku.generators.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.generators.EmbeddingConfig;
import dev.zhiku.generators.server.ModelServer;
import dev.zhiku.generators.server.VectorRow;
import dev.zhiku.index.embedding.Embedding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Requests to {@code /embeddings}, and the vectors of their replies. A text that is too long for
 * the server is sent again by itself, shorter each time.
 */
record EmbeddingsRequest(ModelServer server, EmbeddingConfig.OpenAi config) {
  /** Length up to which a text is not too long. */
  private static final int LEAST_CHARS = 64;

  /**
   * @param version what comes between the base and the route
   * @return one vector of length 1 for each text, in their order
   * @throws ChatException if the server refuses, does not answer in time, or gives anything but as
   *     many vectors as texts
   */
  List<Embedding> send(String version, List<String> input, boolean question, Duration patience)
      throws InterruptedException {
    try {
      return sendOnce(version, input, question, patience);
    } catch (ChatException.PromptTooLong e) {
      List<Embedding> vectors = new ArrayList<>(input.size());
      for (String text : input) {
        vectors.add(
            shortened(version, input.size() > 1 ? text : half(text, e), question, patience));
      }
      return vectors;
    }
  }

  private Embedding shortened(String version, String text, boolean question, Duration patience)
      throws InterruptedException {
    String left = text;
    while (true) {
      try {
        return sendOnce(version, List.of(left), question, patience).getFirst();
      } catch (ChatException.PromptTooLong e) {
        left = half(left, e);
      }
    }
  }

  private static String half(String text, ChatException.PromptTooLong tooLong) {
    if (text.length() <= LEAST_CHARS) {
      throw tooLong;
    }
    int half = text.length() / 2;
    return text.substring(0, Character.isHighSurrogate(text.charAt(half - 1)) ? half - 1 : half);
  }

  private List<Embedding> sendOnce(
      String version, List<String> input, boolean question, Duration patience)
      throws InterruptedException {
    ModelServer.Reply reply = server.post(version + "/embeddings", body(input, question), patience);
    if (!reply.isOk()) {
      throw reply.refusal();
    }
    return vectors(reply.json(), input.size());
  }

  private Map<String, Object> body(List<String> input, boolean question) {
    Map<String, Object> body = new HashMap<>();
    body.put("model", config.model().orElse(""));
    body.put("input", input);
    body.put("encoding_format", "float");
    Optional<String> type = question ? config.queryInputType() : config.passageInputType();
    type.ifPresent(word -> body.put("input_type", word));
    return body;
  }

  /** By their numbers: servers may answer in any order. */
  private static List<Embedding> vectors(JsonNode reply, int count) {
    JsonNode rows = reply.path("data");
    Map<Integer, Embedding> byNumber = new HashMap<>();
    for (JsonNode row : rows) {
      byNumber.put(row.path("index").asInt(byNumber.size()), VectorRow.read(row.path("embedding")));
    }
    List<Embedding> vectors = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Embedding vector = byNumber.get(i);
      if (vector == null || rows.size() != count) {
        throw VectorRow.otherCount(rows.size(), count);
      }
      vectors.add(vector);
    }
    return vectors;
  }
}
