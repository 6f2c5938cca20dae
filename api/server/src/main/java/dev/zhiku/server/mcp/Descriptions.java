package dev.zhiku.server.mcp;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What agents are told of this server and its tools, from {@code tools.json}: in English, the
 * language that models are instructed in. Immutable.
 */
@Singleton
final class Descriptions {
  private final Map<String, Object> all;

  Descriptions(JsonMapper json) {
    try (InputStream in =
        Objects.requireNonNull(Descriptions.class.getResourceAsStream("tools.json"))) {
      all = Objects.requireNonNull(json.readValue(in, Argument.mapOf(String.class, Object.class)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How an agent should use the tools. */
  String instructions() {
    return String.valueOf(all.get("instructions"));
  }

  /** The tools with their schemas, as the protocol lists them. */
  @SuppressWarnings("unchecked")
  List<Map<String, Object>> tools() {
    return Objects.requireNonNull((List<Map<String, Object>>) all.get("tools"));
  }
}
