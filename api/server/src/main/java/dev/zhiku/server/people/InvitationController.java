package dev.zhiku.server.people;

import dev.zhiku.answering.search.Scope;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.http.JsonFields;
import dev.zhiku.server.http.Problems;
import dev.zhiku.server.http.RequestBodies;
import dev.zhiku.server.http.ServerConfig;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.identity.Persons;
import dev.zhiku.server.identity.Role;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Invitations of persons: made and withdrawn. */
@Controller("/invitations")
@ExecuteOn(TaskExecutors.BLOCKING)
@Problems
@Tag(name = "access")
final class InvitationController {
  private static final int MAX_BODY_BYTES = 2_048;
  private static final int MAX_NAME = 100;

  private final Persons persons;
  private final RequestBodies bodies;
  private final InvitationLinks links;

  InvitationController(Persons persons, RequestBodies bodies, ServerConfig server) {
    this.persons = persons;
    this.bodies = bodies;
    this.links = new InvitationLinks(server);
  }

  /** Invites a person to one device; the links are shown in this answer and never again. */
  @Post(consumes = MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "invite",
      summary = "Invite a person to one device",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = Body.class))))
  @ApiResponse(
      responseCode = "200",
      description = "the invitation",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = InvitedView.class)))
  InvitedView invite(HttpRequest<?> request) {
    Scope scope = RequestScope.of(request);
    JsonFields body = bodies.json(request, scope.client(), MAX_BODY_BYTES, Body.class);
    Persons.Invited made = persons.invite(name(body), role(body), scope.principal().name());
    return new InvitedView(
        made.invitation().id(),
        links.of(made.token(), request),
        made.invitation().endsAt(),
        PersonView.of(made.person()));
  }

  private static String name(JsonFields body) {
    return body.text("name", MAX_NAME)
        .map(String::strip)
        .filter(name -> !name.isEmpty() && name.chars().noneMatch(Character::isISOControl))
        .orElseThrow(() -> body.refusal("name", ServerText.of("rule.person", MAX_NAME)));
  }

  private static Optional<Role> role(JsonFields body) {
    return body.text("role")
        .map(
            name ->
                Role.named(name)
                    .orElseThrow(() -> body.refusal("role", ServerText.of("rule.role"))));
  }

  /** Takes back an invitation that nobody has accepted. */
  @Delete(uri = "/{id}", consumes = MediaType.ALL)
  @Status(HttpStatus.NO_CONTENT)
  @Operation(operationId = "withdrawInvitation", summary = "Withdraw an invitation")
  @ApiResponse(responseCode = "204", description = "withdrawn")
  HttpResponse<?> withdraw(String id, HttpRequest<?> request) {
    persons.withdraw(id, RequestScope.of(request).principal().name());
    return HttpResponse.noContent();
  }

  /**
   * Who is invited.
   *
   * @param name 1 to 100 characters; one who is there by this name is invited to another device
   * @param role reader (the default), uploader, admin or auditor; of one who is there, his own
   */
  @Schema(name = "NewInvitation")
  @Serdeable
  record Body(String name, @Nullable String role) {}

  /**
   * An invitation as it was made.
   *
   * @param id by which it is withdrawn
   * @param links each of which opens it, the likeliest first; not kept, so they cannot be shown
   *     again
   * @param endsAt from when on it opens nothing
   */
  @Schema(name = "Invitation")
  @Serdeable(naming = SnakeCaseStrategy.class)
  record InvitedView(String id, List<String> links, Instant endsAt, PersonView person) {}
}
