package dev.zhiku.server.access;

import dev.zhiku.server.http.JsonFields;
import dev.zhiku.server.http.Problems;
import dev.zhiku.server.http.RequestBodies;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.identity.Identities;
import dev.zhiku.server.identity.Persons;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
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

/** Signing in with an invitation. */
@Controller("/invitations/accept")
@ExecuteOn(TaskExecutors.BLOCKING)
@Problems
@Tag(name = "access")
final class AcceptController {
  private static final int MAX_BODY_BYTES = 512;

  private final Access access;
  private final Identities identities;
  private final RequestBodies bodies;

  AcceptController(Access access, Identities identities, RequestBodies bodies) {
    this.access = access;
    this.identities = identities;
    this.bodies = bodies;
  }

  /** Exchanges the word of an invitation for a cookie, once. */
  @Post(consumes = MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "acceptInvitation",
      summary = "Sign in with an invitation",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = Body.class))))
  @ApiResponse(
      responseCode = "200",
      description = "who is signed in now",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = SessionView.class)))
  HttpResponse<?> accept(HttpRequest<?> request) {
    String client = RequestScope.of(request).client();
    JsonFields body = bodies.json(request, client, MAX_BODY_BYTES, Body.class);
    String token =
        body.text("token").orElseThrow(() -> body.refusal("token", ServerText.of("rule.token")));
    Persons.Accepted accepted = access.accept(token, request);
    return HttpResponse.ok(SessionView.of(Grant.of(accepted.signedIn()), identities, true))
        .cookie(access.cookie(accepted.secret()));
  }

  /**
   * What signing in takes.
   *
   * @param token what stands behind the # of the link
   */
  @Schema(name = "AcceptedInvitation")
  @Serdeable
  record Body(@Nullable String token) {}
}
