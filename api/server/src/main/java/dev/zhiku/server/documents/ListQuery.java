package dev.zhiku.server.documents;

import static dev.zhiku.answering.problem.ProblemCode.VALUE_OUT_OF_RANGE;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.index.Filter;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.ingest.catalog.DocumentCatalog.Sorting;
import dev.zhiku.server.http.Parameters;
import dev.zhiku.server.http.ServerText;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The parameters of {@code GET /documents} as a query of the catalogue. */
final class ListQuery {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_TEXT_CHARS = 1_024;

  /** Room for a path of the longest, in base 64. */
  private static final int MAX_CURSOR_CHARS = 8_192;

  private static final Set<String> ORDERS = Set.of("asc", "desc");

  private ListQuery() {}

  /**
   * Reads the parameters.
   *
   * @throws Problem for a value that is not one of those the description names
   */
  static DocumentCatalog.Query read(Parameters parameters, Filter visible) {
    return new DocumentCatalog.Query(
        new Filter.AllOf(conditions(parameters, visible)).simplest(),
        text(parameters, "state").map(ListQuery::state),
        text(parameters, "q"),
        text(parameters, "source"),
        text(parameters, "path_prefix"),
        text(parameters, "path"),
        sorting(parameters),
        parameters.text("cursor", MAX_CURSOR_CHARS),
        parameters.number("limit", 1, DocumentCatalog.Query.MAX_LIMIT, DEFAULT_LIMIT));
  }

  private static Optional<String> text(Parameters parameters, String name) {
    return parameters.text(name, MAX_TEXT_CHARS);
  }

  private static List<Filter> conditions(Parameters parameters, Filter visible) {
    List<Filter> conditions = new ArrayList<>(List.of(visible));
    text(parameters, "media_type")
        .map(types -> new Filter.MediaTypes(Set.copyOf(Arrays.asList(types.split(",")))))
        .ifPresent(conditions::add);
    Optional<Instant> after = time(parameters, "modified_after");
    Optional<Instant> before = time(parameters, "modified_before");
    if (after.isPresent() || before.isPresent()) {
      conditions.add(new Filter.Modified(after, before));
    }
    return conditions;
  }

  private static Optional<Instant> time(Parameters parameters, String name) {
    return text(parameters, name)
        .map(
            text -> {
              try {
                return Instant.parse(text);
              } catch (DateTimeException e) {
                throw new Problem(VALUE_OUT_OF_RANGE, name, ServerText.of("rule.time"));
              }
            });
  }

  private static Optional<Sorting> sorting(Parameters parameters) {
    Optional<String> order = text(parameters, "order");
    if (order.filter(name -> !ORDERS.contains(name)).isPresent()) {
      throw new Problem(VALUE_OUT_OF_RANGE, "order", ServerText.of("rule.order"));
    }
    boolean descending = order.filter("desc"::equals).isPresent();
    return text(parameters, "sort").map(name -> new Sorting(key(name), descending));
  }

  private static Sorting.Key key(String name) {
    for (Sorting.Key key : Sorting.Key.values()) {
      if (key.name().toLowerCase(Locale.ROOT).equals(name)) {
        return key;
      }
    }
    throw new Problem(VALUE_OUT_OF_RANGE, "sort", ServerText.of("rule.sort-documents"));
  }

  private static State state(String name) {
    for (State state : State.values()) {
      if (state.name().toLowerCase(Locale.ROOT).equals(name)) {
        return state;
      }
    }
    throw new Problem(VALUE_OUT_OF_RANGE, "state", ServerText.of("rule.state"));
  }
}
