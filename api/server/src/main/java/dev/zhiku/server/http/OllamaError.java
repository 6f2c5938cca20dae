package dev.zhiku.server.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * An error as programs for Ollama read it.
 *
 * @param error what happened and what to do about it, in the language of Accept-Language
 */
@Serdeable
@Schema(name = "OllamaError")
public record OllamaError(String error) {
  /** Everything below it speaks Ollama's protocol, refusals included. */
  public static final String PATH = "/api";

  /** Whether whoever sent this request reads errors in this form. */
  static boolean isReadBy(HttpRequest<?> request) {
    return request.getPath().startsWith(PATH + "/");
  }
}
