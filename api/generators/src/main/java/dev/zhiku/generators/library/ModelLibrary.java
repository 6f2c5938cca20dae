package dev.zhiku.generators.library;

import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.GeneratorConfig.Backend;
import dev.zhiku.generators.library.GeneratorSelector.Choice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What administrators do with models: those of the data folder and those of an Ollama server, side
 * by side. Nothing is fetched but at their command. Thread-safe.
 */
public final class ModelLibrary implements AutoCloseable {
  /** Name that stands for answering without a model. */
  public static final String NONE = "extractive";

  private final GgufFolder folder;
  private final GgufStore store;
  private final ServerLibrary server;
  private final GeneratorSelector generator;
  private final Pulls pulls = new Pulls();

  public ModelLibrary(
      GgufFolder folder, GgufStore store, ServerLibrary server, GeneratorSelector generator) {
    this.folder = folder;
    this.store = store;
    this.server = server;
    this.generator = generator;
  }

  /**
   * What there is.
   *
   * @param trouble why the server's models are missing
   */
  public record Listing(List<InstalledModel> models, Optional<ChatException> trouble) {}

  /** All models; without those of the server if it is away. */
  public Listing list() throws InterruptedException {
    List<InstalledModel> files = folder.list();
    try {
      return new Listing(
          Stream.concat(files.stream(), server.list().stream()).toList(), Optional.empty());
    } catch (ChatException e) {
      return new Listing(files, Optional.of(e));
    }
  }

  /** Whether it writes the answers. */
  public boolean isInUse(InstalledModel model) {
    GeneratorConfig now = generator.now();
    return switch (model.library()) {
      case OLLAMA ->
          now.backend() == Backend.OLLAMA
              && (model.name().equalsIgnoreCase(now.ollama().model())
                  || model.name().equalsIgnoreCase(now.ollama().model() + ":latest"));
      case GGUF ->
          now.backend() == Backend.NATIVE
              && now.native_().modelPath().equals(Optional.of(file(model)));
    };
  }

  private Path file(InstalledModel model) {
    return folder.file(model.name()).toAbsolutePath().normalize();
  }

  /** The selection of the generator. */
  public GeneratorSelector generator() {
    return generator;
  }

  /** The model on its way, or the last one. */
  public Pulls pulls() {
    return pulls;
  }

  /**
   * Begins to fetch a model. A name of the catalogue, an address and a path are GGUF files; every
   * other name is one of Ollama's, where that is the backend or the name has a colon as its tags
   * do.
   *
   * @throws Problem if another is on its way, or there is no such model
   */
  public Pulls.Pull pull(PullOrder order) {
    return pulls.start(order.shownName(), task(order));
  }

  private Pulls.Task task(PullOrder order) {
    Optional<CatalogueModel> catalogued = CatalogueModel.named(order.name());
    if (catalogued.isPresent()) {
      return progress -> store.fetch(catalogued.get(), order.hub(), order.sha256(), progress);
    }
    if (order.isAddress()) {
      URI address = RemoteFile.address(order.name());
      return progress -> store.fetch(address, order.sha256(), progress);
    }
    Optional<Path> path = order.path();
    if (path.isPresent()) {
      return progress -> store.copy(path.get(), order.sha256(), progress);
    }
    if (order.name().contains(":") || generator.now().backend() == Backend.OLLAMA) {
      requireOwn(order.name());
      return progress -> server.pull(order.name(), progress);
    }
    throw new Problem(
        ProblemCode.MODEL_NOT_FOUND,
        order.name(),
        CatalogueModel.ALL.stream().map(CatalogueModel::name).collect(Collectors.joining(", ")));
  }

  private void requireOwn(String name) {
    try {
      generator.now().ollama().requireOwn("the model", name);
    } catch (IllegalArgumentException e) {
      throw new Problem(ProblemCode.MODEL_NOT_USABLE, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Has a model write the answers from the next question on.
   *
   * @param name as listed, or {@link #NONE}
   */
  public void use(String name) throws InterruptedException {
    if (name.equals(NONE)) {
      generator.use(new Choice.Extractive());
      return;
    }
    InstalledModel model = find(name);
    generator.use(
        switch (model.library()) {
          case OLLAMA -> new Choice.Ollama(model.name());
          case GGUF -> new Choice.Gguf(GgufFolder.inData(model.name()));
        });
  }

  /** Deletes a model that nobody uses. */
  public void remove(String name) throws InterruptedException {
    InstalledModel model = find(name);
    if (isInUse(model)) {
      throw new Problem(ProblemCode.MODEL_IN_USE, model.name());
    }
    switch (model.library()) {
      case OLLAMA -> removeFromServer(model);
      case GGUF -> {
        try {
          folder.remove(model);
        } catch (IOException e) {
          throw new UncheckedIOException("cannot remove " + model.name(), e);
        }
      }
    }
  }

  private void removeFromServer(InstalledModel model) throws InterruptedException {
    try {
      if (!server.remove(model.name())) {
        throw missing(model.name());
      }
    } catch (ChatException e) {
      throw Pulls.serverAway(e);
    }
  }

  private InstalledModel find(String name) throws InterruptedException {
    Optional<InstalledModel> file = folder.find(name);
    if (file.isPresent()) {
      return file.get();
    }
    try {
      return server.find(name).orElseThrow(() -> missing(name));
    } catch (ChatException e) {
      throw name.endsWith(".gguf") ? missing(name) : Pulls.serverAway(e);
    }
  }

  private Problem missing(String name) {
    String all =
        Stream.concat(folder.list().stream().map(InstalledModel::name), Stream.of(NONE))
            .collect(Collectors.joining(", "));
    return new Problem(ProblemCode.MODEL_NOT_FOUND, name, all);
  }

  @Override
  public void close() {
    pulls.close();
    store.close();
  }
}
