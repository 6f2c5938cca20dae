package dev.zhiku.server.documents;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.health.StoreHealth;
import dev.zhiku.ingest.source.SourceFileException;
import dev.zhiku.ingest.source.SourceFiles;
import dev.zhiku.ingest.source.TrashedFile;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.audit.DeletedDocument;
import dev.zhiku.server.http.AcceptedLanguage;
import dev.zhiku.server.http.Parameters;
import dev.zhiku.server.http.Problems;
import dev.zhiku.server.http.ServerText;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
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
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The deleted files that are still kept: listed, put back, deleted for good. */
@Controller("/trash")
@ExecuteOn(TaskExecutors.BLOCKING)
@Problems
@Tag(name = "documents")
final class TrashController {
  private static final int LIMIT = 50;
  private static final int MOST = 500;
  private static final int CURSOR_CHARS = 32;

  private final SourceFiles files;
  private final UploadsConfig uploads;
  private final StoreHealth health;

  TrashController(SourceFiles files, UploadsConfig uploads, StoreHealth health) {
    this.files = files;
    this.uploads = uploads;
    this.health = health;
  }

  /** Lists deleted files that are still kept, the one that was deleted last first. */
  @Get
  @Operation(
      operationId = "listTrash",
      summary = "List deleted files that are still kept",
      parameters = {
        @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            description = "no more are listed, 1 to 500",
            schema = @Schema(type = "integer", defaultValue = "50")),
        @Parameter(
            name = "cursor",
            in = ParameterIn.QUERY,
            description = "next_cursor of the part before",
            schema = @Schema(type = "string"))
      })
  TrashView.Listing list(@Parameter(hidden = true) HttpRequest<?> request) {
    Parameters given = Parameters.of(request, Set.of("limit", "cursor"));
    int limit = given.number("limit", 1, MOST, LIMIT);
    Optional<DocumentId> last = given.cursor(CURSOR_CHARS, TrashController::cursor);
    List<TrashedFile> all = files.trashed(visible(request));
    int from = last.map(id -> after(all, id)).orElse(0);
    List<TrashedFile> part = all.subList(from, Math.min(all.size(), from + limit));
    return new TrashView.Listing(
        part.stream().map(TrashView::of).toList(),
        from + part.size() < all.size()
            ? Optional.of(part.getLast().id().value())
            : Optional.empty());
  }

  private static Optional<DocumentId> cursor(String text) {
    return Optional.of(text).filter(DocumentId::isWellFormed).map(DocumentId::new);
  }

  /** The place behind a file; the beginning if it left the trash since. */
  private static int after(List<TrashedFile> all, DocumentId id) {
    return 1 + all.stream().map(TrashedFile::id).toList().indexOf(id);
  }

  /**
   * Puts a file back where it lay, or under another path of its source. A new document comes of it;
   * nothing is written over. The trash keeps the file until it is there.
   */
  @Post(value = "/{id}/restore", consumes = MediaType.ALL)
  @Operation(
      operationId = "restoreFromTrash",
      summary = "Put a deleted file back",
      parameters =
          @Parameter(
              name = "path",
              in = ParameterIn.QUERY,
              description = "inside its source; where it is left out, the path where it lay",
              schema = @Schema(type = "string", maxLength = Filter.MAX_PATH_CHARS)))
  @ApiResponse(
      responseCode = "202",
      description = "put back, and waiting to be indexed",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = DocumentView.class)))
  HttpResponse<DocumentView> restore(@Parameter(hidden = true) HttpRequest<?> request, String id)
      throws InterruptedException {
    Optional<String> path =
        Parameters.of(request, Set.of("path")).text("path", Filter.MAX_PATH_CHARS);
    checkWritable();
    if (health.disk().state().isReadOnly()) {
      throw new Problem(ProblemCode.DISK_FULL);
    }
    TrashedFile file = load(request, id);
    CatalogEntry entry = restored(file, path, visible(request));
    return HttpResponse.<DocumentView>accepted(URI.create("/documents/" + entry.id().value()))
        .body(DocumentView.of(entry, AcceptedLanguage.of(request)));
  }

  private CatalogEntry restored(TrashedFile file, Optional<String> path, Filter visible)
      throws InterruptedException {
    try {
      return files.restore(file.id(), path, visible);
    } catch (SourceFileException.Exists e) {
      throw new Problem(ProblemCode.PATH_TAKEN, path.orElse(file.path()));
    }
  }

  /** Deletes one file for good: it cannot be put back then. */
  @Delete(value = "/{id}", consumes = MediaType.ALL)
  @Operation(operationId = "deleteFromTrash", summary = "Delete a file in the trash for good")
  @ApiResponse(responseCode = "204", description = "deleted for good")
  HttpResponse<?> delete(HttpRequest<?> request, String id) {
    checkWritable();
    files.discard(load(request, id).id(), visible(request));
    return HttpResponse.noContent();
  }

  /** Deletes every file in the trash for good. */
  @Delete(consumes = MediaType.ALL)
  @Operation(operationId = "emptyTrash", summary = "Delete every file in the trash for good")
  TrashView.Emptied empty(HttpRequest<?> request) {
    checkWritable();
    return new TrashView.Emptied(files.discardAll(visible(request)));
  }

  private TrashedFile load(HttpRequest<?> request, String id) {
    if (!DocumentId.isWellFormed(id)) {
      throw new Problem(ProblemCode.DOCUMENT_NOT_FOUND);
    }
    TrashedFile found = files.trashed(new DocumentId(id), visible(request));
    DeletedDocument.note(request, found);
    return found;
  }

  private static Filter visible(HttpRequest<?> request) {
    return RequestScope.of(request).visible();
  }

  private void checkWritable() {
    if (!uploads.enabled()) {
      throw new Problem(ProblemCode.NOT_ALLOWED, ServerText.of("uploads-off"));
    }
  }
}
