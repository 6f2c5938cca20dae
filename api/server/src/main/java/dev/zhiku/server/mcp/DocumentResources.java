package dev.zhiku.server.mcp;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.index.Filter;
import dev.zhiku.index.Passage;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.server.http.JsonFields;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The documents as resources: their text, in parts where it is long. Thread-safe. */
@Singleton
final class DocumentResources {
  private static final String BEGIN = "zhiku://documents/";
  private static final Pattern ADDRESS =
      Pattern.compile(BEGIN + "([^/?#]{1,200})(?:\\?from=([0-9]{1,9}))?");
  private static final String TYPE = "text/plain";
  private static final int MAX_ADDRESS_CHARS = 300;
  private static final int MAX_CURSOR_CHARS = 1_024;

  private final DocumentTools documents;

  DocumentResources(DocumentTools documents) {
    this.documents = documents;
  }

  /** Documents whose text can be read, a part of the list at a time. */
  Map<String, Object> list(JsonFields params, Scope scope) {
    DocumentCatalog.Page page =
        documents.page(
            scope,
            new Filter.All(),
            Optional.of(State.INDEXED),
            Optional.empty(),
            params.text("cursor", MAX_CURSOR_CHARS),
            DocumentTools.MOST_LISTED);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("resources", page.entries().stream().map(DocumentResources::resource).toList());
    page.nextCursor().ifPresent(cursor -> result.put("nextCursor", cursor));
    return result;
  }

  private static Map<String, Object> resource(CatalogEntry entry) {
    return Map.of(
        "uri",
        BEGIN + entry.id().value(),
        "name",
        entry.name(),
        "title",
        entry.source() + ":" + entry.path(),
        "mimeType",
        TYPE);
  }

  /** How their addresses are made. */
  static Map<String, Object> templates() {
    return Map.of(
        "resourceTemplates",
        List.of(
            Map.of(
                "uriTemplate",
                BEGIN + "{document_id}{?from}",
                "name",
                "document",
                "description",
                "The text of a document, from the passage of this number on (from 0).",
                "mimeType",
                TYPE)));
  }

  /**
   * The text of one; of a long one as much as fits, and where the rest is.
   *
   * @throws RpcFailure if there is none at this address that the asker may see
   */
  Map<String, Object> read(JsonFields params, Scope scope) throws InterruptedException {
    String uri = JsonFields.text(params.required("uri"), "uri", MAX_ADDRESS_CHARS);
    Matcher address = ADDRESS.matcher(uri);
    if (!address.matches()) {
      throw notFound();
    }
    String id = address.group(1);
    int from = Optional.ofNullable(address.group(2)).map(Integer::parseInt).orElse(0);
    try {
      DocumentTools.Part part = documents.text(scope, id, from, DocumentTools.MOST_CHARS);
      Map<String, Object> content = new LinkedHashMap<>();
      content.put("uri", uri);
      content.put("mimeType", TYPE);
      content.put("text", text(part.passages()));
      DocumentText.next(part)
          .ifPresent(
              next -> content.put("_meta", Map.of("dev.zhiku/next", BEGIN + id + "?from=" + next)));
      return Map.of("contents", List.of(content));
    } catch (Problem e) {
      throw notFound();
    }
  }

  private static String text(List<Passage> passages) {
    return passages.stream().map(Passage::text).collect(Collectors.joining("\n\n"));
  }

  private static RpcFailure notFound() {
    return new RpcFailure(
        RpcFailure.RESOURCE_NOT_FOUND,
        "There is no such document. resources/list and the tool list name those that there are.");
  }
}
