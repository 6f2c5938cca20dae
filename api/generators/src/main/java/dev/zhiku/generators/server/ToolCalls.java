package dev.zhiku.generators.server;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.zhiku.answering.chat.ToolCall;
import dev.zhiku.generators.dialogue.Dialogue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Calls of tools as LangChain4j has them. Pure, but for the ids of calls that come without one. */
final class ToolCalls {
  private ToolCalls() {}

  /** The calls in what a model wrote. */
  static List<ToolCall> in(@Nullable AiMessage message) {
    return message == null
        ? List.of()
        : message.toolExecutionRequests().stream().map(ToolCalls::call).toList();
  }

  /** Ollama's older servers give calls no id, and replies are known by it. */
  private static ToolCall call(ToolExecutionRequest request) {
    String id = request.id();
    String arguments = request.arguments();
    return new ToolCall(
        id == null || id.isEmpty() ? "call_" + UUID.randomUUID() : id,
        request.name(),
        arguments == null || arguments.isEmpty() ? "{}" : arguments);
  }

  /** What a model said, with its calls. */
  static AiMessage message(Dialogue.Message said) {
    return said.calls().isEmpty()
        ? AiMessage.from(said.text())
        : AiMessage.builder()
            .text(said.text().isEmpty() ? null : said.text())
            .toolExecutionRequests(said.calls().stream().map(ToolCalls::request).toList())
            .build();
  }

  private static ToolExecutionRequest request(ToolCall call) {
    return ToolExecutionRequest.builder()
        .id(call.id())
        .name(call.name())
        .arguments(call.arguments())
        .build();
  }

  /** Names of the tools that were called, by the ids of the calls. */
  static Map<String, String> namesById(List<Dialogue.Message> dialogue) {
    Map<String, String> names = new HashMap<>();
    dialogue.forEach(said -> said.calls().forEach(call -> names.put(call.id(), call.name())));
    return names;
  }

  /** All that a model reads of a message. */
  static Stream<String> texts(Dialogue.Message message) {
    return Stream.concat(
        Stream.of(message.text()),
        message.calls().stream().map(call -> call.name() + call.arguments()));
  }
}
