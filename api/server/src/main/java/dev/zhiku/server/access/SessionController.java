package dev.zhiku.server.access;

import dev.zhiku.answering.problem.Phrase;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.server.http.ProblemDocument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Post;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Signing in and out on the page. */
@Controller("/session")
@ApiResponse(
    responseCode = "4XX",
    description = "an error of the request",
    content =
        @Content(
            mediaType = "application/problem+json",
            schema = @Schema(implementation = ProblemDocument.class)))
@ApiResponse(
    responseCode = "5XX",
    description = "an error of the service",
    content =
        @Content(
            mediaType = "application/problem+json",
            schema = @Schema(implementation = ProblemDocument.class)))
@Tag(name = "access")
final class SessionController {
  private final Access access;

  SessionController(Access access) {
    this.access = access;
  }

  /**
   * Exchanges a key for a cookie; where everything is open, no cookie is needed and none is set.
   */
  @Post(consumes = MediaType.APPLICATION_JSON)
  @Operation(operationId = "signIn", summary = "Sign in")
  @ApiResponse(responseCode = "204", description = "signed in")
  HttpResponse<?> signIn(HttpRequest<?> request, @Body SignIn body) {
    String key = body.key();
    if (key == null) {
      throw new Problem(
          ProblemCode.VALUE_OUT_OF_RANGE, "key", new Phrase("a key of this service", "本服务的密钥"));
    }
    MutableHttpResponse<?> response = HttpResponse.noContent();
    access.signIn(key, request).ifPresent(response::cookie);
    return response;
  }

  /** Ends the session of this browser. */
  @Delete(consumes = MediaType.ALL)
  @Operation(operationId = "signOut", summary = "Sign out")
  @ApiResponse(responseCode = "204", description = "signed out")
  HttpResponse<?> signOut(HttpRequest<?> request) {
    return HttpResponse.noContent().cookie(access.signOut(request));
  }

  /**
   * What signing in takes.
   *
   * @param key reader's or administrator's
   */
  @Serdeable
  record SignIn(@Nullable String key) {}
}
