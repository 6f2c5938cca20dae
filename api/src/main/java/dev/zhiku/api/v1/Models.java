package dev.zhiku.api.v1;

import dev.zhiku.api.http.Phrase;
import dev.zhiku.api.http.Problem;
import dev.zhiku.api.http.ProblemCode;
import dev.zhiku.api.v1.ModelName.AllSources;
import dev.zhiku.api.v1.ModelName.ChatOnly;
import dev.zhiku.api.v1.ModelName.OneSource;
import dev.zhiku.ingest.catalog.CatalogUnavailableException;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.ingest.catalog.DocumentCatalog.SourceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The models that there are: one for all sources, one for each, one without. Thread-safe. */
final class Models {
  private static final Pattern SOURCE_NAME = Pattern.compile("[\\p{L}\\p{N}_.-]{1,64}");

  private final DocumentCatalog catalog;

  Models(DocumentCatalog catalog) {
    this.catalog = catalog;
  }

  /** All of them; without those of single sources while the catalogue is away. */
  List<ModelName> all() {
    List<ModelName> models = new ArrayList<>();
    models.add(new AllSources());
    sources().orElse(List.of()).forEach(name -> models.add(new OneSource(name)));
    models.add(new ChatOnly());
    return models;
  }

  /**
   * The model of this name. Of a source that nobody can look up now, its name is believed.
   *
   * @throws Problem {@code model-not-found}, naming those that there are
   */
  ModelName named(String id) {
    Optional<ModelName> known = all().stream().filter(model -> model.id().equals(id)).findFirst();
    return known.or(() -> unseen(id)).orElseThrow(() -> notFound(id));
  }

  private Optional<ModelName> unseen(String id) {
    if (!id.startsWith(ModelName.PREFIX) || sources().isPresent()) {
      return Optional.empty();
    }
    return Optional.of(id.substring(ModelName.PREFIX.length()))
        .filter(name -> SOURCE_NAME.matcher(name).matches())
        .map(OneSource::new);
  }

  private Problem notFound(String id) {
    String names = all().stream().map(ModelName::id).collect(Collectors.joining(", "));
    return new Problem(ProblemCode.MODEL_NOT_FOUND, id, new Phrase(names, names));
  }

  private Optional<List<String>> sources() {
    try {
      return Optional.of(catalog.sources().stream().map(SourceState::name).toList());
    } catch (CatalogUnavailableException e) {
      return Optional.empty();
    }
  }
}
