package dev.zhiku.server.documents;

import static dev.zhiku.answering.problem.ProblemCode.VALUE_OUT_OF_RANGE;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import dev.zhiku.index.Passage;
import dev.zhiku.index.words.SoughtWords;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.http.Parameters;
import dev.zhiku.server.http.Problems;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.identity.Identities;
import dev.zhiku.server.identity.Sight;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All documents and passages that hold certain words, without a model and without a ranking. */
@Controller("/search")
@ExecuteOn(TaskExecutors.BLOCKING)
@Problems
@Tag(name = "documents")
final class WordSearchController {
  private static final int MAX_CHARS = 1_024;
  private static final int MAX_LIMIT = 100;
  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_PASSAGES = 200;
  private static final int DEFAULT_PASSAGES = 3;
  private static final int MAX_GROUPS = 200;
  private static final MediaType CSV = MediaType.of("text/csv;charset=utf-8");

  private static final Set<String> NARROWING =
      Set.of("q", "source", "path_prefix", "document", "media_type", "sort");
  private static final Set<String> LIST_PARAMETERS =
      Set.of(
          "q",
          "source",
          "path_prefix",
          "document",
          "media_type",
          "sort",
          "limit",
          "cursor",
          "passages");

  private final DocumentCatalog catalog;
  private final KnowledgeIndex index;
  private final Sight sight;

  WordSearchController(DocumentCatalog catalog, KnowledgeIndex index, Identities identities) {
    this.catalog = catalog;
    this.index = index;
    this.sight = new Sight(identities);
  }

  /** Lists every document that holds all the words, with its first passages, and counts them. */
  @Get
  @Operation(
      operationId = "searchWords",
      summary = "All documents and passages that hold words",
      parameters = {
        @Parameter(
            name = "q",
            in = ParameterIn.QUERY,
            required = true,
            description = "words, all of which are held; what is in quotation marks as written",
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
            name = "document",
            in = ParameterIn.QUERY,
            description = "id of one document",
            schema = @Schema(implementation = String.class)),
        @Parameter(
            name = "media_type",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class)),
        @Parameter(
            name = "sort",
            in = ParameterIn.QUERY,
            schema =
                @Schema(
                    implementation = String.class,
                    allowableValues = {"path", "count"},
                    defaultValue = "path")),
        @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            description = "documents in the answer",
            schema =
                @Schema(
                    implementation = Integer.class,
                    minimum = "1",
                    maximum = "100",
                    defaultValue = "20")),
        @Parameter(
            name = "passages",
            in = ParameterIn.QUERY,
            description = "most passages shown of each document",
            schema =
                @Schema(
                    implementation = Integer.class,
                    minimum = "1",
                    maximum = "200",
                    defaultValue = "3")),
        @Parameter(
            name = "cursor",
            in = ParameterIn.QUERY,
            description = "next_cursor of the part before",
            schema = @Schema(implementation = String.class))
      })
  WordSearchView search(HttpRequest<?> request) throws InterruptedException {
    Parameters parameters = Parameters.of(request, LIST_PARAMETERS);
    int limit = parameters.number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
    int each = parameters.number("passages", 1, MAX_PASSAGES, DEFAULT_PASSAGES);
    int from = parameters.number("cursor", 0, Integer.MAX_VALUE, 0);
    Filter filter = filter(request, parameters);
    long unread = unread(filter);
    try (Snapshot snapshot = index.committedSnapshot()) {
      WordSearch search = find(snapshot, parameters, filter);
      List<DocumentMeta> shown = search.documents().stream().skip(from).limit(limit).toList();
      Map<DocumentId, List<Passage>> texts = WordSearch.load(snapshot, search, shown, each);
      int end = from + shown.size();
      return new WordSearchView(
          parameters.text("q", MAX_CHARS).orElse(""),
          search.documents().size(),
          search.total(),
          search.complete(),
          unread,
          folders(search),
          types(search),
          shown.stream().map(document -> match(search, document, texts)).toList(),
          end < search.documents().size() ? Optional.of(Integer.toString(end)) : Optional.empty());
    }
  }

  /** Gives every passage that holds the words as a row of a table. */
  @Get("/table")
  @Produces(MediaType.ALL)
  @Operation(
      operationId = "searchWordsTable",
      summary = "All passages that hold words, as CSV",
      parameters = {
        @Parameter(
            name = "q",
            in = ParameterIn.QUERY,
            required = true,
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
            name = "document",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class)),
        @Parameter(
            name = "media_type",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class)),
        @Parameter(
            name = "sort",
            in = ParameterIn.QUERY,
            schema =
                @Schema(
                    implementation = String.class,
                    allowableValues = {"path", "count"}))
      })
  @ApiResponse(
      responseCode = "200",
      description = "the table",
      content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
  HttpResponse<?> table(HttpRequest<?> request) throws InterruptedException {
    Parameters parameters = Parameters.of(request, NARROWING);
    Filter filter = filter(request, parameters);
    try (Snapshot snapshot = index.committedSnapshot()) {
      WordSearch search = find(snapshot, parameters, filter);
      Scope scope = RequestScope.of(request);
      InputStream rows = WordSearchTable.of(index, search, () -> sight.now(scope));
      return HttpResponse.ok(new StreamedFile(rows, CSV))
          .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"zhiku-search.csv\"");
    }
  }

  private static WordSearch find(Snapshot snapshot, Parameters parameters, Filter filter)
      throws InterruptedException {
    SoughtWords sought = SoughtWords.of(parameters.text("q", MAX_CHARS).orElse(""));
    if (sought.isEmpty()) {
      throw new Problem(VALUE_OUT_OF_RANGE, "q", ServerText.of("rule.sought-words"));
    }
    String folder = parameters.text("path_prefix", MAX_CHARS).orElse("");
    return WordSearch.in(snapshot, sought, filter, folder, order(parameters));
  }

  private static WordSearch.Order order(Parameters parameters) {
    return switch (parameters.text("sort", MAX_CHARS).orElse("path")) {
      case "path" -> WordSearch.Order.PATH;
      case "count" -> WordSearch.Order.COUNT;
      default -> throw new Problem(VALUE_OUT_OF_RANGE, "sort", ServerText.of("rule.search-sort"));
    };
  }

  /** Filter of what the asker may see, narrowed by what the request asks for. */
  private static Filter filter(HttpRequest<?> request, Parameters parameters) {
    List<Filter> all = new ArrayList<>();
    all.add(RequestScope.of(request).visible());
    parameters.text("source", MAX_CHARS).ifPresent(name -> all.add(new Filter.Source(name)));
    parameters
        .text("path_prefix", MAX_CHARS)
        .ifPresent(prefix -> all.add(new Filter.PathPrefix(prefix)));
    parameters
        .text("media_type", MAX_CHARS)
        .ifPresent(type -> all.add(new Filter.MediaTypes(Set.of(type))));
    parameters
        .text("document", MAX_CHARS)
        .ifPresent(
            id ->
                all.add(
                    DocumentId.isWellFormed(id)
                        ? new Filter.Documents(Set.of(new DocumentId(id)))
                        : new Filter.None()));
    return new Filter.AllOf(all).simplest();
  }

  private long unread(Filter filter) {
    DocumentCatalog.Counts counts = catalog.counts(filter);
    return counts.pending() + counts.failed();
  }

  private static List<WordSearchView.Folder> folders(WordSearch search) {
    return search.folders().entrySet().stream()
        .limit(MAX_GROUPS)
        .map(
            entry ->
                new WordSearchView.Folder(
                    entry.getKey().source(),
                    entry.getKey().folder(),
                    entry.getValue().documents(),
                    entry.getValue().passages()))
        .toList();
  }

  private static List<WordSearchView.Type> types(WordSearch search) {
    return search.types().entrySet().stream()
        .limit(MAX_GROUPS)
        .map(
            entry ->
                new WordSearchView.Type(
                    entry.getKey(), entry.getValue().documents(), entry.getValue().passages()))
        .toList();
  }

  private static WordSearchView.Match match(
      WordSearch search, DocumentMeta document, Map<DocumentId, List<Passage>> texts) {
    List<WordSearchView.Held> held =
        texts.getOrDefault(document.id(), List.of()).stream()
            .map(passage -> WordSearchView.Held.of(document, passage))
            .toList();
    return WordSearchView.Match.of(document, search.count(document), held);
  }
}
