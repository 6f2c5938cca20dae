package dev.zhiku.server.documents;

import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.Passage;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.http.AcceptedLanguage;
import dev.zhiku.server.http.Parameters;
import dev.zhiku.server.http.Problems;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Set;

/** The text around a passage, for whoever wants to see where a quote stands. */
@Controller("/documents")
@ExecuteOn(TaskExecutors.BLOCKING)
@Problems
@Tag(name = "documents")
final class ExcerptController {
  private static final int MAX_AROUND = 20;
  private static final int DEFAULT_AROUND = 2;
  private static final Set<String> PARAMETERS = Set.of("passage", "before", "after");

  private final VisibleDocuments documents;
  private final KnowledgeIndex index;

  ExcerptController(VisibleDocuments documents, KnowledgeIndex index) {
    this.documents = documents;
    this.index = index;
  }

  /** Shows the text around a passage, as the index has it now. */
  @Get("/{id}/view")
  @Operation(
      operationId = "viewDocument",
      summary = "The text around a passage of a document",
      parameters = {
        @Parameter(
            name = "passage",
            in = ParameterIn.QUERY,
            description = "ordinal of the passage; of one that is no more, the last is shown",
            schema = @Schema(implementation = Integer.class, minimum = "0", defaultValue = "0")),
        @Parameter(
            name = "before",
            in = ParameterIn.QUERY,
            description = "passages before it",
            schema =
                @Schema(
                    implementation = Integer.class,
                    minimum = "0",
                    maximum = "20",
                    defaultValue = "2")),
        @Parameter(
            name = "after",
            in = ParameterIn.QUERY,
            description = "passages after it",
            schema =
                @Schema(
                    implementation = Integer.class,
                    minimum = "0",
                    maximum = "20",
                    defaultValue = "2"))
      })
  ExcerptView view(HttpRequest<?> request, String id) throws InterruptedException {
    Parameters parameters = Parameters.of(request, PARAMETERS);
    int asked = parameters.number("passage", 0, Integer.MAX_VALUE, 0);
    int before = parameters.number("before", 0, MAX_AROUND, DEFAULT_AROUND);
    int after = parameters.number("after", 0, MAX_AROUND, DEFAULT_AROUND);
    CatalogEntry entry = documents.load(RequestScope.of(request), id);
    DocumentView document = DocumentView.of(entry, AcceptedLanguage.of(request));
    try (KnowledgeIndex.Snapshot snapshot = index.snapshot()) {
      int total = snapshot.passageCount(entry.id());
      int middle = Math.max(0, Math.min(asked, total - 1));
      int from = Math.max(0, middle - before);
      List<Passage> passages = snapshot.passages(entry.id(), from, middle - from + 1 + after);
      int to = from + Math.max(0, passages.size() - 1);
      return new ExcerptView(document, total, from, to, Excerpt.of(passages));
    }
  }
}
