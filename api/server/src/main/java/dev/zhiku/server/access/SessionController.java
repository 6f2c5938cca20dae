package dev.zhiku.server.access;

import dev.zhiku.server.http.JsonFields;
import dev.zhiku.server.http.Problems;
import dev.zhiku.server.http.RequestBodies;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.identity.Identities;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Signing in and out on the page, and who one is. */
@Controller("/session")
@Problems
@Tag(name = "access")
final class SessionController {
  /** Largest body, in bytes: everybody may send one, and a key is 63 characters long. */
  static final int MAX_BODY_BYTES = 512;

  private final Access access;
  private final Identities identities;
  private final RequestBodies bodies;

  SessionController(Access access, Identities identities, RequestBodies bodies) {
    this.access = access;
    this.identities = identities;
    this.bodies = bodies;
  }

  /** Who asks. A person who asks this stays signed in for as long again. */
  @Get
  @Operation(operationId = "whoAmI", summary = "Say who asks")
  @ApiResponse(
      responseCode = "200",
      description = "who asks",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = SessionView.class)))
  HttpResponse<?> who(HttpRequest<?> request) {
    boolean byCookie =
        !request.getHeaders().contains(HttpHeaders.AUTHORIZATION)
            && (access.needsKey(request) || access.carriesPerson(request));
    MutableHttpResponse<?> response =
        HttpResponse.ok(
            access
                .shown(request)
                .map(grant -> SessionView.of(grant, identities, byCookie))
                .orElse(SessionView.NOBODY));
    access.renewed(request).ifPresent(response::cookie);
    return response;
  }

  /**
   * Exchanges a key for a cookie; where everything is open, no cookie is needed and none is set.
   */
  @Post(consumes = MediaType.APPLICATION_JSON)
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      operationId = "signIn",
      summary = "Sign in",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = SignIn.class))))
  @ApiResponse(responseCode = "204", description = "signed in")
  HttpResponse<?> signIn(HttpRequest<?> request) {
    String client = RequestScope.of(request).client();
    JsonFields body = bodies.json(request, client, MAX_BODY_BYTES, SignIn.class);
    String key = body.text("key").orElseThrow(() -> body.refusal("key", ServerText.of("rule.key")));
    MutableHttpResponse<?> response = HttpResponse.noContent();
    access.signIn(key, request).forEach(response::cookie);
    return response;
  }

  /** Ends the session of this browser. */
  @Delete(consumes = MediaType.ALL)
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(operationId = "signOut", summary = "Sign out")
  @ApiResponse(responseCode = "204", description = "signed out")
  HttpResponse<?> signOut(HttpRequest<?> request) {
    MutableHttpResponse<?> response = HttpResponse.noContent();
    access.signOut(request).forEach(response::cookie);
    return response;
  }

  /**
   * What signing in takes.
   *
   * @param key reader's or administrator's
   */
  @Serdeable
  record SignIn(@Nullable String key) {}
}
