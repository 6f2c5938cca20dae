package dev.zhiku.generators.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhiku.answering.chat.Handover;
import dev.zhiku.answering.chat.Handover.Tool;

/**
 * What a client hands to the model beside words, as fields of a request. Schemas go as the client
 * wrote them, which LangChain4j's own types of schema would not keep. Pure.
 */
public final class HandedOver {
  private static final String TYPE = "type";
  private static final String FUNCTION = "function";

  private HandedOver() {}

  /** Adds the tools, in the form that OpenAI and Ollama share. */
  public static void addTools(Handover handover, ObjectNode request) {
    if (!handover.tools().isEmpty()) {
      ArrayNode tools = request.putArray("tools");
      for (Tool tool : handover.tools()) {
        tools.addObject().put(TYPE, FUNCTION).set(FUNCTION, json(tool.definition()));
      }
    }
  }

  /** Adds all of it, as OpenAI has it. */
  public static void addTo(ObjectNode request, Handover handover) {
    addTools(handover, request);
    switch (handover.choice()) {
      case Handover.Choice.Auto auto -> {} // as it is without the field
      case Handover.Choice.Required required -> request.put("tool_choice", "required");
      case Handover.Choice.Named named ->
          request
              .putObject("tool_choice")
              .put(TYPE, FUNCTION)
              .putObject(FUNCTION)
              .put("name", named.name());
    }
    switch (handover.format()) {
      case Handover.Format.Text text -> {} // as it is without the field
      case Handover.Format.JsonObject any ->
          request.putObject("response_format").put(TYPE, "json_object");
      case Handover.Format.JsonSchema by ->
          request
              .putObject("response_format")
              .put(TYPE, "json_schema")
              .putObject("json_schema")
              .put("name", by.name())
              .put("strict", by.strict())
              .set("schema", json(by.schema()));
    }
  }

  /** Adds all of it but a choice of tools, as Ollama has it. */
  public static void addToOllama(ObjectNode request, Handover handover) {
    addTools(handover, request);
    switch (handover.format()) {
      case Handover.Format.Text text -> {} // as it is without the field
      case Handover.Format.JsonObject any -> request.put("format", "json");
      case Handover.Format.JsonSchema by -> request.set("format", json(by.schema()));
    }
  }

  private static JsonNode json(String text) {
    try {
      return ModelServer.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON", e);
    }
  }
}
