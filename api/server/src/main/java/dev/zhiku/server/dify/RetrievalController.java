package dev.zhiku.server.dify;

import dev.zhiku.answering.answer.AnswerEvent.Answered;
import dev.zhiku.answering.answer.AnswerEvent.Failed;
import dev.zhiku.answering.answer.AnswerEvent.NoEvidence;
import dev.zhiku.answering.answer.AnswerEvent.PassagesOnly;
import dev.zhiku.answering.answer.AnswerEvent.Terminal;
import dev.zhiku.answering.answer.Question;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.http.AcceptedLanguage;
import dev.zhiku.server.http.BaseAddress;
import dev.zhiku.server.http.ClientConnection;
import dev.zhiku.server.http.DifyError;
import dev.zhiku.server.http.JsonFields;
import dev.zhiku.server.http.RequestBodies;
import dev.zhiku.server.http.ServerConfig;
import dev.zhiku.server.query.AnswerRuns;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** {@code /retrieval}: passages for Dify, as its External Knowledge API asks for them. */
@Controller(DifyError.PATH)
@Tag(name = "dify")
@ExecuteOn(TaskExecutors.BLOCKING)
final class RetrievalController {
  /** The knowledge base that is every source. */
  private static final String ALL = "zhiku";

  private static final int MAX_BODY_BYTES = 512 * 1_024;
  private static final int MAX_NAME_CHARS = 200;
  private static final int MOST_ASKED = 1_000;

  private final AnswerRuns runs;
  private final DocumentCatalog catalog;
  private final RequestBodies bodies;
  private final SearchConfig search;
  private final ServerConfig server;

  RetrievalController(
      AnswerRuns runs,
      DocumentCatalog catalog,
      RequestBodies bodies,
      SearchConfig search,
      ServerConfig server) {
    this.runs = runs;
    this.catalog = catalog;
    this.bodies = bodies;
    this.search = search;
    this.server = server;
  }

  /** Fields of Dify's question. */
  private record Wanted(
      String knowledge,
      String query,
      int limit,
      double threshold,
      Optional<Predicate<CatalogEntry>> condition) {}

  /** Finds passages of one source, or of all. */
  @Operation(
      operationId = "retrieveForDify",
      summary = "Passages, as Dify's External Knowledge API asks for them",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = RetrievalBody.class))))
  @ApiResponse(responseCode = "200", description = "the passages, best first")
  @ApiResponse(
      responseCode = "4XX",
      description = "an error of the request",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = DifyError.class)))
  @ApiResponse(
      responseCode = "5XX",
      description = "an error of the service",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = DifyError.class)))
  @Post(consumes = MediaType.APPLICATION_JSON)
  RetrievedRecords retrieve(HttpRequest<?> request) throws InterruptedException {
    Scope scope = RequestScope.of(request);
    runs.requirePlace(scope);
    Wanted wanted = bodies.read(request, scope.client(), MAX_BODY_BYTES, this::read);
    Question question =
        new Question(
            wanted.query(),
            wanted.limit(),
            Question.Mode.PASSAGES,
            false,
            filter(wanted, scope),
            List.of(),
            AcceptedLanguage.of(request));
    Terminal end = runs.start(question, scope, false).awaitTerminal(new ClientConnection(request));
    return RetrievedRecords.of(passages(end), wanted.threshold(), BaseAddress.of(server, request));
  }

  private Wanted read(byte[] body) {
    JsonFields fields = JsonFields.of(body);
    Optional<JsonFields> setting = fields.object("retrieval_setting");
    return new Wanted(
        JsonFields.text(fields.required("knowledge_id"), "knowledge_id", MAX_NAME_CHARS),
        query(fields),
        setting
            .flatMap(s -> s.integer("top_k", 1, MOST_ASKED))
            .map(limit -> Math.min(limit, SearchConfig.MAX_TOP_K))
            .orElse(search.topK()),
        setting.flatMap(s -> s.number("score_threshold", 0, 1)).orElse(0.0),
        fields.object("metadata_condition").map(MetadataCondition::of));
  }

  private static String query(JsonFields fields) {
    String query = JsonFields.text(fields.required("query"), "query").strip();
    int length = query.codePointCount(0, query.length());
    if (query.isBlank()) {
      throw new Problem(ProblemCode.QUESTION_EMPTY);
    }
    if (length > Question.MAX_CHARS) {
      throw new Problem(ProblemCode.QUESTION_TOO_LONG, Question.MAX_CHARS, length);
    }
    return query;
  }

  private Filter filter(Wanted wanted, Scope scope) {
    Filter source = source(wanted.knowledge(), scope);
    return wanted.condition().map(condition -> matching(source, condition, scope)).orElse(source);
  }

  private Filter source(String knowledge, Scope scope) {
    if (knowledge.equals(ALL)) {
      return new Filter.All();
    }
    if (!scope.seesSource(knowledge)
        || catalog.sources().stream().noneMatch(known -> known.name().equals(knowledge))) {
      throw new Problem(ProblemCode.SOURCE_NOT_FOUND, knowledge);
    }
    return new Filter.Source(knowledge);
  }

  /** The documents that meet a condition, each by its id: an index knows no such conditions. */
  private Filter matching(Filter source, Predicate<CatalogEntry> condition, Scope scope) {
    Filter asked = new Filter.AllOf(List.of(scope.visible(), source)).simplest();
    Set<DocumentId> ids = new HashSet<>();
    Optional<String> cursor = Optional.empty();
    do {
      DocumentCatalog.Page page =
          catalog.list(
              new DocumentCatalog.Query(
                  asked,
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  cursor,
                  DocumentCatalog.Query.MAX_LIMIT));
      page.entries().stream().filter(condition).map(CatalogEntry::id).forEach(ids::add);
      cursor = page.nextCursor();
    } while (cursor.isPresent());
    return new Filter.Documents(ids);
  }

  private static List<ScoredPassage> passages(Terminal end) {
    return switch (end) {
      case PassagesOnly found -> found.answer().passages();
      case NoEvidence none -> none.answer().passages();
      case Answered answered -> answered.answer().passages();
      case Failed failed -> throw new Problem(ProblemCode.INTERNAL_ERROR, failed.id());
    };
  }
}
