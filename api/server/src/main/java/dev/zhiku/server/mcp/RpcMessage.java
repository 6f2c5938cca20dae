package dev.zhiku.server.mcp;

import dev.zhiku.server.http.JsonFields;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.http.StrictJson;
import dev.zhiku.server.http.StrictJson.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A message of a client in the form of JSON-RPC 2.0.
 *
 * @param id a text or a number; empty where no answer is wanted
 * @param method empty where the client answers, which this server never asks for
 */
record RpcMessage(Optional<Object> id, Optional<String> method, JsonFields params) {
  static final String VERSION = "2.0";

  /** Longest id and name of a method, in characters. */
  private static final int MAX_NAME_CHARS = 200;

  /**
   * The message that a body is.
   *
   * @throws RpcFailure if it is none, or a list of several
   */
  static RpcMessage read(byte[] body) {
    if (!(StrictJson.read(body) instanceof Value.Fields fields)) {
      throw new RpcFailure(
          RpcFailure.INVALID_REQUEST, "A body is one JSON-RPC message; send several one by one.");
    }
    Map<String, Value> values = fields.values();
    if (!(values.get("jsonrpc") instanceof Value.Text version)
        || !version.value().equals(VERSION)) {
      throw new RpcFailure(RpcFailure.INVALID_REQUEST, "The field jsonrpc has to be \"2.0\".");
    }
    Value params = values.getOrDefault("params", new Value.Fields(Map.of()));
    return new RpcMessage(
        id(values),
        Optional.ofNullable(values.get("method"))
            .map(name -> JsonFields.text(name, "method", MAX_NAME_CHARS)),
        JsonFields.of(params, "params", () -> ServerText.of("rule.object")));
  }

  private static Optional<Object> id(Map<String, Value> values) {
    Optional<Object> id = Optional.ofNullable(values.get("id")).flatMap(RpcMessage::id);
    if (id.isEmpty() && values.containsKey("id")) {
      throw new RpcFailure(
          RpcFailure.INVALID_REQUEST, "The field id has to be a short text or a number.");
    }
    return id;
  }

  /** What stands for an id or a token: a short text or a number. */
  static Optional<Object> id(Value value) {
    return switch (value) {
      case Value.Text text when text.value().length() <= MAX_NAME_CHARS ->
          Optional.of(text.value());
      case Value.Num number -> Optional.of(number.value());
      default -> Optional.empty();
    };
  }

  /** The id of the call that it takes back, if it does. */
  Optional<Object> cancelled() {
    return params.value("requestId").flatMap(RpcMessage::id);
  }

  /** The answer to it. */
  Map<String, Object> answer(Map<String, Object> result) {
    Map<String, Object> answer = begun(id);
    answer.put("result", result);
    return answer;
  }

  /** The refusal of it. */
  Map<String, Object> refusal(RpcFailure failure) {
    return refusal(id, failure);
  }

  /** The refusal of a message whose id may be unknown. */
  static Map<String, Object> refusal(Optional<Object> id, RpcFailure failure) {
    Map<String, Object> answer = begun(id);
    answer.put("error", Map.of("code", failure.number(), "message", failure.said()));
    return answer;
  }

  /** A message that wants no answer. */
  static Map<String, Object> notification(String method, Map<String, Object> params) {
    return Map.of("jsonrpc", VERSION, "method", method, "params", params);
  }

  private static Map<String, Object> begun(Optional<Object> id) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("jsonrpc", VERSION);
    id.ifPresent(known -> answer.put("id", known));
    return answer;
  }
}
