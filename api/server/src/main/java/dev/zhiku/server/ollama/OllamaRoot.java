package dev.zhiku.server.ollama;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Hidden;

/** {@code /} on the port for programs for Ollama, by which they know that somebody is there. */
@Controller(port = "${" + OllamaApiConfig.PROPERTY + "}")
@Requires(property = OllamaApiConfig.PROPERTY)
@Hidden
final class OllamaRoot {
  /** Says what Ollama says. */
  @Get(produces = MediaType.TEXT_PLAIN)
  String root() {
    return "Ollama is running";
  }
}
