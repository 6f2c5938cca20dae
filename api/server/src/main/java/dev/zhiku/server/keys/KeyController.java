package dev.zhiku.server.keys;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.server.access.Access;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.http.JsonFields;
import dev.zhiku.server.http.Parameters;
import dev.zhiku.server.http.Problems;
import dev.zhiku.server.http.RequestBodies;
import dev.zhiku.server.identity.AskerUsage;
import dev.zhiku.server.identity.Change;
import dev.zhiku.server.identity.NamedKey;
import dev.zhiku.server.identity.NamedKeys;
import dev.zhiku.server.identity.SeenKeys;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Keys of applications: made, listed, rotated, revoked. */
@Controller("/keys")
@ExecuteOn(TaskExecutors.BLOCKING)
@Problems
@Tag(name = "access")
final class KeyController {
  private static final int MAX_BODY_BYTES = 8_192;

  /** How long the secrets before still open the service after a rotation, unless said otherwise. */
  private static final int OVERLAP_MINUTES = 24 * 60;

  private static final int CHANGES = 100;
  private static final int MOST_CHANGES = 1_000;
  private static final int LONGEST_OVERLAP_MINUTES = 30 * 24 * 60;

  private final NamedKeys keys;
  private final AskerUsage usage;
  private final SeenKeys seen;
  private final Access access;
  private final RequestBodies bodies;

  KeyController(
      NamedKeys keys, AskerUsage usage, SeenKeys seen, Access access, RequestBodies bodies) {
    this.keys = keys;
    this.usage = usage;
    this.seen = seen;
    this.access = access;
    this.bodies = bodies;
  }

  /** All keys, the newest first, also those that have expired or were revoked. */
  @Get
  @Operation(operationId = "listKeys", summary = "List the keys of applications")
  KeyList list() {
    return new KeyList(keys.list().stream().map(this::view).toList());
  }

  /** Who changed which key, and when; the newest first. */
  @Get("/changes")
  @Operation(
      operationId = "listKeyChanges",
      summary = "List what was done to keys",
      parameters =
          @Parameter(
              name = "limit",
              in = ParameterIn.QUERY,
              description = "no more are listed, 1 to 1,000",
              schema = @Schema(type = "integer", defaultValue = "100")))
  ChangeList changes(@Parameter(hidden = true) HttpRequest<?> request) {
    int limit = Parameters.of(request, Set.of("limit")).number("limit", 1, MOST_CHANGES, CHANGES);
    return new ChangeList(keys.changes(limit).stream().map(ChangeView::of).toList());
  }

  /** Makes a key; its secret is shown in this answer and never again. */
  @Post(consumes = MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "createKey",
      summary = "Make a key for an application",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = KeyTerms.Body.class))))
  @ApiResponse(
      responseCode = "200",
      description = "the key, and its secret",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = MadeView.class)))
  MadeView create(HttpRequest<?> request) {
    Scope scope = RequestScope.of(request);
    JsonFields body = bodies.json(request, scope.client(), MAX_BODY_BYTES, KeyTerms.Body.class);
    return made(keys.create(KeyTerms.read(body, Instant.now()), scope.principal().name()));
  }

  /** Makes another secret for a key. Those before open the service for a while longer. */
  @Post(uri = "/{id}/rotate", consumes = MediaType.ALL)
  @Operation(
      operationId = "rotateKey",
      summary = "Make another secret for a key",
      parameters =
          @Parameter(
              name = "overlap_minutes",
              in = ParameterIn.QUERY,
              description = "how long the secrets before still open the service, 0 to 43,200",
              schema = @Schema(type = "integer", defaultValue = "1440")))
  @ApiResponse(
      responseCode = "200",
      description = "the key, and its new secret",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = MadeView.class)))
  MadeView rotate(String id, @Parameter(hidden = true) HttpRequest<?> request) {
    int minutes =
        Parameters.of(request, Set.of("overlap_minutes"))
            .number("overlap_minutes", 0, LONGEST_OVERLAP_MINUTES, OVERLAP_MINUTES);
    NamedKey before = keys.find(id).orElseThrow(() -> new Problem(ProblemCode.KEY_NOT_FOUND));
    NamedKeys.Made made =
        keys.rotate(id, Duration.ofMinutes(minutes), RequestScope.of(request).principal().name());
    if (minutes == 0) {
      access.cut(before, request);
    }
    return made(made);
  }

  /** Ends a key: when this answers, no request and no open stream goes on with it. */
  @Delete(uri = "/{id}", consumes = MediaType.ALL)
  @Status(HttpStatus.NO_CONTENT)
  @Operation(operationId = "revokeKey", summary = "Revoke a key")
  @ApiResponse(responseCode = "204", description = "revoked")
  HttpResponse<?> revoke(String id, HttpRequest<?> request) {
    access.cut(keys.revoke(id, RequestScope.of(request).principal().name()), request);
    return HttpResponse.noContent();
  }

  private KeyView view(NamedKey key) {
    return KeyView.of(key, usage.ofKey(key.id()), seen.of(key.id()), Instant.now());
  }

  private MadeView made(NamedKeys.Made made) {
    return new MadeView(made.text(), view(made.key()));
  }

  /** What was done to keys. */
  @Schema(name = "KeyChanges")
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record ChangeList(List<ChangeView> items) {}

  /**
   * What was done to a key.
   *
   * @param who the principal that did it
   * @param what key-created, key-rotated, key-revoked or key-seen
   * @param subject id of the key
   * @param detail its role and label, how long its secrets overlap, or where it was seen
   */
  @Schema(name = "KeyChange")
  @Serdeable
  record ChangeView(Instant at, String who, String what, String subject, String detail) {
    static ChangeView of(Change change) {
      return new ChangeView(
          change.at(), change.who(), change.what(), change.subject(), change.detail());
    }
  }

  /** The keys there are. */
  @Schema(name = "Keys")
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record KeyList(List<KeyView> items) {}

  /**
   * A new secret.
   *
   * @param secret to be sent as Authorization: Bearer; not kept, so it cannot be shown again
   */
  @Schema(name = "MadeKey")
  @Serdeable
  record MadeView(String secret, KeyView key) {}
}
