package dev.zhiku.server.status;

import static dev.zhiku.answering.problem.ProblemCode.DOCUMENT_NOT_FOUND;
import static dev.zhiku.answering.problem.ProblemCode.SOURCE_AT_REST;
import static dev.zhiku.answering.problem.ProblemCode.SOURCE_NOT_FOUND;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.ingest.catalog.DocumentCatalog.SourceState;
import dev.zhiku.ingest.source.Standing;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.http.AcceptedLanguage;
import dev.zhiku.server.http.Parameters;
import dev.zhiku.server.http.Problems;
import dev.zhiku.server.sources.SourceControl;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an administrator tells the ingest: rest, go on, believe what a folder looks like. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Problems
@Tag(name = "service")
final class IngestController {
  private static final Logger LOG = LoggerFactory.getLogger(IngestController.class);
  private static final Set<String> REINDEX_PARAMETERS = Set.of("source", "path");
  private static final int MAX_TEXT = 4_000;

  private final IngestControl ingest;
  private final DocumentCatalog catalog;
  private final SourceControl sources;

  IngestController(IngestControl ingest, DocumentCatalog catalog, SourceControl sources) {
    this.ingest = ingest;
    this.sources = sources;
    this.catalog = catalog;
  }

  /** Reads no further file until it is resumed, also after a restart; questions are answered. */
  @Post(value = "/ingest/pause", consumes = MediaType.ALL)
  @Operation(operationId = "pauseIngest", summary = "Read no further files for now")
  StatusView.QueueView pause() {
    ingest.pause();
    return StatusView.QueueView.of(catalog.queue());
  }

  /** Goes on reading files. */
  @Post(value = "/ingest/resume", consumes = MediaType.ALL)
  @Operation(operationId = "resumeIngest", summary = "Go on reading files")
  StatusView.QueueView resume() {
    ingest.resume();
    return StatusView.QueueView.of(catalog.queue());
  }

  /**
   * Has files read anew though nothing about them has changed: all, those of a {@code source}, or
   * those at and below a {@code path} inside it. They answer as before until then.
   */
  @Post(value = "/ingest/reindex", consumes = MediaType.ALL)
  @Operation(operationId = "reindex", summary = "Read files anew")
  @Parameter(
      name = "source",
      in = ParameterIn.QUERY,
      description = "name of one source",
      schema = @Schema(type = "string"))
  @Parameter(
      name = "path",
      in = ParameterIn.QUERY,
      description = "a file or a folder inside the source",
      schema = @Schema(type = "string"))
  @ApiResponse(
      responseCode = "202",
      description = "waiting to be read",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ReindexView.class)))
  HttpResponse<ReindexView> reindex(@Parameter(hidden = true) HttpRequest<?> request)
      throws InterruptedException {
    Parameters parameters = Parameters.of(request, REINDEX_PARAMETERS);
    Optional<String> source = parameters.text("source", MAX_TEXT);
    Optional<String> path = parameters.text("path", MAX_TEXT);
    int files =
        ingest
            .reindex(source, path.orElse(""))
            .orElseThrow(() -> new Problem(SOURCE_NOT_FOUND, source.orElse("")));
    if (files == 0 && path.isPresent()) {
      throw new Problem(DOCUMENT_NOT_FOUND);
    }
    return HttpResponse.<ReindexView>accepted()
        .body(new ReindexView(files, StatusView.QueueView.of(catalog.queue())));
  }

  private static boolean isAtRest(SourceControl.Managed source, String name) {
    return source.config().name().equals(name) && source.standing() != Standing.WATCHED;
  }

  /**
   * What waits because of it.
   *
   * @param files that will be read anew
   */
  @Schema(name = "Reindex")
  @Serdeable
  record ReindexView(int files, StatusView.QueueView queue) {}

  /** Believes a held source's folder as it is now: what is missing from it is removed. */
  @Post(value = "/sources/{name}/confirm", consumes = MediaType.ALL)
  @Operation(operationId = "confirmSource", summary = "Believe a held source as it is now")
  @ApiResponse(
      responseCode = "202",
      description = "the folder is looked through at once",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = StatusView.SourceView.class)))
  HttpResponse<StatusView.SourceView> confirm(HttpRequest<?> request, String name) {
    SourceState source =
        catalog.sources().stream()
            .filter(candidate -> candidate.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new Problem(SOURCE_NOT_FOUND, name));
    if (sources.list().stream().anyMatch(one -> isAtRest(one, name))) {
      throw new Problem(SOURCE_AT_REST, name);
    }
    if (!ingest.confirm(name)) {
      throw new Problem(SOURCE_NOT_FOUND, name);
    }
    LOG.info(
        "Source {} was confirmed from {}: what is missing from {} is removed. It was held because: {}",
        name,
        RequestScope.of(request).client(),
        source.root(),
        source.detail().english());
    return HttpResponse.<StatusView.SourceView>accepted()
        .body(StatusView.SourceView.of(source, AcceptedLanguage.of(request)));
  }
}
