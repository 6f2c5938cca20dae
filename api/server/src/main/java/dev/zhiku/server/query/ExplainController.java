package dev.zhiku.server.query;

import dev.zhiku.answering.answer.Question;
import dev.zhiku.answering.explain.Explainer;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.index.Filter;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.http.AcceptedLanguage;
import dev.zhiku.server.http.JsonFields;
import dev.zhiku.server.http.Problems;
import dev.zhiku.server.http.RequestBodies;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;

/** {@code /explain}: why a document was found for a question, or why it was not. */
@Controller("/explain")
@Problems
@ExecuteOn(TaskExecutors.BLOCKING)
final class ExplainController {
  private final Explainer explainer;
  private final DocumentCatalog catalog;
  private final RequestBodies bodies;
  private final SearchConfig search;

  ExplainController(
      Explainer explainer, DocumentCatalog catalog, RequestBodies bodies, SearchConfig search) {
    this.explainer = explainer;
    this.catalog = catalog;
    this.bodies = bodies;
    this.search = search;
  }

  /**
   * Searches and judges as for an answer, writes none, and tells what became of one document. Where
   * several may be meant, they are listed and nothing else is told.
   */
  @Post(consumes = MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "explain",
      summary = "Why a document was found for a question, or not",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = ExplainBody.class))))
  ExplanationView explain(HttpRequest<?> request) throws InterruptedException {
    Scope scope = RequestScope.of(request);
    Locale locale = AcceptedLanguage.of(request);
    JsonFields fields =
        bodies.json(request, scope.client(), QuestionReader.MAX_BODY_BYTES, ExplainBody.class);
    String question = QuestionReader.question(fields, Question.Mode.ANSWER);
    String document =
        JsonFields.text(fields.required("document"), "document", Filter.MAX_PATH_CHARS).strip();
    int limit = fields.integer("top_k", 1, SearchConfig.MAX_TOP_K).orElse(search.topK());
    List<CatalogEntry> matches =
        document.isEmpty() ? List.of() : new NamedDocuments(catalog, scope.visible()).of(document);
    if (matches.isEmpty()) {
      throw new Problem(ProblemCode.DOCUMENT_NOT_FOUND);
    }
    if (matches.size() > 1) {
      return ExplanationView.of(matches, locale);
    }
    CatalogEntry entry = matches.getFirst();
    return ExplanationView.of(entry, explainer.explain(question, scope, limit, entry.id()), locale);
  }
}
