package dev.zhiku.server.openai;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.catalog.CatalogUnavailableException;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.ingest.catalog.DocumentCatalog.SourceState;
import dev.zhiku.server.openai.ModelName.AllSources;
import dev.zhiku.server.openai.ModelName.ChatOnly;
import dev.zhiku.server.openai.ModelName.OneSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The models that there are: one for all sources, one for each, one without. Thread-safe. */
public final class ServedModels {
  private static final Pattern SOURCE_NAME = Pattern.compile("[\\p{L}\\p{N}_.-]{1,64}");

  private final DocumentCatalog catalog;

  public ServedModels(DocumentCatalog catalog) {
    this.catalog = catalog;
  }

  /** Those that somebody may name; without those of single sources while the catalogue is away. */
  public List<ModelName> all(Scope asker) {
    List<ModelName> models = new ArrayList<>();
    models.add(new AllSources());
    sources().orElse(List.of()).stream()
        .filter(asker::seesSource)
        .forEach(name -> models.add(new OneSource(name)));
    models.add(new ChatOnly());
    return models;
  }

  /**
   * The model that answers where a client names this one. Clients come with names of other services
   * set, and whoever cannot change them is answered all the same; a name that begins like ours is
   * held to what there is, so that nobody who means one source gets all of them.
   *
   * @throws Problem {@code model-not-found}, naming those that there are
   */
  public ModelName answering(String id, Scope scope) {
    return id.startsWith(ModelName.ALL) ? named(id, scope) : new AllSources();
  }

  /**
   * The model of this name. A source that the asker may not see is none. Of one that nobody can
   * look up now, its name is believed.
   *
   * @throws Problem {@code model-not-found}, naming those that there are
   */
  public ModelName named(String id, Scope asker) {
    Optional<ModelName> known =
        all(asker).stream().filter(model -> model.id().equals(id)).findFirst();
    return known.or(() -> unseen(id)).orElseThrow(() -> notFound(id, asker));
  }

  private Optional<ModelName> unseen(String id) {
    if (!id.startsWith(ModelName.PREFIX) || sources().isPresent()) {
      return Optional.empty();
    }
    return Optional.of(id.substring(ModelName.PREFIX.length()))
        .filter(name -> SOURCE_NAME.matcher(name).matches())
        .map(OneSource::new);
  }

  private Problem notFound(String id, Scope asker) {
    String names = all(asker).stream().map(ModelName::id).collect(Collectors.joining(", "));
    return new Problem(ProblemCode.MODEL_NOT_FOUND, id, Phrase.verbatim(names));
  }

  private Optional<List<String>> sources() {
    try {
      return Optional.of(catalog.sources().stream().map(SourceState::name).toList());
    } catch (CatalogUnavailableException e) {
      return Optional.empty();
    }
  }
}
