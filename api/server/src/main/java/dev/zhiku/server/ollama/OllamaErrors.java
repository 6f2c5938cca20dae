package dev.zhiku.server.ollama;

import dev.zhiku.server.http.OllamaError;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The errors that every endpoint of Ollama's protocol may answer with, for the description. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ApiResponse(
    responseCode = "4XX",
    description = "an error of the request",
    content =
        @Content(
            mediaType = "application/json",
            schema = @Schema(implementation = OllamaError.class)))
@ApiResponse(
    responseCode = "5XX",
    description = "an error of the service",
    content =
        @Content(
            mediaType = "application/json",
            schema = @Schema(implementation = OllamaError.class)))
@interface OllamaErrors {}
