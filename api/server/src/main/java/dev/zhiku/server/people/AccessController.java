package dev.zhiku.server.people;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.search.Principal;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.index.Filter;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.http.Parameters;
import dev.zhiku.server.http.Problems;
import dev.zhiku.server.http.RequestBodies;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.identity.AccessRule;
import dev.zhiku.server.identity.AccessRules;
import dev.zhiku.server.identity.AskerUsage;
import dev.zhiku.server.identity.Identities;
import dev.zhiku.server.identity.Role;
import dev.zhiku.server.identity.Sight;
import dev.zhiku.server.identity.Subjects;
import dev.zhiku.server.query.AnswerRuns;
import dev.zhiku.server.query.NamedDocuments;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Set;

/** Who may see what: rules and groups, what they come to, and who changed them. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Problems
@Tag(name = "access")
final class AccessController {
  private static final int MAX_BODY_BYTES = 4 * 1_024 * 1_024;
  private static final int LISTED = 100;
  private static final int MOST_LISTED = 1_000;

  private final AccessRules rules;
  private final Subjects subjects;
  private final Sight sight;
  private final DocumentCatalog catalog;
  private final AnswerRuns runs;
  private final AskerUsage usage;
  private final RequestBodies bodies;
  private final AccessBodies read;

  AccessController(
      AccessRules rules,
      Identities identities,
      DocumentCatalog catalog,
      AnswerRuns runs,
      AskerUsage usage,
      RequestBodies bodies) {
    this.rules = rules;
    this.subjects = new Subjects(identities);
    this.sight = new Sight(identities);
    this.catalog = catalog;
    this.runs = runs;
    this.usage = usage;
    this.bodies = bodies;
    this.read = new AccessBodies(subjects);
  }

  /** The rules, in the order in which they were given, which decides nothing. */
  @Get("/access/rules")
  @Operation(operationId = "listRules", summary = "List the rules of who may see what")
  AccessViews.Rules rules() {
    return AccessViews.Rules.of(rules.state().rules(), subjects);
  }

  /** Puts rules in place of all before; the next request is judged by them. */
  @Put(uri = "/access/rules", consumes = MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "putRules",
      summary = "Say who may see what",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = AccessBodies.RulesBody.class))))
  @ApiResponse(
      responseCode = "200",
      description = "the rules",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = AccessViews.Rules.class)))
  AccessViews.Rules put(HttpRequest<?> request) {
    Scope scope = RequestScope.of(request);
    rules.rules(
        read.rules(
            bodies.json(request, scope.client(), MAX_BODY_BYTES, AccessBodies.RulesBody.class)),
        scope.principal().name());
    withdraw();
    return rules();
  }

  /** Groups by name, with their members. */
  @Get("/groups")
  @Operation(operationId = "listGroups", summary = "List groups and their members")
  AccessViews.Groups groups() {
    return AccessViews.Groups.of(rules.state().groups(), subjects);
  }

  /** Puts groups in place of all before; the next request is judged by them. */
  @Put(uri = "/groups", consumes = MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "putGroups",
      summary = "Say who is in which group",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = AccessBodies.GroupsBody.class))))
  @ApiResponse(
      responseCode = "200",
      description = "the groups",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = AccessViews.Groups.class)))
  AccessViews.Groups putGroups(HttpRequest<?> request) {
    Scope scope = RequestScope.of(request);
    rules.groups(
        read.groups(
            bodies.json(request, scope.client(), MAX_BODY_BYTES, AccessBodies.GroupsBody.class)),
        scope.principal().name());
    withdraw();
    return groups();
  }

  /** Answers that are written for somebody who sees other documents now end. */
  private void withdraw() {
    runs.withdraw(sight::stands);
  }

  /** What somebody may see, by which rules. */
  @Get("/access/show")
  @Operation(
      operationId = "showAccess",
      summary = "Show what somebody may see",
      parameters =
          @Parameter(
              name = "subject",
              in = ParameterIn.QUERY,
              required = true,
              description = "name of a person, or a principal such as key:ID",
              schema = @Schema(implementation = String.class)))
  AccessViews.Sight show(@Parameter(hidden = true) HttpRequest<?> request) {
    Parameters parameters = Parameters.of(request, Set.of("subject"));
    Principal asked = principal(parameters);
    Role role = subjects.role(asked);
    Filter visible = rules.visible(asked, role);
    return new AccessViews.Sight(
        asked.name(),
        subjects.shown(asked.name()),
        role.wireName(),
        rules.groupsOf(asked, role),
        visible.equals(new Filter.All()),
        catalog.counts(visible).total(),
        AccessViews.UsageView.of(usage.of(asked)),
        AccessViews.Rules.of(rules.rulesOf(asked, role), subjects).items());
  }

  /** What everybody who asks has used; who asked last comes first. */
  @Get("/access/usage")
  @Operation(
      operationId = "listUsage",
      summary = "List what askers have used",
      parameters =
          @Parameter(
              name = "limit",
              in = ParameterIn.QUERY,
              description = "no more are listed, 1 to 1,000",
              schema = @Schema(type = "integer", defaultValue = "100")))
  AccessViews.Used usage(@Parameter(hidden = true) HttpRequest<?> request) {
    int limit = Parameters.of(request, Set.of("limit")).number("limit", 1, MOST_LISTED, LISTED);
    return AccessViews.Used.of(usage.last(limit), subjects);
  }

  /** Whether somebody may see a document, and which rules say so. */
  @Get("/access/why")
  @Operation(
      operationId = "whyAccess",
      summary = "Say why somebody may see a document, or may not",
      parameters = {
        @Parameter(
            name = "subject",
            in = ParameterIn.QUERY,
            required = true,
            description = "name of a person, or a principal such as key:ID",
            schema = @Schema(implementation = String.class)),
        @Parameter(
            name = "document",
            in = ParameterIn.QUERY,
            required = true,
            description = "its id, path or name",
            schema = @Schema(implementation = String.class))
      })
  AccessViews.Reason why(@Parameter(hidden = true) HttpRequest<?> request) {
    Parameters parameters = Parameters.of(request, Set.of("subject", "document"));
    Principal asked = principal(parameters);
    Role role = subjects.role(asked);
    CatalogEntry document =
        new NamedDocuments(catalog, RequestScope.of(request).visible())
            .of(parameters.text("document", Filter.MAX_PATH_CHARS).orElse("")).stream()
                .findFirst()
                .orElseThrow(() -> new Problem(ProblemCode.DOCUMENT_NOT_FOUND));
    List<AccessRule> meaning =
        rules.rulesOf(asked, role).stream()
            .filter(rule -> rules.means(rule, document.source(), document.path()))
            .toList();
    return new AccessViews.Reason(
        rules.visible(asked, role).accepts(document),
        reason(role, meaning),
        document.source(),
        document.path(),
        AccessViews.Rules.of(meaning, subjects).items());
  }

  private String reason(Role role, List<AccessRule> meaning) {
    if (role == Role.ADMIN) {
      return "administrator";
    }
    if (rules.state().rules().isEmpty()) {
      return "no-rules";
    }
    if (meaning.stream().anyMatch(rule -> !rule.allows())) {
      return "denied";
    }
    return meaning.isEmpty() ? "not-allowed" : "allowed";
  }

  private Principal principal(Parameters parameters) {
    return parameters
        .text("subject", Subjects.MAX_CHARS)
        .flatMap(subjects::principal)
        .orElseThrow(
            () ->
                new Problem(
                    ProblemCode.VALUE_OUT_OF_RANGE, "subject", ServerText.of("rule.asker")));
  }

  /** Who changed keys, persons, rules and groups, and when; the newest first. */
  @Get("/access/changes")
  @Operation(
      operationId = "listAccessChanges",
      summary = "List changes of who may do and see what",
      parameters =
          @Parameter(
              name = "limit",
              in = ParameterIn.QUERY,
              description = "no more are listed, 1 to 1,000",
              schema = @Schema(type = "integer", defaultValue = "100")))
  AccessViews.Changes changes(@Parameter(hidden = true) HttpRequest<?> request) {
    int limit = Parameters.of(request, Set.of("limit")).number("limit", 1, MOST_LISTED, LISTED);
    return AccessViews.Changes.of(rules.changes(limit));
  }
}
