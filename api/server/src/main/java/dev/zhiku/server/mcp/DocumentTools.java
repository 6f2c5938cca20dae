package dev.zhiku.server.mcp;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.Passage;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.server.documents.VisibleDocuments;
import dev.zhiku.server.http.JsonFields;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.query.QuestionReader;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The tools {@code list} and {@code read}: documents that the asker may see. Thread-safe. */
@Singleton
final class DocumentTools {
  /** Fewest characters that {@code read} can be asked for: those of the longest passage. */
  static final int LEAST_CHARS = Passage.MAX_CHARS;

  /** Most characters that {@code read} gives at once. */
  static final int MOST_CHARS = 100_000;

  /** Characters that {@code read} gives unless asked otherwise. */
  static final int CHARS = 20_000;

  /** Most documents that {@code list} gives at once. */
  static final int MOST_LISTED = 100;

  /** Documents that {@code list} gives unless asked otherwise. */
  static final int LISTED = 20;

  private static final int PASSAGES_AT_ONCE = 100;
  private static final int MAX_TEXT_CHARS = 1_024;

  private final DocumentCatalog catalog;
  private final VisibleDocuments documents;
  private final KnowledgeIndex index;

  DocumentTools(DocumentCatalog catalog, VisibleDocuments documents, KnowledgeIndex index) {
    this.catalog = catalog;
    this.documents = documents;
    this.index = index;
  }

  /** Arguments of {@code list}; {@code filter} as that of {@code POST /query}. */
  private record Listing(
      @Nullable String state,
      @Nullable String text,
      @Nullable Map<?, ?> filter,
      @Nullable Integer limit,
      @Nullable String cursor) {}

  /** Arguments of {@code read}. */
  private record Reading(String documentId, @Nullable Integer from, @Nullable Integer maxChars) {}

  /** The tools. */
  List<Tool> all() {
    return List.of(
        new SimpleTool("read", Reading.class, this::read),
        new SimpleTool("list", Listing.class, this::list));
  }

  private ToolResult list(ToolCall call) {
    JsonFields arguments = call.arguments();
    DocumentCatalog.Page page =
        page(
            call.scope(),
            QuestionReader.filter(arguments),
            arguments.text("state").map(name -> state(arguments, name)),
            arguments.text("text", MAX_TEXT_CHARS),
            arguments.text("cursor", MAX_TEXT_CHARS),
            arguments.integer("limit", 1, MOST_LISTED).orElse(LISTED));
    return new ToolResult.Done(DocumentList.of(page, call.base(), call.locale()));
  }

  /** Documents that the asker may see, ordered by source and path. */
  DocumentCatalog.Page page(
      Scope scope,
      Filter wanted,
      Optional<State> state,
      Optional<String> text,
      Optional<String> cursor,
      int limit) {
    try {
      return catalog.list(
          new DocumentCatalog.Query(
              new Filter.AllOf(List.of(scope.visible(), wanted)).simplest(),
              state,
              text,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              cursor,
              limit));
    } catch (IllegalArgumentException e) {
      // All else was checked before: only the cursor is the catalogue's own.
      throw new Problem(ProblemCode.VALUE_OUT_OF_RANGE, "cursor", ServerText.of("rule.cursor"));
    }
  }

  private static State state(JsonFields arguments, String name) {
    for (State state : State.values()) {
      if (state.name().toLowerCase(Locale.ROOT).equals(name)) {
        return state;
      }
    }
    throw arguments.refusal("state", ServerText.of("rule.state"));
  }

  private ToolResult read(ToolCall call) throws InterruptedException {
    JsonFields arguments = call.arguments();
    String id = JsonFields.text(arguments.required("document_id"), "document_id");
    int from = arguments.integer("from", 0, Integer.MAX_VALUE).orElse(0);
    int budget = arguments.integer("max_chars", LEAST_CHARS, MOST_CHARS).orElse(CHARS);
    return new ToolResult.Done(
        DocumentText.of(
            visible(call.scope(), id), text(call.scope(), id, from, budget), call.base()));
  }

  /**
   * A document of this id.
   *
   * @throws Problem {@code document-not-found}, also for one that the asker may not see
   */
  CatalogEntry visible(Scope scope, String id) {
    return documents.load(scope, id);
  }

  /**
   * A part of a document.
   *
   * @param total passages of the document
   */
  record Part(List<Passage> passages, int total) {
    Part {
      passages = List.copyOf(passages);
    }
  }

  /** The passages from one on, as many as a number of characters holds and one at least. */
  Part text(Scope scope, String id, int from, int budget) throws InterruptedException {
    DocumentId document = visible(scope, id).id();
    List<Passage> passages = new ArrayList<>();
    try (KnowledgeIndex.Snapshot snapshot = index.snapshot()) {
      int left = budget;
      List<Passage> next = snapshot.passages(document, from, PASSAGES_AT_ONCE);
      while (!next.isEmpty()) {
        for (Passage passage : next) {
          left -= passage.text().codePointCount(0, passage.text().length());
          if (left < 0) {
            return new Part(passages, snapshot.passageCount(document));
          }
          passages.add(passage);
        }
        next = snapshot.passages(document, from + passages.size(), PASSAGES_AT_ONCE);
      }
      return new Part(passages, snapshot.passageCount(document));
    }
  }
}
