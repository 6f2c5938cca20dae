package dev.zhiku.server.mcp;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.server.http.JsonFields;
import dev.zhiku.server.http.ProblemResponses;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.http.StrictJson.Value;
import dev.zhiku.server.status.ServiceFacts;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What each method of the protocol does; the same for every client. Thread-safe. */
@Singleton
final class McpMethods {
  private static final int MAX_NAME_CHARS = 200;

  private final Map<String, Tool> tools;
  private final DocumentResources resources;
  private final Descriptions descriptions;
  private final ServiceFacts facts;
  private final ProblemResponses problems;
  private final JsonMapper json;

  McpMethods(
      AnswerTools answers,
      DocumentTools documents,
      StatusTool status,
      DocumentResources resources,
      Descriptions descriptions,
      ServiceFacts facts,
      ProblemResponses problems,
      JsonMapper json) {
    this.tools =
        Stream.concat(Stream.of(answers.search, answers.ask, status), documents.all().stream())
            .collect(Collectors.toUnmodifiableMap(Tool::name, Function.identity()));
    this.resources = resources;
    this.descriptions = descriptions;
    this.facts = facts;
    this.problems = problems;
    this.json = json;
  }

  /**
   * The result of a method other than a call of a tool.
   *
   * @throws RpcFailure if there is no such method, or its parameters are none
   */
  Map<String, Object> result(String method, JsonFields params, Scope scope)
      throws InterruptedException {
    return switch (method) {
      case "initialize" -> initialize(params);
      case "ping" -> Map.of();
      case "tools/list" -> Map.of("tools", descriptions.tools());
      case "resources/list" -> resources.list(params, scope);
      case "resources/templates/list" -> DocumentResources.templates();
      case "resources/read" -> resources.read(params, scope);
      default ->
          throw new RpcFailure(
              RpcFailure.METHOD_NOT_FOUND,
              "There is no such method; this server has initialize, ping, tools/list, tools/call,"
                  + " resources/list, resources/templates/list and resources/read.");
    };
  }

  private Map<String, Object> initialize(JsonFields params) {
    String asked =
        JsonFields.text(params.required("protocolVersion"), "protocolVersion", MAX_NAME_CHARS);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("protocolVersion", ProtocolVersion.answering(asked));
    result.put(
        "capabilities",
        Map.of("tools", Map.of("listChanged", false), "resources", Map.of("listChanged", false)));
    result.put("serverInfo", Map.of("name", "zhiku", "title", "Zhiku", "version", facts.version()));
    result.put("instructions", descriptions.instructions());
    return result;
  }

  /**
   * The tool that a call names.
   *
   * @throws RpcFailure if there is none
   */
  Tool tool(JsonFields params) {
    String name = JsonFields.text(params.required("name"), "name", MAX_NAME_CHARS);
    Tool tool = tools.get(name);
    if (tool == null) {
      throw new RpcFailure(
          RpcFailure.INVALID_PARAMS,
          "There is no such tool; there are "
              + tools.keySet().stream().sorted().collect(Collectors.joining(", "))
              + ".");
    }
    return tool;
  }

  /**
   * The arguments of a call, none but those that its tool knows.
   *
   * @throws Problem naming the one that is wrong
   */
  static JsonFields arguments(Tool tool, JsonFields params) {
    Value given = params.value("arguments").orElse(new Value.Fields(Map.of()));
    return JsonFields.of(given, "arguments", () -> ServerText.of("rule.object"))
        .only(tool.arguments());
  }

  /** What is told of a tool that could not do it, and what helps. */
  Map<String, Object> refused(RuntimeException why, Locale locale) {
    return ToolResult.of(problems.problem(why), locale).wire(json);
  }

  /** Under which a client wants to hear of progress. */
  static Optional<Object> progressToken(JsonFields params) {
    return params
        .object("_meta")
        .flatMap(meta -> meta.value("progressToken"))
        .flatMap(RpcMessage::id);
  }
}
