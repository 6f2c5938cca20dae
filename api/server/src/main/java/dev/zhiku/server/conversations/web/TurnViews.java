package dev.zhiku.server.conversations.web;

import dev.zhiku.answering.search.Scope;
import dev.zhiku.index.DocumentId;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.server.conversations.KeptTurn;
import dev.zhiku.server.conversations.web.TurnView.ChangedSource;
import dev.zhiku.server.query.AnswerRuns;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows turns as they were kept, and what has changed since. Thread-safe. */
@Singleton
final class TurnViews {
  private static final String NAME = "name";
  private static final String GONE = "gone";

  private final DocumentCatalog catalog;
  private final AnswerRuns runs;
  private final JsonMapper json;

  TurnViews(DocumentCatalog catalog, AnswerRuns runs, JsonMapper json) {
    this.catalog = catalog;
    this.runs = runs;
    this.json = json;
  }

  TurnView view(KeptTurn turn, Scope scope) {
    Optional<JsonNode> response = response(turn);
    return new TurnView(
        turn.number(),
        turn.queryId(),
        turn.mode(),
        turn.question(),
        status(turn, scope),
        turn.askedAt(),
        turn.answer(),
        response.orElse(null),
        TurnView.ProblemView.of(turn),
        TurnView.RatingView.of(turn),
        response.map(whole -> changed(whole, scope)).orElse(List.of()));
  }

  /** One that was being answered when the service was last stopped is not answered any more. */
  private String status(KeptTurn turn, Scope scope) {
    return turn.status().equals(KeptTurn.RUNNING) && !runs.follows(turn.queryId(), scope)
        ? KeptTurn.STOPPED
        : turn.status();
  }

  Optional<JsonNode> response(KeptTurn turn) {
    return turn.response()
        .map(
            text -> {
              try {
                return json.readValue(text, JsonNode.class);
              } catch (IOException e) {
                throw new UncheckedIOException("a turn that was kept cannot be read", e);
              }
            });
  }

  private List<ChangedSource> changed(JsonNode response, Scope scope) {
    Map<String, ChangedSource> found = new LinkedHashMap<>();
    for (JsonNode citation : items(response, "citations")) {
      String id = text(citation, "document_id");
      state(id, text(citation, "sha256"), scope)
          .map(state -> state.equals(GONE) && isErased(citation) ? "erased" : state)
          .ifPresent(
              state -> found.putIfAbsent(id, new ChangedSource(id, text(citation, NAME), state)));
    }
    return List.copyOf(found.values());
  }

  /** What was quoted is never empty before. */
  private static boolean isErased(JsonNode citation) {
    return text(citation, "quote").isEmpty();
  }

  private Optional<String> state(String id, String sha256, Scope scope) {
    Optional<CatalogEntry> now =
        Optional.of(id)
            .filter(DocumentId::isWellFormed)
            .map(DocumentId::new)
            .flatMap(catalog::find)
            .filter(entry -> scope.visible().accepts(entry));
    if (now.isEmpty()) {
      return Optional.of(GONE);
    }
    return now.flatMap(CatalogEntry::sha256)
        .filter(hash -> !hash.equals(sha256))
        .map(h -> "changed");
  }

  static List<JsonNode> items(JsonNode object, String name) {
    List<JsonNode> items = new ArrayList<>();
    @Nullable JsonNode list = object.get(name);
    if (list != null && list.isArray()) {
      list.values().forEach(items::add);
    }
    return items;
  }

  /** A text field; empty where there is none. */
  static String text(JsonNode object, String name) {
    @Nullable JsonNode value = object.get(name);
    return value == null || value.isNull() ? "" : value.coerceStringValue();
  }
}
