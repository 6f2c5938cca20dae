package dev.zhiku.api.answer;

import dev.zhiku.ingest.catalog.DocumentCatalog;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Warns of what the answers may lack: sources that are offline or held are answered from as they
 * were last seen, and files that wait are not answered from yet.
 */
public final class SourceWarnings implements Function<Locale, List<QueryResponse.Warning>> {
  private final DocumentCatalog catalog;

  public SourceWarnings(DocumentCatalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public List<QueryResponse.Warning> apply(Locale locale) {
    Stream<QueryResponse.Warning> offline =
        catalog.sources().stream()
            .filter(source -> !source.online() || source.held())
            .map(source -> AnswerTexts.warning(locale, "source-offline", source.name()));
    long waiting = catalog.queue().depth();
    Stream<QueryResponse.Warning> indexing =
        waiting > 0 ? Stream.of(AnswerTexts.warning(locale, "indexing", waiting)) : Stream.empty();
    return Stream.concat(offline, indexing).toList();
  }
}
