package dev.zhiku.server.masking.web;

import dev.zhiku.answering.masking.Masking;
import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The cover over a JSON document: over each text in it, but for those that the service makes and a
 * client sends back to it.
 */
record MaskedJson(Masking masking) {
  private static final Set<String> MADE_HERE = Set.of("id", "cursor", "next_cursor");

  JsonNode of(JsonNode node) {
    if (node.isString()) {
      String text = node.getStringValue();
      String masked = masking.mask(text);
      return masked.equals(text) ? node : JsonNode.createStringNode(masked);
    }
    if (node.isArray()) {
      List<JsonNode> values = new ArrayList<>();
      node.values().forEach(value -> values.add(of(value)));
      return JsonNode.createArrayNode(values);
    }
    if (node.isObject()) {
      Map<String, JsonNode> fields = new LinkedHashMap<>();
      node.entries()
          .forEach(
              field ->
                  fields.put(
                      masking.mask(field.getKey()),
                      MADE_HERE.contains(field.getKey())
                          ? field.getValue()
                          : of(field.getValue())));
      return JsonNode.createObjectNode(fields);
    }
    return node;
  }
}
