package dev.zhiku.server.sources;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.index.Filter;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.ingest.catalog.DocumentCatalog.SourceState;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.http.AcceptedLanguage;
import dev.zhiku.server.http.JsonFields;
import dev.zhiku.server.http.Parameters;
import dev.zhiku.server.http.Problems;
import dev.zhiku.server.http.RequestBodies;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.http.StrictJson.Value;
import dev.zhiku.server.sources.SourceControl.Managed;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folders that are answered from: added, held and removed while the service runs. */
@Controller("/sources")
@ExecuteOn(TaskExecutors.BLOCKING)
@Problems
@Tag(name = "service")
final class SourcesController {
  private static final Logger LOG = LoggerFactory.getLogger(SourcesController.class);
  private static final int MAX_BODY_BYTES = 64 * 1_024;
  private static final int MAX_PATH = 4_000;
  private static final int MAX_PATTERNS = 100;
  private static final int MAX_PATTERN = 1_000;
  private static final int LONGEST_SCAN_SECONDS = 86_400;

  private final SourceControl sources;
  private final DocumentCatalog catalog;
  private final RequestBodies bodies;

  SourcesController(SourceControl sources, DocumentCatalog catalog, RequestBodies bodies) {
    this.sources = sources;
    this.catalog = catalog;
    this.bodies = bodies;
  }

  /** Every source with its folder, its patterns and how often it is looked through. */
  @Get
  @Operation(operationId = "listSources", summary = "List the sources")
  SourceViews.Sources list(HttpRequest<?> request) {
    return new SourceViews.Sources(
        sources.list().stream().map(source -> view(source, request)).toList());
  }

  private SourceViews.Detail view(Managed source, HttpRequest<?> request) {
    String name = source.config().name();
    Optional<SourceState> seen =
        catalog.sources().stream().filter(state -> state.name().equals(name)).findFirst();
    return SourceViews.Detail.of(source, seen, documents(name), AcceptedLanguage.of(request));
  }

  private long documents(String source) {
    return catalog.counts(new Filter.Source(source)).total();
  }

  /**
   * Adds a folder of the machine of the service. Where there are rules of who may see what, nobody
   * but administrators sees its documents until a rule names it.
   */
  @Post(consumes = MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "addSource",
      summary = "Add a source",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = SourceViews.NewSource.class))))
  @ApiResponse(
      responseCode = "201",
      description = "the source; its files are read from now on",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = SourceViews.Detail.class)))
  HttpResponse<SourceViews.Detail> add(HttpRequest<?> request) {
    Scope scope = RequestScope.of(request);
    SourceConfig wanted =
        wanted(bodies.json(request, scope.client(), MAX_BODY_BYTES, SourceViews.NewSource.class));
    Managed added = sources.add(wanted);
    LOG.info("Source {} ({}) was added by {}.", wanted.name(), wanted.path(), who(scope));
    return HttpResponse.<SourceViews.Detail>status(HttpStatus.CREATED).body(view(added, request));
  }

  private static SourceConfig wanted(JsonFields body) {
    String name =
        body.text("name", SourceConfig.MAX_NAME)
            .filter(SourceConfig::isName)
            .orElseThrow(
                () -> body.refusal("name", ServerText.of("rule.source", SourceConfig.MAX_NAME)));
    String path =
        body.text("path", MAX_PATH)
            .filter(text -> !text.isBlank())
            .orElseThrow(() -> body.refusal("path", ServerText.of("rule.given")));
    int seconds =
        body.integer("scan_seconds", 1, LONGEST_SCAN_SECONDS)
            .orElse((int) SourceConfig.DEFAULT_SCAN.toSeconds());
    boolean readOnly = body.bool("read_only").orElse(false);
    List<String> include = patterns(body, "include");
    List<String> exclude = patterns(body, "exclude");
    try {
      return new SourceConfig(
          name,
          SourceRules.path(path),
          readOnly,
          include,
          exclude,
          Duration.ofSeconds(seconds),
          false);
    } catch (IllegalArgumentException e) {
      throw body.refusal("include", ServerText.of("rule.patterns"));
    }
  }

  private static List<String> patterns(JsonFields body, String name) {
    List<Value> items =
        body.items(name, MAX_PATTERNS, () -> ServerText.of("rule.list", MAX_PATTERNS))
            .orElse(List.of());
    return items.stream().map(item -> JsonFields.text(item, name, MAX_PATTERN)).toList();
  }

  private static String who(Scope scope) {
    return scope.principal().name() + " from " + scope.client();
  }

  /** Leaves the folder of a source alone; what is known of it is answered from as before. */
  @Post(value = "/{name}/hold", consumes = MediaType.ALL)
  @Operation(operationId = "holdSource", summary = "Leave the folder of a source alone")
  SourceViews.Detail hold(HttpRequest<?> request, String name) throws InterruptedException {
    Managed held = sources.hold(name);
    LOG.info("Source {} was held by {}.", name, who(RequestScope.of(request)));
    return view(held, request);
  }

  /** Looks through a folder again; also takes back a removal, and switches samples on for good. */
  @Post(value = "/{name}/resume", consumes = MediaType.ALL)
  @Operation(operationId = "resumeSource", summary = "Look through the folder of a source again")
  SourceViews.Detail resume(HttpRequest<?> request, String name) throws InterruptedException {
    Managed resumed = sources.resume(name);
    LOG.info("Source {} was resumed by {}.", name, who(RequestScope.of(request)));
    return view(resumed, request);
  }

  /**
   * Removes a source that was added, or the samples. Without {@code confirm} its folder is left
   * alone and its documents stay until that is confirmed or taken back; its files stay anyway.
   */
  @Delete(value = "/{name}", consumes = MediaType.ALL)
  @Operation(operationId = "removeSource", summary = "Remove a source")
  @Parameter(
      name = "confirm",
      in = ParameterIn.QUERY,
      description = "true: its documents go now",
      schema = @Schema(type = "boolean", defaultValue = "false"))
  SourceViews.Removal remove(@Parameter(hidden = true) HttpRequest<?> request, String name)
      throws InterruptedException {
    String confirm =
        Parameters.of(request, Set.of("confirm")).text("confirm", MAX_PATH).orElse("false");
    if (!confirm.equals("true") && !confirm.equals("false")) {
      throw new Problem(
          ProblemCode.VALUE_OUT_OF_RANGE, "confirm", ServerText.of("rule.true-or-false"));
    }
    Optional<Integer> gone = sources.remove(name, confirm.equals("true"));
    LOG.info(
        "Source {} was {} by {}.",
        name,
        gone.isPresent() ? "removed" : "marked for removal",
        who(RequestScope.of(request)));
    return new SourceViews.Removal(
        name, gone.isPresent(), gone.map(Integer::longValue).orElseGet(() -> documents(name)));
  }
}
