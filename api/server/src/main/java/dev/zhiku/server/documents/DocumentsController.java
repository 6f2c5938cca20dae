package dev.zhiku.server.documents;

import static dev.zhiku.answering.problem.ProblemCode.DISK_FULL;
import static dev.zhiku.answering.problem.ProblemCode.NOT_ALLOWED;
import static dev.zhiku.answering.problem.ProblemCode.UNSUPPORTED_MEDIA_TYPE;
import static dev.zhiku.answering.problem.ProblemCode.UPLOAD_TOO_LARGE;
import static dev.zhiku.answering.problem.ProblemCode.VALUE_OUT_OF_RANGE;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.index.Filter;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.ingest.health.StoreHealth;
import dev.zhiku.ingest.source.SourceFiles;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.audit.DeletedDocument;
import dev.zhiku.server.erasure.Erasure;
import dev.zhiku.server.http.AcceptedLanguage;
import dev.zhiku.server.http.ClientDescriptors;
import dev.zhiku.server.http.Parameters;
import dev.zhiku.server.http.Problems;
import dev.zhiku.server.http.ServerText;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
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
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** The files of the knowledge base: what is known of each, its passages, its original. */
@Controller("/documents")
@ExecuteOn(TaskExecutors.BLOCKING)
@Problems
@Tag(name = "documents")
final class DocumentsController {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_PASSAGES = 200;

  /** Bytes that a form may add to those of its file: boundaries, headers, fields. */
  private static final long FORM_BYTES = 64 * 1_024;

  private static final Set<String> LIST_PARAMETERS =
      Set.of(
          "state",
          "q",
          "source",
          "path_prefix",
          "path",
          "media_type",
          "modified_after",
          "modified_before",
          "sort",
          "order",
          "limit",
          "cursor");
  private static final Set<String> PASSAGE_PARAMETERS = Set.of("limit", "cursor");

  private final DocumentCatalog catalog;
  private final VisibleDocuments documents;
  private final SourceFiles files;
  private final KnowledgeIndex index;
  private final UploadsConfig uploads;
  private final UploadSpool spool;
  private final StoreHealth health;
  private final ClientDescriptors descriptors;
  private final Erasure erasure;

  DocumentsController(
      DocumentCatalog catalog,
      VisibleDocuments documents,
      SourceFiles files,
      KnowledgeIndex index,
      UploadsConfig uploads,
      UploadSpool spool,
      StoreHealth health,
      ClientDescriptors descriptors,
      Erasure erasure) {
    this.catalog = catalog;
    this.documents = documents;
    this.files = files;
    this.index = index;
    this.uploads = uploads;
    this.spool = spool;
    this.health = health;
    this.descriptors = descriptors;
    this.erasure = erasure;
  }

  /** Lists documents, ordered by source and path if not sorted; every condition must hold. */
  @Get
  @Operation(
      operationId = "listDocuments",
      summary = "List documents",
      parameters = {
        @Parameter(
            name = "state",
            in = ParameterIn.QUERY,
            schema =
                @Schema(
                    implementation = String.class,
                    allowableValues = {"pending", "indexed", "failed", "skipped"})),
        @Parameter(
            name = "q",
            in = ParameterIn.QUERY,
            description = "part of the path, letter case aside",
            schema = @Schema(implementation = String.class)),
        @Parameter(
            name = "source",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class)),
        @Parameter(
            name = "path_prefix",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class)),
        @Parameter(
            name = "path",
            in = ParameterIn.QUERY,
            description = "exact path",
            schema = @Schema(implementation = String.class)),
        @Parameter(
            name = "media_type",
            in = ParameterIn.QUERY,
            description = "one or more media types, separated by commas",
            schema = @Schema(implementation = String.class)),
        @Parameter(
            name = "modified_after",
            in = ParameterIn.QUERY,
            description = "this time or later",
            schema = @Schema(implementation = String.class, format = "date-time")),
        @Parameter(
            name = "modified_before",
            in = ParameterIn.QUERY,
            description = "before this time",
            schema = @Schema(implementation = String.class, format = "date-time")),
        @Parameter(
            name = "sort",
            in = ParameterIn.QUERY,
            description = "what is compared; left out, source and path",
            schema =
                @Schema(
                    implementation = String.class,
                    allowableValues = {"name", "modified", "type", "state", "size"})),
        @Parameter(
            name = "order",
            in = ParameterIn.QUERY,
            description = "of sort",
            schema =
                @Schema(
                    implementation = String.class,
                    allowableValues = {"asc", "desc"},
                    defaultValue = "asc")),
        @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            schema =
                @Schema(
                    implementation = Integer.class,
                    minimum = "1",
                    maximum = "500",
                    defaultValue = "50")),
        @Parameter(
            name = "cursor",
            in = ParameterIn.QUERY,
            description = "next_cursor of the part before",
            schema = @Schema(implementation = String.class))
      })
  DocumentPage list(HttpRequest<?> request) {
    Parameters parameters = Parameters.of(request, LIST_PARAMETERS);
    DocumentCatalog.Page page = page(parameters, RequestScope.of(request).visible());
    Locale locale = AcceptedLanguage.of(request);
    return new DocumentPage(
        page.entries().stream().map(entry -> DocumentView.of(entry, locale)).toList(),
        page.nextCursor());
  }

  /** Tells what is known of one document. */
  @Get("/{id}")
  @Operation(operationId = "getDocument", summary = "One document")
  DocumentView get(HttpRequest<?> request, String id) {
    return DocumentView.of(load(request, id), AcceptedLanguage.of(request));
  }

  /** Lists the passages of a document in order, as the index has them now. */
  @Get("/{id}/passages")
  @Operation(
      operationId = "listPassages",
      summary = "Passages of a document",
      parameters = {
        @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            schema =
                @Schema(
                    implementation = Integer.class,
                    minimum = "1",
                    maximum = "200",
                    defaultValue = "50")),
        @Parameter(
            name = "cursor",
            in = ParameterIn.QUERY,
            description = "next_cursor of the part before",
            schema = @Schema(implementation = String.class))
      })
  PassagePage passages(HttpRequest<?> request, String id) throws InterruptedException {
    Parameters parameters = Parameters.of(request, PASSAGE_PARAMETERS);
    int limit = parameters.number("limit", 1, MAX_PASSAGES, DEFAULT_LIMIT);
    int from = parameters.number("cursor", 0, Integer.MAX_VALUE, 0);
    CatalogEntry entry = load(request, id);
    try (KnowledgeIndex.Snapshot snapshot = index.snapshot()) {
      return PassagePage.of(entry.name(), snapshot.passages(entry.id(), from, limit + 1), limit);
    }
  }

  /** Gives the original: shown if it is a PDF, plain text or an image, saved otherwise. */
  @Get("/{id}/content")
  @Produces(MediaType.ALL)
  @Operation(operationId = "getOriginal", summary = "The original file, whole or a range of it")
  @ApiResponse(
      responseCode = "200",
      description = "the file",
      content = @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary")))
  @ApiResponse(
      responseCode = "206",
      description = "the range asked for",
      content = @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary")))
  @ApiResponse(responseCode = "304", description = "the client has it already")
  HttpResponse<?> content(HttpRequest<?> request, String id) {
    CatalogEntry entry = load(request, id);
    if (RequestScope.of(request).masking().isOn()) {
      throw new Problem(NOT_ALLOWED, ServerText.of("no-originals"));
    }
    return Original.respond(request, entry, files.original(entry.id()), descriptors);
  }

  /** Stores an uploaded file in a source; it is indexed like any other file there. */
  @Post(consumes = MediaType.ALL)
  @Operation(operationId = "uploadDocument", summary = "Upload a file")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.MULTIPART_FORM_DATA,
              schema = @Schema(implementation = UploadSchema.class)))
  @ApiResponse(
      responseCode = "202",
      description = "stored, and waiting to be indexed",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = DocumentView.class)))
  HttpResponse<DocumentView> upload(@Parameter(hidden = true) ServerHttpRequest<?> request)
      throws InterruptedException {
    checkWritable();
    if (health.disk().state().isReadOnly()) {
      throw new Problem(DISK_FULL);
    }
    if (request.getContentLength() > uploads.maxFileBytes() + FORM_BYTES) {
      throw new Problem(UPLOAD_TOO_LARGE, uploads.maxFileBytes());
    }
    MediaType type =
        request
            .getContentType()
            .filter(MediaType.MULTIPART_FORM_DATA_TYPE::matches)
            .orElseThrow(() -> new Problem(UNSUPPORTED_MEDIA_TYPE));
    CatalogEntry entry = store(type, request);
    return HttpResponse.accepted(URI.create("/documents/" + entry.id().value()))
        .body(DocumentView.of(entry, AcceptedLanguage.of(request)));
  }

  /** Has a document read again now, whatever became of it before. */
  @Post(value = "/{id}/retry", consumes = MediaType.ALL)
  @Operation(operationId = "retryDocument", summary = "Read a document again")
  @ApiResponse(
      responseCode = "202",
      description = "waiting to be read",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = DocumentView.class)))
  HttpResponse<DocumentView> retry(HttpRequest<?> request, String id) throws InterruptedException {
    CatalogEntry entry = files.retry(load(request, id).id());
    return HttpResponse.<DocumentView>accepted()
        .body(DocumentView.of(entry, AcceptedLanguage.of(request)));
  }

  /**
   * Moves the original to the trash, kept 30 days, forgets the document, and soon takes its words
   * out of everything that was made of it.
   */
  @Delete(value = "/{id}", consumes = MediaType.ALL)
  @Operation(operationId = "deleteDocument", summary = "Delete a document and its file")
  @ApiResponse(responseCode = "204", description = "moved to the trash")
  HttpResponse<?> delete(HttpRequest<?> request, String id) throws InterruptedException {
    checkWritable();
    CatalogEntry entry = load(request, id);
    DeletedDocument.note(request, entry);
    files.delete(entry.id(), RequestScope.of(request).principal().name());
    erasure.due(entry.id());
    return HttpResponse.noContent();
  }

  private CatalogEntry store(MediaType type, ServerHttpRequest<?> request)
      throws InterruptedException {
    ClientDescriptors.Lease lease = descriptors.take();
    try {
      return storeSpooled(type, request);
    } finally {
      lease.close();
    }
  }

  private CatalogEntry storeSpooled(MediaType type, ServerHttpRequest<?> request)
      throws InterruptedException {
    Path file = spool.newFile();
    try {
      UploadForm form =
          UploadForm.read(type, request.byteBody().toInputStream(), file, uploads.maxFileBytes());
      try (InputStream content = Files.newInputStream(file)) {
        return files.store(
            form.source(),
            form.path(),
            content,
            form.onConflict(),
            RequestScope.of(request).visible());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      discard(file);
    }
  }

  private static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The spooled upload " + file + " stays behind", e);
    }
  }

  private void checkWritable() {
    if (!uploads.enabled()) {
      throw new Problem(NOT_ALLOWED, ServerText.of("uploads-off"));
    }
  }

  private CatalogEntry load(HttpRequest<?> request, String id) {
    return documents.load(RequestScope.of(request), id);
  }

  private DocumentCatalog.Page page(Parameters parameters, Filter visible) {
    DocumentCatalog.Query query = ListQuery.read(parameters, visible);
    try {
      return catalog.list(query);
    } catch (IllegalArgumentException e) {
      // All else was checked above: only the cursor is the catalogue's own.
      throw new Problem(VALUE_OUT_OF_RANGE, "cursor", ServerText.of("rule.cursor"));
    }
  }

  /** The form of an upload, for the description of the interface. */
  @Schema(name = "Upload")
  record UploadSchema(
      @Schema(
              type = "string",
              format = "binary",
              requiredMode = Schema.RequiredMode.REQUIRED,
              description = "the file")
          String file,
      @Schema(description = "a source; the first that may be written if left out") String source,
      @Schema(description = "path inside the source; the file's own name if left out") String path,
      @Schema(
              name = "on_conflict",
              type = "string",
              allowableValues = {"rename", "replace", "fail"},
              defaultValue = "rename")
          String onConflict) {}
}
